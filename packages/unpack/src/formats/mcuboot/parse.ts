import { type Bytes, consistsOf, type Endian, Reader } from '@messlatte/bytes'

/** ih_magic of version 2 headers, as it stands in images of either byte order. */
export const MAGICS: readonly { readonly bytes: string; readonly endian: Endian }[] = [
  { bytes: '\x3d\xb8\xf3\x96', endian: 'little' },
  { bytes: '\x96\xf3\xb8\x3d', endian: 'big' },
]
/** Sizes in bytes. */
export const HEADER = 32
const MAX_HEADER = 0x1_0000
const AREA_HEADER = 4
const PROTECTED_AREA = 0x6908
const PLAIN_AREA = 0x6907
/** What flash memory holds that is erased: imgtool's --erased-val. */
const ERASED = [0xff, 0] as const
const MAX_FLAGS = 0xffff

/** The end of a slot, where swaps are recorded: for flash that is written in up to 8 bytes, and for wider one without its first two. */
const TRAILER = Buffer.from('77c295f360d2ef7f3552500f2cb67980', 'hex')
const WIDE_TRAILER = Buffer.from('5d29410b8d77679c110f1f8a', 'hex')
const SECTOR = 4096

export const FLAG_AES128 = 0x4
export const FLAG_AES256 = 0x8
export const FLAG_COMPRESSED = 0x600
export const FLAG_LZMA2 = 0x400
/** Calls were made absolute before the body was compressed. */
export const FLAG_ARM_THUMB = 0x800

/** Names of what a TLV may hold (MCUboot, boot/bootutil/include/bootutil/image.h). */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x01, 'key-hash'],
  [0x02, 'public-key'],
  [0x10, 'sha256'],
  [0x11, 'sha384'],
  [0x12, 'sha512'],
  [0x20, 'rsa2048-pss'],
  [0x21, 'ecdsa224'],
  [0x22, 'ecdsa'],
  [0x23, 'rsa3072-pss'],
  [0x24, 'ed25519'],
  [0x25, 'signature-is-pure'],
  [0x30, 'key-rsa-oaep'],
  [0x31, 'key-aes-kw'],
  [0x32, 'key-ecies-p256'],
  [0x33, 'key-ecies-x25519'],
  [0x34, 'key-ecies-x25519-sha512'],
  [0x40, 'dependency'],
  [0x50, 'security-counter'],
  [0x60, 'boot-record'],
  [0x70, 'decompressed-size'],
  [0x71, 'decompressed-sha'],
  [0x72, 'decompressed-signature'],
  [0x73, 'compressed-size'],
  [0x74, 'vendor-uuid'],
  [0x75, 'class-uuid'],
])

export interface McubootTlv {
  readonly type: number
  /** A name of its own for each known type; makers use others. */
  readonly name: string
  /** True where the hash of the image covers it. */
  readonly isProtected: boolean
  /** Offset of the value in the source. */
  readonly at: number
  readonly length: number
}

export interface McubootImage {
  readonly endian: Endian
  readonly loadAddress: number
  readonly flags: number
  /** major.minor.revision+build */
  readonly version: string
  /** Offset and length of the image itself, behind its header. */
  readonly bodyAt: number
  readonly bodyLength: number
  readonly tlvs: readonly McubootTlv[]
  /** Where the part ends that the hash covers: header, body and protected TLVs. */
  readonly hashedEnd: number
  /** Behind the last TLV. */
  readonly end: number
  /** True when the bytes end before the image does. */
  readonly cut: boolean
}

