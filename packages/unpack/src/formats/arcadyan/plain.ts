import { type Bytes, Reader } from '@messlatte/bytes'
import { patchedBytes } from '../patched.ts'

/** Where the two blocks lie that change places, and how long they are. */
const [FIRST, SECOND, BLOCK] = [0x04, 0x68, 0x20]
const HEAD = SECOND + BLOCK
/** Of an LZMA file, and the first byte behind it, which is zero. */
const LZMA_HEADER = 14
/** No device of this kind has more memory. */
const MOST_SIZE = 256 * 1024 * 1024
/** Firmware is larger; less than that may come out of any bytes. */
const LEAST_SIZE = 4096

/** How the LZMA header begins that all known images have, as it lies in them. */
export const MAGIC = '\x00\xd5\x08\x00'
export const MAGIC_AT = SECOND

/** Where the LZMA file begins in what `plainBytes` gives. */
export const LZMA_AT = FIRST

/** The bytes from `at` on as they were before the maker mixed them up: the blocks change back, and digits of the first one, too. */
export function plainBytes(bytes: Bytes, at: number): Bytes {
  const head = Uint8Array.from(bytes.view(at, HEAD))
  const [first, second] = [head.slice(FIRST, FIRST + BLOCK), head.slice(SECOND, SECOND + BLOCK)]
  for (let i = 0; i < BLOCK; i += 2) {
    head[FIRST + i] = digitsChanged(second[i + 1] as number)
    head[FIRST + i + 1] = digitsChanged(second[i] as number)
  }
  head.set(first, SECOND)
  return patchedBytes(bytes, at, head)
}

function digitsChanged(byte: number): number {
  return ((byte & 0x0f) << 4) | (byte >>> 4)
}

/** Whether what comes out has a header that holds. */
export function isLzma(plain: Bytes): boolean {
  if (plain.size < LZMA_AT + LZMA_HEADER) return false
  const reader = new Reader(plain.view(LZMA_AT + 5, LZMA_HEADER - 5), 'little')
  const size = reader.size64()
  return size >= LEAST_SIZE && size <= MOST_SIZE && reader.u8() === 0
}
