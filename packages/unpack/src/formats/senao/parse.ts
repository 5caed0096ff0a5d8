import { type Bytes, cString, Reader } from '@messlatte/bytes'

/** What the makers' tool writes unless another one is asked for; it is the key, too. */
const MAGIC = 0x12345678
export const MAGIC_BYTES = '\x12\x34\x56\x78'
export const MAGIC_AT = 0x5c

/** Bytes of the header, and of the one behind it that images for managed access points have. */
const HEADER = 0x60
const MANAGED = 40
const MOST_MODEL = 256
const CHECKSUM_AT = 0x58
/** Kinds of contents that are known: 12 is a language pack. */
const MOST_TYPE = 12

/** Image header of Senao and EnGenius (OpenWrt, mksenaofw.c), big endian. */
export interface SenaoHeader {
  /** 0 for whole images, 1 boot loader, 2 kernel, 3 kernel and applications, 4 applications; the others vary by maker. */
  readonly type: number
  readonly version: string
  /** Of managed access points only. */
  readonly model: string | undefined
  /** MD5 of the plain content, in hex. */
  readonly md5: string
  /** Where the content begins, and its bytes without padding. */
  readonly at: number
  readonly length: number
}

/** The header at `at`, or undefined: without its checksum it is none. */
export function parseSenao(bytes: Bytes, at: number): SenaoHeader | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'big', 12)
  const version = cString(reader.take(16))
  const [type, length, zero] = [reader.u32(), reader.u32(), reader.u32()]
  const md5 = Buffer.from(reader.take(16)).toString('hex')
  reader.skip(32)
  const [checksum, magic] = [reader.u32(), reader.u32()]
  if (magic !== MAGIC || type > MOST_TYPE || length === 0 || zero !== 0) return undefined
  const managed = type === 0 ? readManaged(bytes, at + HEADER) : undefined
  if (type === 0 && !managed) return undefined
  if (
    sum(header.subarray(0, CHECKSUM_AT)) + sum(header.subarray(MAGIC_AT)) + (managed?.sum ?? 0) !==
    checksum
  )
    return undefined
  return { type, version, model: managed?.model, md5, at: at + HEADER + (managed?.length ?? 0), length }
}

function readManaged(
  bytes: Bytes,
  at: number,
): { readonly model: string; readonly length: number; readonly sum: number } | undefined {
  if (at + MANAGED > bytes.size) return undefined
  const size = new Reader(bytes.view(at, MANAGED), 'big', MANAGED - 4).u32()
  if (size > MOST_MODEL || at + MANAGED + size > bytes.size) return undefined
  const whole = bytes.view(at, MANAGED + size)
  return { model: cString(whole.subarray(MANAGED)), length: whole.length, sum: sum(whole) }
}

function sum(view: Uint8Array): number {
  return view.reduce((total, byte) => total + byte, 0)
}

/** The key stream repeats: the magic, shifted by one more bit with each of eight bytes. */
export const KEY_STREAM = Uint8Array.from({ length: 8 }, (_, index) => (MAGIC >>> index) & 0xff)
