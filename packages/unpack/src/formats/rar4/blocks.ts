import { crc32 } from 'node:zlib'
import { type Bytes, Reader } from '@messlatte/bytes'

export const BLOCK = { main: 0x73, file: 0x74, service: 0x7a, end: 0x7b } as const
const LEAST = 7
/** Of a file's header: its data are longer than 32 bits tell. */
const LARGE = 0x100
const HAS_DATA = 0x8000

/** What all headers begin with, little endian: CRC-16, type, flags, size. */
export interface Rar4Block {
  readonly type: number
  readonly flags: number
  /** At what is particular to its type. */
  readonly fields: Reader
  /** Of its data. */
  readonly at: number
  /** Bytes of its data. */
  readonly size: number
  /** Behind its data. */
  readonly end: number
}

/** The header at `at`; undefined where its CRC, the lower half of a CRC-32, does not hold. */
export function blockAt(bytes: Bytes, at: number): Rar4Block | undefined {
  if (at + LEAST > bytes.size) return undefined
  const introduction = new Reader(bytes.view(at, LEAST), 'little')
  const crc = introduction.u16()
  const [type, flags, size] = [introduction.u8(), introduction.u16(), introduction.u16()]
  if (size < LEAST || at + size > bytes.size) return undefined
  const header = bytes.view(at, size)
  if ((crc32(header.subarray(2)) & 0xffff) !== crc) return undefined
  const data = dataOf(header, type, flags)
  if (data === undefined) return undefined
  return {
    type,
    flags,
    fields: new Reader(header, 'little', LEAST),
    at: at + size,
    size: data,
    end: at + size + data,
  }
}

function dataOf(header: Uint8Array, type: number, flags: number): number | undefined {
  const isFile = type === BLOCK.file || type === BLOCK.service
  if (!isFile && (flags & HAS_DATA) === 0) return 0
  if (header.length < LEAST + 4) return undefined
  const low = new Reader(header, 'little', LEAST).u32()
  if (!isFile || (flags & LARGE) === 0) return low
  return header.length < HIGH_SIZE + 4
    ? undefined
    : low + (new Reader(header, 'little', HIGH_SIZE).u32() % 2 ** 20) * 2 ** 32
}

/** Where the upper half of the size of a file's data stands, in bytes. */
const HIGH_SIZE = 32
