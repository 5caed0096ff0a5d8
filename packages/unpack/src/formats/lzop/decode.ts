import { type Bytes, BytesError, DecodeError, lzo1x, type StreamEnd, zlibBlock } from '@messlatte/bytes'
import { holds, type LzopBlock, type LzopHeader, parseLzopBlock, parseLzopHeader } from './parse.ts'

type Write = (chunk: Uint8Array) => void

/** What lzop itself takes, in bytes. */
const MOST_BLOCK = 64 * 1024 * 1024
/** No byte of LZO1X, nor of deflate, makes more: so that a block of a few bytes gets no large room. */
const MOST_RATIO = 1040
const ZLIB = 128
/** Filters are distances: each byte is the difference to the one so far before it in its block. */
const MOST_FILTER = 16

/** One file of an lzop archive: blocks up to a zero. What comes before damage is delivered. */
export function lzopStream(bytes: Bytes, at: number, write: Write): StreamEnd {
  const header = parseLzopHeader(bytes, at)
  if (!header) return ended(bytes.size, new DecodeError('corrupt', 'lzop: no header'))
  let end = header.dataAt
  let checked = false
  let room = new Uint8Array(0)
  try {
    if (header.filter > MOST_FILTER) throw new DecodeError('unsupported', `lzop: the filter ${header.filter}`)
    if (![1, 2, 3, ZLIB].includes(header.method))
      throw new DecodeError('unsupported', `lzop: the method ${header.method}`)
    for (;;) {
      const block = parseLzopBlock(bytes, end, header.flags)
      if (!block) break
      checkSizes(block)
      if (room.length < block.size) room = new Uint8Array(block.size)
      write(decodeBlock(bytes, block, header, room.subarray(0, block.size)))
      checked ||= block.contentSums.length + block.packedSums.length > 0
      end = block.dataAt + block.packed
    }
    return { end: end + 4, checksum: checked ? 'matches' : 'none' }
  } catch (error) {
    if (error instanceof BytesError)
      return ended(bytes.size, new DecodeError('truncated', 'lzop: the data ends early'))
    if (error instanceof DecodeError) return ended(end, error)
    throw error
  }
}

function ended(end: number, { code, message }: DecodeError): StreamEnd {
  return { end, checksum: code === 'checksum' ? 'differs' : 'none', problem: { code, message } }
}

/** @throws DecodeError */
function checkSizes({ size, packed }: LzopBlock): void {
  if (size > MOST_BLOCK || packed === 0 || packed > size || size > packed * MOST_RATIO)
    throw new DecodeError('corrupt', 'lzop: the sizes of a block make no sense')
}

/** @throws BytesError | DecodeError */
function decodeBlock(
  bytes: Bytes,
  block: LzopBlock,
  { method, filter }: LzopHeader,
  room: Uint8Array,
): Uint8Array {
  const packed = new Uint8Array(block.packed)
  bytes.copy(block.dataAt, packed)
  const differs = () => new DecodeError('checksum', 'lzop: the checksum of a block differs')
  if (!holds(block.packedSums, packed)) throw differs()
  if (block.packed === block.size) {
    unfilter(packed, filter)
    if (!holds(block.contentSums, packed)) throw differs()
    return packed
  }
  const written = method === ZLIB ? zlibBlock(packed, room) : lzo1x(packed, room)
  if (written !== room.length) throw new DecodeError('corrupt', 'lzop: a block is shorter than it says')
  unfilter(room, filter)
  if (!holds(block.contentSums, room)) throw differs()
  return room
}

function unfilter(content: Uint8Array, distance: number): void {
  if (distance === 0) return
  for (let at = distance; at < content.length; at++)
    content[at] = (content[at] as number) + (content[at - distance] as number)
}
