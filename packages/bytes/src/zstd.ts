import { constants, zstdDecompressSync } from 'node:zlib'
import { type Bytes, MAX_VIEW } from './bytes.ts'
import { DecodeError, type StreamEnd } from './stream-end.ts'

const FRAME = 0xfd2f_b528
const SKIPPABLE = 0x184d_2a50
/** A frame's output that has no stated size is tried in growing rooms, up to this many bytes. */
const MOST_OUTPUT = 1024 * 1024 * 1024
const FIRST_ROOM = 16 * 1024 * 1024
const MOST_WINDOW_LOG = 27

interface Frame {
  /** Offset behind it. */
  readonly end: number
  readonly contentSize: number | undefined
  readonly skippable: boolean
  readonly whole: boolean
  readonly checked: boolean
}

/**
 * A Zstandard file (RFC 8878): frames and skippable frames. Where a frame ends follows from its block headers; Node's
 * zlib decodes it whole. `write` may throw to stop.
 */
export function zstdStream(source: Bytes, at: number, write: (chunk: Uint8Array) => void): StreamEnd {
  let end = at
  let checked = false
  try {
    for (let frame = readFrame(source, end); frame; frame = readFrame(source, end)) {
      if (!frame.skippable) decodeFrame(source, end, frame, write)
      checked ||= frame.checked
      end = frame.end
      if (!frame.whole) throw new DecodeError('truncated', 'zstd: the data ends early')
    }
    if (end === at) throw new DecodeError('corrupt', 'zstd: no frame')
    return { end, checksum: checked ? 'matches' : 'none' }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message } = error
    return { end: Math.max(end, at + 4), checksum: code === 'checksum' ? 'differs' : 'none', problem: { code, message } }
  }
}

/** The frame at `at`, found by its headers alone; undefined where there is none. */
function readFrame(source: Bytes, at: number): Frame | undefined {
  if (source.size - at < 5) return undefined
  const head = source.view(at, Math.min(18, source.size - at))
  const data = new DataView(head.buffer, head.byteOffset, head.length)
  const magic = data.getUint32(0, true)
  if ((magic & 0xffff_fff0) >>> 0 === SKIPPABLE && head.length >= 8) {
    const end = at + 8 + data.getUint32(4, true)
    return { end: Math.min(end, source.size), contentSize: 0, skippable: true, whole: end <= source.size, checked: false }
  }
  if (magic !== FRAME) return undefined
  const descriptor = head[4] as number
  const single = (descriptor & 0x20) !== 0
  const idSize = [0, 1, 2, 4][descriptor & 3] as number
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >>> 6] as number
  const sizeAt = 5 + (single ? 0 : 1) + idSize
  if (sizeAt + sizeBytes > head.length) return undefined
  return { ...blocksFrom(source, at + sizeAt + sizeBytes, (descriptor & 4) !== 0), contentSize: contentSize(data, sizeAt, sizeBytes), skippable: false }
}

function contentSize(data: DataView, at: number, bytes: number): number | undefined {
  switch (bytes) {
    case 1:
      return data.getUint8(at)
    case 2:
      return data.getUint16(at, true) + 256
    case 4:
      return data.getUint32(at, true)
    case 8:
      return Number(data.getBigUint64(at, true))
    default:
      return undefined
  }
}

function blocksFrom(source: Bytes, start: number, checked: boolean): Pick<Frame, 'end' | 'whole' | 'checked'> {
  let at = start
  for (;;) {
    if (at + 3 > source.size) return { end: source.size, whole: false, checked }
    const [a, b, c] = source.view(at, 3)
    const header = (a as number) | ((b as number) << 8) | ((c as number) << 16)
    const type = (header >>> 1) & 3
    if (type === 3) throw new DecodeError('corrupt', 'zstd: a reserved block type')
    at += 3 + (type === 1 ? 1 : header >>> 3)
    if (at > source.size) return { end: source.size, whole: false, checked }
    if (header & 1) break
  }
  const end = at + (checked ? 4 : 0)
  return { end: Math.min(end, source.size), whole: end <= source.size, checked }
}

function decodeFrame(source: Bytes, at: number, frame: Frame, write: (chunk: Uint8Array) => void): void {
  const input = gather(source, at, frame.end)
  const stated = frame.contentSize
  if (stated !== undefined && stated > MOST_OUTPUT) throw new DecodeError('unsupported', `zstd: a frame of ${stated} bytes is over ${MOST_OUTPUT}`)
  for (let room = Math.max(64, stated ?? Math.max(FIRST_ROOM, input.length * 4)); ; room = Math.min(MOST_OUTPUT, room * 8)) {
    try {
      write(
        zstdDecompressSync(input, {
          maxOutputLength: room,
          chunkSize: Math.min(room, 4 * 1024 * 1024),
          // What a cut-off frame holds is still right up to the cut.
          finishFlush: frame.whole ? constants.ZSTD_e_end : constants.ZSTD_e_flush,
          params: { [constants.ZSTD_d_windowLogMax]: MOST_WINDOW_LOG },
        }),
      )
      return
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code
      if (code === 'ERR_BUFFER_TOO_LARGE') {
        if (room < MOST_OUTPUT && stated === undefined) continue
        throw new DecodeError('output-full', `zstd: over ${room} bytes come out of one frame`, cause)
      }
      if (code === undefined || !/^(ZSTD|Z)_/.test(code)) throw cause
      throw new DecodeError(/checksum/i.test(String(cause)) ? 'checksum' : 'corrupt', 'zstd: the data is damaged', cause)
    }
  }
}

function gather(source: Bytes, start: number, end: number): Uint8Array {
  if (end - start <= MAX_VIEW) return source.view(start, end - start)
  const all = Buffer.allocUnsafeSlow(end - start)
  source.copy(start, all)
  return all
}
