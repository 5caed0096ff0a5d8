import { FORMATS } from '@messlatte/unpack'

/** What a maker's format has to tell a change by. None of them has room for a signature. */
export interface VendorFormat {
  readonly integrity: string
  readonly level: 'E0' | 'E1'
  /** Contents are encrypted, with a key that everybody has: whoever changes them encrypts them anew. */
  readonly publishedKey?: true
}

const crc32: VendorFormat = { integrity: 'CRC-32', level: 'E1' }
const md5: VendorFormat = { integrity: 'MD5', level: 'E1' }
const sum: VendorFormat = { integrity: 'a sum of bytes', level: 'E1' }
const none: VendorFormat = { integrity: 'none', level: 'E0' }

/** By the names of the formats; the page of each has its layout and sources. */
export const VENDOR_FORMATS: Readonly<Record<string, VendorFormat>> = {
  'ambarella-part': crc32,
  'ameba-image': none,
  'ameba-ota': sum,
  'amlogic-image': { integrity: 'CRC-32, and SHA-1 of parts', level: 'E1' },
  'anyka-upd': { integrity: 'a checksum', level: 'E1' },
  'autel-ecc': { ...none, publishedKey: true },
  'avm-eva': { integrity: 'CRC-32 and a sum', level: 'E1' },
  'bcm-tag': crc32,
  brnimg: crc32,
  'buffalo-enc': { integrity: 'a checksum', level: 'E1', publishedKey: true },
  chk: sum,
  'dji-xv4': md5,
  'dlink-encimg': { ...none, publishedKey: true },
  'dlink-encrpted': { ...none, publishedKey: true },
  'dlink-salted': { ...none, publishedKey: true },
  'dlink-dap': sum,
  'dlink-tlv': md5,
  'econet-trx': crc32,
  'edimax-fw': sum,
  foscam: { ...none, publishedKey: true },
  gemtek: crc32,
  'grain-media': none,
  'hichip-pkg': { integrity: 'MD5 with a published salt', level: 'E1', publishedKey: true },
  'hikvision-dav': sum,
  hilink: { ...none, publishedKey: true },
  'instar-bneg': none,
  'jboot-auh': sum,
  'jboot-stag': sum,
  jcg: crc32,
  meraki: { integrity: 'SHA-1', level: 'E1' },
  'moxa-frm': none,
  'mstar-upgrade': crc32,
  'novatek-cksm': sum,
  'novatek-pack': sum,
  qnap: { ...none, publishedKey: true },
  rbl: { integrity: 'CRC-32 and FNV-1a', level: 'E1' },
  'realtek-cvimg': sum,
  'reolink-pak': crc32,
  'rockchip-rkaf': { integrity: 'a CRC of 32 bits', level: 'E1' },
  'rockchip-rkfw': md5,
  seama: md5,
  senao: md5,
  'sunxi-image': sum,
  telink: crc32,
  'tenvis-pk2': none,
  'tplink-v1': { integrity: 'MD5 with a published salt', level: 'E1' },
  'tplink-v2': { integrity: 'MD5 with a published salt', level: 'E1' },
  trx: crc32,
  'tuya-ug': sum,
  wrgg: md5,
  'zyxel-ras': sum,
  'zyxel-trx': crc32,
}

/** As the format calls itself. */
export function titleOf(format: string): string {
  return FORMATS.find(({ name }) => name === format)?.title ?? format
}
