import {
  type Bytes,
  DecodeError,
  LZMA_ALONE_HEADER,
  lzmaStream,
  memoryBytes,
  propertiesOf,
  Reader,
  type StreamEnd,
} from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'
import { novatekSum } from '../novatek-sum.ts'
import { zlibStream } from '../zlib/decode.ts'
import { unpackLz } from './lz.ts'
import { HEADER, MAGIC, type NovatekBcl, parseNovatekBcl } from './parse.ts'

type Write = (chunk: Uint8Array) => void

/** In the size of an LZMA stream: an end mark tells. */
const ENDS_BY_MARK = 0xffff_ffff

export const novatekBcl: StreamFormat = {
  kind: 'stream',
  name: 'novatek-bcl',
  title: 'Novatek packed partition (BCL1: cameras)',
  references: [
    'NTKFWinfo (github.com/EgorKin/Novatek-FW-info), "BCL1 header"',
    'Basic Compression Library 1 (bcl.sourceforge.net), lz.c',
  ],
  limits: ['LZ77, LZMA and zlib only', 'up to 64 MiB are read', 'the empty rest of a partition is not added'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise: (bytes, at) => parseNovatekBcl(bytes, at) !== undefined,

  decode(bytes, at, write) {
    const bcl = parseNovatekBcl(bytes, at) as NovatekBcl
    const packed = Math.min(bcl.packed, bytes.size - at - HEADER)
    const end = at + HEADER + packed
    const problem = unpack(bcl, bytes.view(at + HEADER, packed), write)
    if (packed < bcl.packed)
      return { end, checksum: 'none', problem: { code: 'truncated', message: 'BCL1: the data ends early' } }
    const checksum = checksumOf(bytes, at, bcl)
    if (problem) return { end, checksum, problem }
    return checksum === 'differs'
      ? { end, checksum, problem: { code: 'checksum', message: 'BCL1: the checksum differs' } }
      : { end, checksum }
  },
}

function checksumOf(bytes: Bytes, at: number, { hasSum, packed }: NovatekBcl): StreamEnd['checksum'] {
  if (novatekSum(bytes, at, HEADER + packed) === 0) return 'matches'
  return hasSum ? 'differs' : 'none'
}

/** @returns what went wrong; what came before it has been written */
function unpack({ packing, plain }: NovatekBcl, packed: Uint8Array, write: Write): StreamEnd['problem'] {
  let left = plain
  const bounded = (chunk: Uint8Array) => {
    if (left > 0) write(chunk.subarray(0, left))
    left -= chunk.length
    if (left < 0) throw new DecodeError('output-full', 'BCL1: more comes out than is announced')
  }
  try {
    if (packing === 'zlib') return zlibStream(memoryBytes(packed), 0, bounded).problem
    if (packing === 'lzma') unpackLzma(packed, bounded)
    else {
      const output = new Uint8Array(plain)
      bounded(output.subarray(0, unpackLz(packed, output)))
    }
    return undefined
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return { code: error.code, message: error.message }
  }
}

/** The header of a .lzma file, but older tools write the lower half of its size twice. @throws DecodeError */
function unpackLzma(packed: Uint8Array, write: Write): void {
  if (packed.length <= LZMA_ALONE_HEADER) throw new DecodeError('truncated', 'LZMA: the header is cut off')
  const reader = new Reader(packed, 'little')
  const properties = propertiesOf(reader.u8())
  const [dictionary, low] = [reader.u32(), reader.u32()]
  const size = low === ENDS_BY_MARK ? Number.POSITIVE_INFINITY : low
  lzmaStream(memoryBytes(packed), LZMA_ALONE_HEADER, { properties, dictionary, size }, write)
}
