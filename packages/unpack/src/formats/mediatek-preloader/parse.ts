import { type Bytes, latin1, Reader } from '@messlatte/bytes'

/** Media whose header stands before the chain, at the start of the image. */
export const DEVICES = ['EMMC_BOOT', 'SF_BOOT', 'SDMMC_BOOT', 'UFS_BOOT'] as const
const LAYOUT_AT = 0x200
const LAYOUT = 36
const LAYOUT_MAGIC = 0x42424242
/** The start of each header of the chain, with its version. */
export const HEADER = 'MMM\x01'
const FILE_INFO = 0x38
const SECURITY = 8
const MAX_HEADERS = 16
const MAX_TOTAL = 16 * 1024 * 1024

/** U-Boot, tools/mtk_image.h; little endian. Offsets are from the start of the bytes, sizes in bytes. */
export interface MediatekPreloader {
  readonly device: (typeof DEVICES)[number] | undefined
  /** Where the chain of headers begins. */
  readonly headersAt: number
  readonly fileType: number
  readonly flashType: number
  /** 0 none, 1 SHA-256, others signatures. */
  readonly signatureType: number
  readonly loadAddress: number
  /** From the first header to the end of the signature. */
  readonly totalSize: number
  readonly headerSize: number
  readonly signatureSize: number
  /** What the ROM is told to open; undefined without such a header. */
  readonly security: { readonly jtag: boolean; readonly uart: boolean } | undefined
}

/** The boot image at `at`; undefined where its sizes do not agree. */
export function parseMediatekPreloader(bytes: Bytes, at: number): MediatekPreloader | undefined {
  const device = deviceAt(bytes, at)
  const headersAt = device ? device.headersAt : at
  if (headersAt + FILE_INFO > bytes.size) return undefined
  const reader = new Reader(bytes.view(headersAt, FILE_INFO), 'little')
  if (latin1(reader.take(4)) !== HEADER || reader.u16() !== FILE_INFO || reader.u16() !== 0) return undefined
  if (latin1(reader.take(12)) !== 'FILE_INFO\0\0\0') return undefined
  reader.skip(4)
  const [fileType, flashType, signatureType] = [reader.u16(), reader.u8(), reader.u8()]
  const [loadAddress, totalSize] = [reader.u32(), reader.u32()]
  reader.skip(4)
  const [headerSize, signatureSize, jump] = [reader.u32(), reader.u32(), reader.u32()]
  if (headerSize < FILE_INFO || headerSize + signatureSize > totalSize) return undefined
  if (totalSize > MAX_TOTAL || jump > totalSize || !fits(signatureType, signatureSize)) return undefined
  return {
    device: device?.name,
    headersAt,
    fileType,
    flashType,
    signatureType,
    loadAddress,
    totalSize,
    headerSize,
    signatureSize,
    security: securityAt(bytes, headersAt, headerSize),
  }
}

function fits(type: number, size: number): boolean {
  if (type === 0) return size === 0
  return type === 1 ? size === 32 : size > 0
}

function deviceAt(
  bytes: Bytes,
  at: number,
): { readonly name: (typeof DEVICES)[number]; readonly headersAt: number } | undefined {
  if (at + LAYOUT_AT + LAYOUT > bytes.size) return undefined
  const start = latin1(bytes.view(at, 12))
  const name = DEVICES.find((one) => start.startsWith(`${one}\0`))
  if (name === undefined) return undefined
  const reader = new Reader(bytes.view(at + LAYOUT_AT, LAYOUT), 'little')
  if (latin1(reader.take(8)) !== 'BRLYT\0\0\0') return undefined
  reader.skip(4)
  const [size, total, magic] = [reader.u32(), reader.u32(), reader.u32()]
  reader.skip(4)
  if (magic !== LAYOUT_MAGIC || reader.u32() !== size || reader.u32() !== total) return undefined
  return size > LAYOUT_AT && size < total ? { name, headersAt: at + size } : undefined
}

function securityAt(bytes: Bytes, start: number, length: number): MediatekPreloader['security'] {
  const end = Math.min(start + length, bytes.size)
  let at = start
  for (let index = 0; index < MAX_HEADERS && at + 12 <= end; index++) {
    const reader = new Reader(bytes.view(at, 12), 'little')
    if (latin1(reader.take(4)) !== HEADER) break
    const [size, type, bits] = [reader.u16(), reader.u16(), reader.u32()]
    if (type === SECURITY && size >= 12) return { jtag: (bits & 1) !== 0, uart: (bits & 2) !== 0 }
    if (size < 8) break
    at += size
  }
  return undefined
}
