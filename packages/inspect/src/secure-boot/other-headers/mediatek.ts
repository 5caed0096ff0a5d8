import { createHash } from 'node:crypto'
import { type Bytes, forEachWindow, latin1, Reader } from '@messlatte/bytes'
import { type BootHeader, hex32 } from './header.ts'

const DEVICES = ['EMMC_BOOT', 'SF_BOOT', 'SDMMC_BOOT', 'UFS_BOOT'] as const
const LAYOUT_AT = 0x200
const LAYOUT = 36
const LAYOUT_MAGIC = 0x42424242
const MAGIC = 'MMM\x01'
const FILE_INFO = 0x38
const SECURITY = 8
const MAX_HEADERS = 16
const MAX_TOTAL = 16 * 1024 * 1024
const STEP = 256 * 1024
const PARTITION = 512
const PARTITION_MAGICS = [0x58881688, 0x58891689] as const

/** U-Boot, tools/mtk_image.h: little endian. A device header with its layout, or the chain of headers by itself. */
export function readMediatek(bytes: Bytes): BootHeader | undefined {
  return readPreloader(bytes) ?? readPartition(bytes)
}

function readPreloader(bytes: Bytes): BootHeader | undefined {
  const device = deviceOf(bytes)
  const at = device ? device.headersAt : 0
  if (at + FILE_INFO > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, FILE_INFO), 'little')
  if (latin1(reader.take(4)) !== MAGIC || reader.u16() !== FILE_INFO || reader.u16() !== 0) return undefined
  if (latin1(reader.take(12)) !== 'FILE_INFO\0\0\0') return undefined
  reader.skip(4)
  const [file, flash, type, load] = [reader.u16(), reader.u8(), reader.u8(), reader.u32()]
  const total = reader.u32()
  reader.skip(4)
  const [headers, signature, jump] = [reader.u32(), reader.u32(), reader.u32()]
  if (headers < FILE_INFO || headers + signature > total || total > MAX_TOTAL || jump > total)
    return undefined
  if (type === 0 ? signature !== 0 : type === 1 ? signature !== 32 : signature === 0) return undefined
  const digest = type === 1 ? digestAt(bytes, at, total) : undefined
  return {
    name: { en: 'boot header of MediaTek', de: 'Boot-Kopf von MediaTek' },
    at,
    length: FILE_INFO,
    level: type === 0 || digest === 'mismatch' ? 'E0' : type === 1 ? 'E2' : 'E3',
    fields: {
      device: device?.name ?? null,
      fileType: file,
      flashType: flash,
      signatureType: type,
      loadAddress: hex32(load),
      totalSize: total,
      headerSize: headers,
      signatureSize: signature,
      digest: digest ?? null,
      ...securityOf(bytes, at, headers),
    },
    notVerified: notVerifiedOf(type, digest),
    repeat:
      type === 1
        ? `tail -c +${at + 1} FILE | head -c ${total - 32} | sha256sum; it is to be the 32 bytes that follow`
        : `xxd -s ${at} -l ${FILE_INFO} FILE; the fields stand in tools/mtk_image.h of U-Boot; MediaTek's tools verify a signature`,
  }
}

function notVerifiedOf(type: number, digest: string | undefined): readonly string[] {
  if (type > 1) return [`signature of type ${type}`, 'digest of its key']
  return type === 1 && digest === undefined ? ['SHA-256: its data are not all here'] : []
}

function deviceOf(bytes: Bytes): { readonly name: string; readonly headersAt: number } | undefined {
  if (LAYOUT_AT + LAYOUT > bytes.size) return undefined
  const start = latin1(bytes.view(0, 12))
  const name = DEVICES.find((one) => start.startsWith(`${one}\0`))
  if (name === undefined) return undefined
  const reader = new Reader(bytes.view(LAYOUT_AT, LAYOUT), 'little')
  if (latin1(reader.take(8)) !== 'BRLYT\0\0\0') return undefined
  reader.skip(4)
  const [size, total, magic] = [reader.u32(), reader.u32(), reader.u32()]
  reader.skip(4)
  if (magic !== LAYOUT_MAGIC || reader.u32() !== size || reader.u32() !== total) return undefined
  return size > LAYOUT_AT && size < total ? { name, headersAt: size } : undefined
}

/** The digest at the end of what the header measures. */
function digestAt(bytes: Bytes, at: number, total: number): 'match' | 'mismatch' | undefined {
  if (at + total > bytes.size) return undefined
  const hash = createHash('sha256')
  forEachWindow(bytes, at, at + total - 32, STEP, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest().equals(bytes.view(at + total - 32, 32)) ? 'match' : 'mismatch'
}

/** Whether the ROM is told to open JTAG and the serial line. */
function securityOf(bytes: Bytes, start: number, length: number): { readonly [key: string]: boolean } {
  const end = Math.min(start + length, bytes.size)
  let at = start
  for (let index = 0; index < MAX_HEADERS && at + 12 <= end; index++) {
    const reader = new Reader(bytes.view(at, 12), 'little')
    if (latin1(reader.take(4)) !== MAGIC) break
    const [size, type, bits] = [reader.u16(), reader.u16(), reader.u32()]
    if (type === SECURITY && size >= 12) return { jtag: (bits & 1) !== 0, uart: (bits & 2) !== 0 }
    if (size < 8) break
    at += size
  }
  return {}
}

/** An image for the boot loader with certificates of the same layout behind it. */
function readPartition(bytes: Bytes): BootHeader | undefined {
  const image = partitionAt(bytes, 0)
  if (!image) return undefined
  const next = PARTITION + Math.ceil(image.size / 16) * 16
  const certificate = partitionAt(bytes, next)
  if (certificate?.name !== 'cert1' || certificate.size === 0) return undefined
  return {
    name: { en: 'partition header of MediaTek', de: 'Partitionskopf von MediaTek' },
    at: 0,
    length: PARTITION,
    level: 'E3',
    fields: { name: image.name, size: image.size, certificateAt: next, certificateSize: certificate.size },
    notVerified: ['certificate cert1', 'certificate cert2', 'digest of the image'],
    repeat: `xxd -l 64 FILE; xxd -s ${next} -l 64 FILE; openssl asn1parse -inform DER over what follows`,
  }
}

function partitionAt(bytes: Bytes, at: number): { readonly name: string; readonly size: number } | undefined {
  if (at + PARTITION > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, 56), 'little')
  const [magic, size] = [reader.u32(), reader.u32()]
  const name = /^([\w-]{1,31})\0+$/.exec(latin1(reader.take(32)))?.[1]
  reader.skip(8)
  const [second, header] = [reader.u32(), reader.u32()]
  if (name === undefined || magic !== PARTITION_MAGICS[0] || second !== PARTITION_MAGICS[1]) return undefined
  return header === PARTITION ? { name, size } : undefined
}
