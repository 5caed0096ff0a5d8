import { crc32 } from 'node:zlib'
import { type Bytes, lzmaStream, memoryBytes, propertiesOf, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { wholeOf } from '../whole.ts'

/** Bytes between two CRCs. */
const PART = 4096
const HEAD = 9
const LZMA_HEADER = 5
/** A list of files, unpacked, in bytes; those of large installers have some MB. */
const MOST_LIST = 64 * 1024 * 1024

/**
 * A block of the header: a CRC-32 over its size and whether it is packed, and then parts of 4 KiB with a CRC-32 in front of each.
 * @returns the block, and where the next one begins
 * @throws FormatError, DecodeError
 */
export function readBlock(bytes: Bytes, at: number): { readonly block: Buffer; readonly end: number } {
  if (at + HEAD > bytes.size) throw new FormatError('truncated', 'the header is cut off')
  const head = bytes.view(at, HEAD)
  const reader = new Reader(head, 'little')
  const [crc, size, packed] = [reader.u32(), reader.u32(), reader.u8()]
  if (crc32(head.subarray(4)) !== crc) throw new FormatError('checksum', 'the CRC of a list differs')
  const end = at + HEAD + size
  if (size > MOST_LIST || end > bytes.size) throw new FormatError('truncated', 'a list is cut off')
  const parts: Buffer[] = []
  for (let part = at + HEAD; part + 4 < end; part += 4 + PART) {
    const content = Buffer.from(bytes.view(part + 4, Math.min(PART, end - part - 4)))
    if (crc32(content) !== new Reader(bytes.view(part, 4), 'little').u32())
      throw new FormatError('checksum', 'the CRC of a part of a list differs')
    parts.push(content)
  }
  const stored = Buffer.concat(parts)
  return { block: packed === 0 ? stored : unpacked(stored), end }
}

function unpacked(stored: Buffer): Buffer {
  if (stored.length < LZMA_HEADER) throw new FormatError('structure', 'a packed list without a header')
  const properties = propertiesOf(stored.readUInt8())
  const stream = { properties, dictionary: stored.readUInt32LE(1), size: Number.POSITIVE_INFINITY }
  return wholeOf(MOST_LIST, (write) => lzmaStream(memoryBytes(stored), LZMA_HEADER, stream, write))
}
