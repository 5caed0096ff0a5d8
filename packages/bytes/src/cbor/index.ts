import { BytesError } from '../bytes.ts'
import { Reader } from '../reader.ts'
import { DecodeError } from '../stream-end.ts'

/** CBOR as it is signed: definite lengths, keys that are numbers or texts. RFC 8949. */
export type CborValue =
  | number
  | string
  | boolean
  | null
  | Uint8Array
  | CborTag
  | CborMap
  | readonly CborValue[]

export interface CborTag {
  readonly tag: number
  readonly value: CborValue
}

export type CborMap = ReadonlyMap<number | string, CborValue>

const MOST_DEPTH = 24
const MOST_ITEMS = 20_000

/**
 * One data item that takes all of the bytes. Numbers beyond 2^53, floating point and indefinite lengths are refused.
 * @throws DecodeError, BytesError
 */
export function decodeCbor(bytes: Uint8Array): CborValue {
  const state = { reader: new Reader(bytes, 'big'), left: MOST_ITEMS }
  const value = item(state, 0)
  if (state.reader.left > 0) throw new DecodeError('corrupt', 'bytes follow behind a CBOR item')
  return value
}

/** The same, or undefined for what is none. */
export function readCbor(bytes: Uint8Array): CborValue | undefined {
  try {
    return decodeCbor(bytes)
  } catch (error) {
    if (error instanceof DecodeError || error instanceof BytesError) return undefined
    throw error
  }
}

export function isCborMap(value: CborValue | undefined): value is CborMap {
  return value instanceof Map
}

export function isCborTag(value: CborValue | undefined): value is CborTag {
  return typeof value === 'object' && value !== null && 'tag' in value
}

export function isCborArray(value: CborValue | undefined): value is readonly CborValue[] {
  return Array.isArray(value)
}

/** The head of a byte string of so many bytes, which is hashed with it where it is wrapped. */
export function cborBytesHead(length: number): Buffer {
  return head(2, length)
}

/** The head of an item: its major type, and its number in the shortest form. */
function head(type: number, value: number): Buffer {
  const first = type << 5
  if (value < 24) return Buffer.from([first | value])
  const size = value < 2 ** 8 ? 1 : value < 2 ** 16 ? 2 : 4
  const bytes = Buffer.alloc(1 + size)
  bytes[0] = first | (23 + (size === 4 ? 3 : size))
  bytes.writeUIntBE(value, 1, size)
  return bytes
}

/** Byte strings, texts and arrays of these, as signed structures of COSE are put together. */
export function encodeCbor(value: Uint8Array | string | readonly (Uint8Array | string)[]): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value, 'utf8')
    return Buffer.concat([head(3, text.length), text])
  }
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(4, value.length), ...value.map(encodeCbor)])
}

interface State {
  readonly reader: Reader
  left: number
}

function item(state: State, depth: number): CborValue {
  const { reader } = state
  if (depth > MOST_DEPTH || state.left-- <= 0) throw new DecodeError('corrupt', 'too much CBOR')
  const first = reader.u8()
  const [type, info] = [first >> 5, first & 31]
  if (type === 7) return simple(info)
  const value = argument(reader, info)
  switch (type) {
    case 0:
      return value
    case 1:
      return -1 - value
    case 2:
      return reader.take(value)
    case 3:
      return Buffer.from(reader.take(value)).toString('utf8')
    case 4:
      return items(state, value, depth)
    case 5:
      return map(state, value, depth)
    default:
      return { tag: value, value: item(state, depth + 1) }
  }
}

function argument(reader: Reader, info: number): number {
  if (info < 24) return info
  const value = [() => reader.u8(), () => reader.u16(), () => reader.u32(), () => reader.size64()][
    info - 24
  ]?.()
  if (value === undefined || !Number.isSafeInteger(value))
    throw new DecodeError('unsupported', 'indefinite lengths and large numbers are not read')
  return value
}

function simple(info: number): CborValue {
  if (info === 20 || info === 21) return info === 21
  if (info === 22 || info === 23) return null
  throw new DecodeError('unsupported', 'floating point is not read')
}

function items(state: State, count: number, depth: number): readonly CborValue[] {
  if (count > state.left) throw new DecodeError('truncated', 'more items than there can be')
  return Array.from({ length: count }, () => item(state, depth + 1))
}

function map(state: State, count: number, depth: number): CborMap {
  if (count > state.left) throw new DecodeError('truncated', 'more items than there can be')
  const found = new Map<number | string, CborValue>()
  for (let index = 0; index < count; index++) {
    const key = item(state, depth + 1)
    if ((typeof key !== 'number' && typeof key !== 'string') || found.has(key))
      throw new DecodeError('corrupt', 'a key is twice there, or no number and no text')
    found.set(key, item(state, depth + 1))
  }
  return found
}
