import { type Bytes, Reader } from '@messlatte/bytes'
import { copyStretch } from '../members.ts'
import { decipherHilink } from './cipher.ts'

const HEADER = 64
/** So much is needed for the header to come out, and for its first block. */
const START = HEADER + 3
const FIRST = 8 + 3
const UIMAGE = 0x27051956
const SIZE_AT = 12
/** Less than one in a thousand million encrypted headers has so many. */
const MANY_ZEROS = 8
/** The flash of such a module. */
export const MOST = 16 * 1024 * 1024

/** OpenWrt firmware-utils, mkhilinkfw.c. Bytes of the image at `at`, or undefined where no uImage comes out. */
export function parseHilink(bytes: Bytes, at: number): number | undefined {
  if (at + START > bytes.size) return undefined
  if (!isEven(bytes.view(at, HEADER)) || deciphered(bytes, at, FIRST).u32() !== UIMAGE) return undefined
  const header = deciphered(bytes, at, START)
  header.skip(SIZE_AT)
  const length = HEADER + header.u32()
  return length > START && length <= MOST ? length : undefined
}

/** What is encrypted has a zero among 256 bytes; other headers are full of them, and need no cipher to be told apart. */
function isEven(header: Uint8Array): boolean {
  let zeros = 0
  for (const byte of header) if (byte === 0) zeros++
  return zeros < MANY_ZEROS
}

function deciphered(bytes: Bytes, at: number, length: number): Reader {
  const start = Buffer.alloc(length)
  copyStretch(bytes, at, start)
  decipherHilink(start)
  return new Reader(start, 'big')
}
