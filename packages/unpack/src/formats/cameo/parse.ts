import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** What tells the layouts apart: the length of the header, and zeros around it. */
const TWO = { bytes: 'T\0\0\0\0\0', at: 78 } as const
const PACKED = { bytes: 'T\x01\0\0\0\0', at: 78 } as const
const ONE = { bytes: '\0@\0\0', at: 54 } as const
const REGION = { bytes: '\0P\0\0', at: 54 } as const
export const MAGICS = [TWO, PACKED, ONE, REGION]
/** Bytes of the headers. */
const [TWO_HEADER, ONE_HEADER, REGION_HEADER] = [84, 64, 80] as const
const TEXT = /^[\x21-\x7e][\x20-\x7e]*$/
const MOST = 64 * 1024 * 1024

/** OpenWrt firmware-utils, mkcameofw.c and mkdapimg.c: big endian. */
export interface Cameo {
  readonly model: string
  /** Of the hardware. */
  readonly signature: string
  /** Of all bytes of the image. */
  readonly sum: number
  readonly image: Stored
  readonly parts: readonly { readonly path: string; readonly content: Stored }[]
  readonly end: number
}

/** The header at `at`, or undefined for what is none. */
export function parseCameo(bytes: Bytes, at: number): Cameo | undefined {
  return standsAt(bytes, at, TWO) || standsAt(bytes, at, PACKED)
    ? withKernel(bytes, at)
    : standsAt(bytes, at, ONE)
      ? plain(bytes, at, ONE_HEADER)
      : standsAt(bytes, at, REGION)
        ? plain(bytes, at, REGION_HEADER)
        : undefined
}

function standsAt(bytes: Bytes, at: number, magic: { readonly bytes: string; readonly at: number }): boolean {
  const from = at + magic.at
  if (from + magic.bytes.length > bytes.size) return false
  return new Reader(bytes.view(from, magic.bytes.length), 'big').latin1(magic.bytes.length) === magic.bytes
}

function withKernel(bytes: Bytes, at: number): Cameo | undefined {
  if (at + TWO_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, TWO_HEADER), 'big')
  const [sum, length, kernel] = [reader.u32(), reader.u32(), reader.u32()]
  const image = { at: at + TWO_HEADER, length }
  if (kernel === 0 || kernel > length) return undefined
  return named(reader, {
    sum,
    image,
    parts: [
      { path: 'kernel', content: { at: image.at, length: kernel } },
      { path: 'rootfs', content: { at: image.at + kernel, length: length - kernel } },
    ],
  })
}

function plain(bytes: Bytes, at: number, header: number): Cameo | undefined {
  if (at + header > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, header), 'big')
  const sum = reader.u32()
  const image = { at: at + header, length: new Reader(reader.bytes, 'big', 60).u32() }
  return named(reader, { sum, image, parts: [{ path: 'image', content: image }] })
}

function named(reader: Reader, rest: Pick<Cameo, 'sum' | 'image' | 'parts'>): Cameo | undefined {
  const [model, signature] = [cString(reader.take(20)), cString(reader.take(30))]
  const { at, length } = rest.image
  if (!TEXT.test(model) || !TEXT.test(signature) || length === 0 || length > MOST) return undefined
  const parts = rest.parts.filter(({ content }) => content.length > 0)
  return { model, signature, ...rest, parts, end: at + length }
}
