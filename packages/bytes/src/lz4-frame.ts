import type { Bytes } from './bytes.ts'
import { lz4Block, PartError } from './lz.ts'
import { DecodeError, type StreamEnd } from './stream-end.ts'
import { XxHash32, xxHash32 } from './xxhash32.ts'

type Write = (chunk: Uint8Array) => void

const FRAME = 0x184d_2204
const LEGACY = 0x184c_2102
const SKIPPABLE = 0x184d_2a50
const LEGACY_BLOCK = 8 * 1024 * 1024
const HISTORY = 64 * 1024
const STORED = 0x8000_0000

/** An LZ4 file: frames (LZ4 Frame Format 1.6), legacy frames and skippable ones. `write` may throw to stop. */
export function lz4FrameStream(source: Bytes, at: number, write: Write): StreamEnd {
  let end = at
  let checked = false
  try {
    for (;;) {
      const magic = source.size - end >= 4 ? word(source, end) : 0
      if (magic === FRAME) {
        const frame = decodeFrame(source, end, write)
        checked ||= frame.checked
        end = frame.end
      } else if (magic === LEGACY) {
        end = decodeLegacy(source, end + 4, write)
      } else if ((magic & 0xffff_fff0) >>> 0 === SKIPPABLE && end > at && source.size - end >= 8) {
        end = Math.min(source.size, end + 8 + word(source, end + 4))
      } else {
        break
      }
    }
    if (end === at) throw new DecodeError('corrupt', 'LZ4: no frame')
    return { end, checksum: checked ? 'matches' : 'none' }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message } = error
    return {
      end: Math.max(end, at + 4),
      checksum: code === 'checksum' ? 'differs' : 'none',
      problem: { code, message },
    }
  }
}

function word(source: Bytes, at: number): number {
  if (at + 4 > source.size) throw new DecodeError('truncated', 'LZ4: the data ends early')
  const view = source.view(at, 4)
  return new DataView(view.buffer, view.byteOffset, 4).getUint32(0, true)
}

function bytesAt(source: Bytes, at: number, length: number): Uint8Array {
  if (at + length > source.size) throw new DecodeError('truncated', 'LZ4: the data ends early')
  return source.view(at, length)
}

/** What is there of a block, decoded, and why that is not all of it. */
function decodeBlock(
  input: Uint8Array,
  length: number,
  room: Uint8Array,
  history: Uint8Array,
): { decoded: Uint8Array; problem?: DecodeError } {
  const cutOff = input.length < length ? new DecodeError('truncated', 'LZ4: the data ends early') : undefined
  try {
    const decoded = room.subarray(0, lz4Block(input, room, history))
    return cutOff ? { decoded, problem: cutOff } : { decoded }
  } catch (error) {
    if (!(error instanceof PartError)) throw error
    return { decoded: room.subarray(0, error.written), problem: cutOff ?? error }
  }
}

/** Up to `length` bytes: fewer where the source ends. */
function whatIsThere(source: Bytes, at: number, length: number): Uint8Array {
  return source.view(at, Math.min(length, source.size - at))
}

function decodeFrame(
  source: Bytes,
  start: number,
  write: (chunk: Uint8Array) => void,
): { end: number; checked: boolean } {
  const [flags = 0, descriptor = 0] = bytesAt(source, start + 4, 2)
  if (flags >>> 6 !== 1 || flags & 2 || descriptor & 0x8f)
    throw new DecodeError('unsupported', 'LZ4: unknown frame flags')
  const blockSize = [0, 0, 0, 0, 65_536, 262_144, 1_048_576, 4_194_304][(descriptor >>> 4) & 7] ?? 0
  if (blockSize === 0) throw new DecodeError('corrupt', 'LZ4: unknown block size')
  const headerEnd = start + 6 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0)
  const header = bytesAt(source, start + 4, headerEnd - start - 4)
  if (((xxHash32(header) >>> 8) & 0xff) !== bytesAt(source, headerEnd, 1)[0])
    throw new DecodeError('checksum', 'LZ4: the header is damaged')

  const independent = (flags & 0x20) !== 0
  const blockChecks = (flags & 0x10) !== 0
  const contentCheck = (flags & 4) !== 0
  const content = contentCheck ? new XxHash32() : undefined
  const room = roomFor(blockSize, source, headerEnd)
  let history: Uint8Array = new Uint8Array(0)
  let at = headerEnd + 1
  for (;;) {
    const size = word(source, at)
    at += 4
    if (size === 0) break
    const stored = (size & STORED) !== 0
    const length = size & ~STORED
    if (length > blockSize + 65_536) throw new DecodeError('corrupt', 'LZ4: a block is too long')
    const block = whatIsThere(source, at, length)
    at += block.length
    const { decoded, problem } = stored
      ? { decoded: block, problem: undefined }
      : decodeBlock(block, length, room, history)
    if (blockChecks && block.length === length) {
      if (word(source, at) !== xxHash32(block)) throw new DecodeError('checksum', 'LZ4: a block is damaged')
      at += 4
    }
    content?.update(decoded)
    if (decoded.length > 0) write(decoded)
    if (problem) throw problem
    if (block.length < length) throw new DecodeError('truncated', 'LZ4: the data ends early')
    if (!independent) history = lastOf(history, decoded)
  }
  if (content) {
    if (word(source, at) !== content.digest())
      throw new DecodeError('checksum', 'LZ4: the content check differs')
    at += 4
  }
  return { end: at, checked: contentCheck || blockChecks }
}

/** No byte of a block stands for more than 255 of its content: a small file needs no large room. */
function roomFor(blockSize: number, source: Bytes, at: number): Uint8Array {
  return new Uint8Array(Math.min(blockSize, (source.size - at) * 255 + 64))
}

/** The history for the next block: a copy, because the room of the content is used again. */
function lastOf(history: Uint8Array, content: Uint8Array): Uint8Array {
  if (content.length >= HISTORY) return Buffer.from(content.subarray(-HISTORY))
  return Buffer.concat([history, content]).subarray(-HISTORY)
}

/** Blocks of up to 8 MiB, one behind the other, up to the end or to something that cannot be a block. */
function decodeLegacy(source: Bytes, start: number, write: Write): number {
  const room = roomFor(LEGACY_BLOCK, source, start)
  let at = start
  while (at + 4 <= source.size) {
    const size = word(source, at)
    if (size === 0 || size > LEGACY_BLOCK + 65_536) break
    const { decoded, problem } = decodeBlock(
      whatIsThere(source, at + 4, size),
      size,
      room,
      room.subarray(0, 0),
    )
    if (decoded.length > 0) write(decoded)
    if (problem) throw problem
    at += 4 + size
    if (decoded.length < LEGACY_BLOCK) break
  }
  if (at === start) throw new DecodeError('corrupt', 'LZ4: no block')
  return at
}
