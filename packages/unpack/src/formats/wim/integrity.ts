import { createHash } from 'node:crypto'
import { type Bytes, Reader } from '@messlatte/bytes'
import type { Sink } from '../../contract.ts'
import { hashStretch } from '../members.ts'
import { HEADER, SHA1, type WimPart } from './header.ts'
import { readResource, resourceAt } from './resource.ts'

const HEAD = 12
const MOST_TABLE = 64 * 1024 * 1024
/** Bytes; with shorter stretches, the sums would cost more than what they protect. */
const LEAST_STRETCH = 4096

/** Compares all between header and the end of the table of contents with the table that tells its sums. @throws BytesError, FormatError */
export function checkIntegrity(bytes: Bytes, part: WimPart, problem: Sink['problem']): void {
  const { start, header } = part
  const table = readResource(bytes, resourceAt(bytes, part, header.integrity), MOST_TABLE)
  const reader = new Reader(table, 'little')
  const [size, count, stretch] = [reader.u32(), reader.u32(), reader.u32()]
  const end = header.blobs.at + header.blobs.packed
  const expected = Math.ceil((end - HEADER) / stretch)
  if (
    size !== table.length ||
    size !== HEAD + count * SHA1 ||
    stretch < LEAST_STRETCH ||
    count !== expected
  ) {
    problem('structure', 'the table of sums does not fit what it is about')
    return
  }
  for (let index = 0; index < count; index++) {
    const from = HEADER + index * stretch
    const length = Math.min(stretch, end - from)
    if (start + from + length > bytes.size) return
    const told = Buffer.from(reader.take(SHA1)).toString('hex')
    if (hashStretch(createHash('sha1'), bytes, start + from, length).digest('hex') !== told) {
      problem('checksum', `the SHA-1 of the bytes from 0x${from.toString(16)} on differs`)
      return
    }
  }
}
