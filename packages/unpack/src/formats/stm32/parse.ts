import { type Bytes, Reader } from '@messlatte/bytes'

export const MAGIC = 'STM2'
/** Extension headers of version 2, by the number that they begin with, read little endian. */
const DECRYPTION = 0x01005453
const AUTHENTICATION = 0x02005453
const PADDING = 0xffff5453
const MAX_EXTENSIONS = 4096
const MAX_KEYS = 8

/** What differs between versions; ST wiki, "STM32 header for binary files". Bytes from the start. */
interface Layout {
  readonly signature: number
  readonly base: number
}

const V1: Layout = { signature: 64, base: 256 }
const V2: Layout = { signature: 64, base: 128 }
/** Of the STM32N6: room for numbers of 384 bits. */
const V2_3: Layout = { signature: 96, base: 160 }

/** Stretches are from the start of the header. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

export interface Stm32Key {
  /** 1 P-256, 2 brainpool of 256 bits, 3 and 4 the same of 384. */
  readonly algorithm: number
  /** x and y, big endian. */
  readonly point: Uint8Array
}

/** Little endian, but for keys and signatures. */
export interface Stm32Image {
  readonly major: number
  readonly minor: number
  /** r and s, big endian. */
  readonly signature: Uint8Array
  /** Sum of the payload's bytes. */
  readonly checksum: number
  readonly entry: number
  readonly loadAddress: number
  /** Rises against rollback. */
  readonly version: number
  /** The ROM is told to verify the signature. */
  readonly authenticated: boolean
  readonly encrypted: boolean
  readonly key: Stm32Key | undefined
  /** SHA-256 of each key that the fuses' digest covers, and which of them it is. */
  readonly table: { readonly index: number; readonly hashes: readonly Uint8Array[] } | undefined
  /** What is signed. */
  readonly signed: readonly Stretch[]
  readonly payload: Stretch
}

/** The header at `at`, or undefined. */
export function parseStm32(bytes: Bytes, at: number): Stm32Image | undefined {
  if (at + V1.base > bytes.size) return undefined
  const head = bytes.view(at, V1.base)
  if (new Reader(head, 'little').latin1(4) !== MAGIC) return undefined
  const layout = layoutOf(head)
  if (!layout) return undefined
  const { signature, base } = layout
  const start = 4 + signature
  const reader = new Reader(head, 'little', start)
  const checksum = reader.u32()
  const [zero, minor, major, three] = [reader.u8(), reader.u8(), reader.u8(), reader.u8()]
  const [length, entry] = [reader.u32(), reader.u32()]
  reader.skip(4)
  const loadAddress = reader.u32()
  reader.skip(4)
  const [version, flags] = [reader.u32(), reader.u32()]
  if (zero !== 0 || three !== 0 || length === 0) return undefined
  const known = { major, minor, signature: head.slice(4, start), checksum, entry, loadAddress, version }
  if (layout === V1) {
    const key = { algorithm: reader.u32(), point: reader.take(64) }
    if (key.algorithm > 2 || flags > 0xff || !reader.take(83).every((byte) => byte === 0)) return undefined
    const payload = { from: base, to: base + length }
    return {
      ...known,
      authenticated: (flags & 1) === 0,
      encrypted: false,
      key,
      table: undefined,
      signed: [{ from: start + 4, to: payload.to }],
      payload,
    }
  }
  const extensions = reader.u32()
  if (extensions > MAX_EXTENSIONS || (flags & 0x7ffffffc) !== 0) return undefined
  if (at + base + extensions > bytes.size) return undefined
  const authentication = authenticationIn(bytes.view(at + base, extensions), signature)
  const payload = { from: base + extensions, to: base + extensions + length }
  return {
    ...known,
    authenticated: (flags & 1) !== 0,
    encrypted: (flags & 2) !== 0,
    key: authentication?.key,
    table: authentication?.table,
    // Of the longer header, what belongs to a second payload at its end is not signed.
    signed:
      layout === V2_3
        ? [
            { from: start + 4, to: base - 8 },
            { from: base, to: payload.to },
          ]
        : [{ from: start + 4, to: payload.to }],
    payload,
  }
}

function layoutOf(head: Uint8Array): Layout | undefined {
  if (head[73] === 0 && head[74] === 1) return V1
  if (head[74] === 2 && (head[73] ?? 0) < 3) return V2
  return head[106] === 2 && head[105] === 3 ? V2_3 : undefined
}

/** The extension that says how the image is signed; undefined where none says so in full. */
function authenticationIn(
  extensions: Uint8Array,
  size: number,
): Pick<Stm32Image, 'key' | 'table'> | undefined {
  let at = 0
  while (at + 8 <= extensions.length) {
    const reader = new Reader(extensions, 'little', at)
    const [type, length] = [reader.u32(), reader.u32()]
    if (length < 8 || at + length > extensions.length) return undefined
    if (type !== DECRYPTION && type !== AUTHENTICATION && type !== PADDING) return undefined
    if (type === AUTHENTICATION) {
      if (length < 20 + size) return undefined
      const [index, count, algorithm] = [reader.u32(), reader.u32(), reader.u32()]
      const point = reader.take(size).slice(0, 64)
      if (count > MAX_KEYS || length < 20 + size + 32 * count) return undefined
      const hashes = Array.from({ length: count }, () => reader.take(32).slice())
      return { key: { algorithm, point }, table: { index, hashes } }
    }
    at += length
  }
  return undefined
}
