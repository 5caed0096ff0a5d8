import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import { isTplinkText, readTplinkParts, TPLINK_HEADER, type TplinkParts } from '../tplink-parts.ts'

/** The version alone is no magic: it is sought with the text that stands behind it. */
export const MAGICS = ['\x02\x00\x00\x00ver. ', '\x03\x00\x00\x00ver. ']

/** The salts are the same in all devices (OpenWrt, mktplinkfw2.c). */
export const SALTS = {
  md5At: 0x40,
  normal: 'dcd73aa5c39598fbdcf9e7f40eae4737',
  withBootloader: '8cef335fd5c5cefaac9c28dab2e90f42',
}

/** TP-Link header, versions 2 and 3 (OpenWrt, mktplinkfw2.c), big endian but for the version. */
export interface TplinkV2Header extends TplinkParts {
  readonly headerVersion: number
  /** Byte string. */
  readonly firmwareVersion: string
  readonly hardwareId: number
  readonly hardwareRevision: number
  readonly hardwareAddition: number
  /** Such as `1.2.3-4.5`. */
  readonly softwareVersion: string
}

/** The header at `at`, or undefined for what is none. */
export function parseTplinkV2(bytes: Bytes, at: number): TplinkV2Header | undefined {
  const header = parseHeader(bytes, at)
  if (!header || header.bootloader.length === 0) return header
  // With a boot loader a second header stands before the kernel, and the root file system is counted from that one.
  const inner = parseHeader(bytes, header.kernel.at - TPLINK_HEADER)
  return inner && inner.rootfs.length === header.rootfs.length ? { ...header, rootfs: inner.rootfs } : header
}

function parseHeader(bytes: Bytes, at: number): TplinkV2Header | undefined {
  if (at + TPLINK_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, TPLINK_HEADER), 'big')
  const headerVersion = reader.u8()
  if ((headerVersion !== 2 && headerVersion !== 3) || reader.latin1(3) !== '\0\0\0') return undefined
  const firmwareVersion = reader.take(48)
  if (!isTplinkText(latin1(firmwareVersion))) return undefined
  const [hardwareId, hardwareRevision, hardwareAddition] = [reader.u32(), reader.u32(), reader.u32()]
  const md5 = Buffer.from(reader.take(16)).toString('hex')
  reader.skip(4 + 16 + 4)
  const parts = readTplinkParts(reader, at, md5)
  const [marker, minorHigh, minorLow, secondMarker] = [reader.u16(), reader.u8(), reader.u8(), reader.u8()]
  if (!parts || marker !== 0x55aa || secondMarker !== 0xa5) return undefined
  const software = `${[...reader.take(3)].join('.')}-${minorHigh}.${minorLow}`
  return {
    ...parts,
    headerVersion,
    firmwareVersion: cString(firmwareVersion),
    hardwareId,
    hardwareRevision,
    hardwareAddition,
    softwareVersion: software,
  }
}
