import { type Bytes, latin1, Reader } from '@messlatte/bytes'

export const MAGICS = ['ITSF\x02\0\0\0', 'ITSF\x03\0\0\0'] as const
const HEADER = 0x58
/** The class identifiers {7C01FD10-…} and {7C01FD11-…} behind their first bytes. Compilers write either twice, or both. */
const CLASS_FIRST = [0x10, 0x11]
const CLASS_REST = '\xfd\x01\x7c\xaa\x7b\xd0\x11\x9e\x0c\0\xa0\xc9\x22\xe6\xec'
const DIRECTORY_HEADER = 0x54
const LENGTHS_SECTION = 0x18
const LEAST_CHUNK = 64
const MOST_CHUNK = 1024 * 1024

export interface ChmHeader {
  /** Offsets from the start, in bytes. */
  readonly chunksAt: number
  readonly chunkSize: number
  readonly chunks: number
  readonly contentAt: number
  /** Bytes of all. */
  readonly size: number
}

/** The header with that of the directory. Source: chmspec, "ITSF format". @throws BytesError */
export function headerAt(bytes: Bytes, start: number): ChmHeader | undefined {
  if (start + HEADER > bytes.size) return undefined
  const head = bytes.view(start, HEADER)
  if (!MAGICS.some((magic) => latin1(head.subarray(0, 8)) === magic)) return undefined
  const reader = new Reader(head, 'little', 4)
  const version = reader.u32()
  const length = reader.u32()
  reader.skip(12)
  if (!isClass(reader) || !isClass(reader)) return undefined
  const [lengthsAt, lengths, directoryAt, directory] = [
    reader.size64(),
    reader.size64(),
    reader.size64(),
    reader.size64(),
  ]
  const least = version === 2 ? HEADER : HEADER + 8
  if (length < least || lengths < LENGTHS_SECTION || lengthsAt < length || directoryAt < length)
    return undefined
  const contentAt =
    version === 2 ? directoryAt + directory : new Reader(bytes.view(start + HEADER, 8), 'little').size64()
  const size = new Reader(bytes.view(start + lengthsAt, 16), 'little', 8).size64()
  if (contentAt < length || size < Math.max(contentAt, directoryAt + directory)) return undefined
  const chunks = chunksIn(bytes, start + directoryAt, directory)
  return chunks && { ...chunks, chunksAt: directoryAt + DIRECTORY_HEADER, contentAt, size }
}

function isClass(reader: Reader): boolean {
  const first = reader.u8()
  return reader.latin1(CLASS_REST.length) === CLASS_REST && CLASS_FIRST.includes(first)
}

function chunksIn(
  bytes: Bytes,
  at: number,
  length: number,
): Pick<ChmHeader, 'chunkSize' | 'chunks'> | undefined {
  const reader = new Reader(bytes.view(at, DIRECTORY_HEADER), 'little')
  if (reader.latin1(4) !== 'ITSP' || reader.u32() !== 1 || reader.u32() !== DIRECTORY_HEADER) return undefined
  reader.skip(4)
  const chunkSize = reader.u32()
  reader.skip(24)
  const chunks = reader.u32()
  if (chunkSize < LEAST_CHUNK || chunkSize > MOST_CHUNK || chunks === 0) return undefined
  return chunks * chunkSize <= length - DIRECTORY_HEADER ? { chunkSize, chunks } : undefined
}