/** The image at `at`, or undefined for what is none: behind the body its TLVs have to lie. */
export function parseMcuboot(bytes: Bytes, at: number): McubootImage | undefined {
  if (at + HEADER > bytes.size) return undefined
  const view = bytes.view(at, HEADER)
  const magic = MAGICS.find(({ bytes: text }) => new Reader(view, 'little').latin1(4) === text)
  if (!magic) return undefined
  const reader = new Reader(view, magic.endian, 4)
  const loadAddress = reader.u32()
  const [headerSize, protectedSize] = [reader.u16(), reader.u16()]
  const [bodyLength, flags] = [reader.u32(), reader.u32()]
  const version = `${reader.u8()}.${reader.u8()}.${reader.u16()}+${reader.u32()}`
  if (headerSize < HEADER || headerSize > MAX_HEADER || bodyLength === 0 || flags > MAX_FLAGS)
    return undefined
  if (reader.u32() !== 0) return undefined
  const bodyAt = at + headerSize
  const tlvsAt = bodyAt + bodyLength
  const known = { endian: magic.endian, loadAddress, flags, version, bodyAt, bodyLength }
  const cut = { ...known, tlvs: [], hashedEnd: tlvsAt + protectedSize, end: bytes.size, cut: true }
  if (tlvsAt + protectedSize + AREA_HEADER > bytes.size) return cut
  const guarded = protectedSize > 0 ? readArea(bytes, tlvsAt, PROTECTED_AREA, magic.endian) : undefined
  if (protectedSize > 0 && guarded?.size !== protectedSize) return undefined
  const plain = readArea(bytes, tlvsAt + protectedSize, PLAIN_AREA, magic.endian)
  if (plain === 'cut') return cut
  if (!plain && !guarded) return undefined
  return {
    ...known,
    tlvs: [...(guarded?.tlvs ?? []), ...(plain?.tlvs ?? [])],
    hashedEnd: tlvsAt + protectedSize,
    end: tlvsAt + protectedSize + (plain?.size ?? 0),
    cut: false,
  }
}

interface Area {
  readonly tlvs: readonly McubootTlv[]
  /** Bytes, its header included. */
  readonly size: number
}

function readArea(bytes: Bytes, at: number, magic: typeof PROTECTED_AREA, endian: Endian): Area | undefined
function readArea(bytes: Bytes, at: number, magic: number, endian: Endian): Area | 'cut' | undefined
function readArea(bytes: Bytes, at: number, magic: number, endian: Endian): Area | 'cut' | undefined {
  const header = new Reader(bytes.view(at, AREA_HEADER), endian)
  if (header.u16() !== magic) return undefined
  const size = header.u16()
  if (at + size > bytes.size) return 'cut'
  const reader = new Reader(bytes.view(at, size), endian, AREA_HEADER)
  const tlvs: McubootTlv[] = []
  while (reader.left > 0) {
    if (reader.left < 4) return undefined
    const [type, length] = [readType(reader), reader.u16()]
    if (length > reader.left) return undefined
    const name = NAMES.get(type) ?? `type-0x${type.toString(16)}`
    tlvs.push({ type, name, isProtected: magic === PROTECTED_AREA, at: at + reader.at, length })
    reader.skip(length)
  }
  return { tlvs, size }
}

/** imgtool writes known types as a byte and a zero, whatever the byte order is. */
function readType(reader: Reader): number {
  const [first, second] = [reader.u8(), reader.u8()]
  if (reader.endian === 'little' || second === 0) return first + second * 256
  return first * 256 + second
}

/** Where the slot ends in which the image lies: erased flash, then a trailer. Undefined where no trailer is. */
export function findSlotEnd(bytes: Bytes, start: number, end: number): number | undefined {
  for (let sector = Math.floor((end - start) / SECTOR); ; sector++) {
    const from = Math.max(end, start + sector * SECTOR)
    const to = Math.min(start + (sector + 1) * SECTOR, bytes.size)
    if (from >= to) return undefined
    if (isTrailer(bytes, to)) return to
    const between = bytes.view(from, to - from)
    if (!ERASED.some((value) => consistsOf(between, value))) return undefined
  }
}

function isTrailer(bytes: Bytes, end: number): boolean {
  if (end < 16) return false
  const magic = bytes.view(end - 16, 16)
  return TRAILER.equals(magic) || WIDE_TRAILER.equals(magic.subarray(4))
}
