import { type Bytes, BytesError, createLzx, DecodeError, LZX_FRAME, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import type { ChmEntry } from './directory.ts'

const STORAGE = '::DataSpace/Storage/MSCompressed/'
/** Names of what the compressed section is told by. */
const PARTS = {
  content: `${STORAGE}Content`,
  control: `${STORAGE}ControlData`,
  resets: `${STORAGE}Transform/{7FC28940-9D31-11D0-9B27-00A0C91E9C7C}/InstanceData/ResetTable`,
} as const
const CONTROL = 24
const RESETS = 40
const PLACE = 8
const LEAST_WINDOW = 15
const MOST_WINDOW = 21
/** Frames between two resets. Compilers write two; at most so many are decoded in vain to reach a content. */
const MOST_INTERVAL = 1024
/** No frame needs more than its bytes and its codes. */
const MOST_PACKED = LZX_FRAME + 6144

/** Contents that are compressed together with LZX, which begins anew every so many frames. */
export interface Compressed {
  /** Where the packed bytes begin in the source, and how many there are. */
  readonly at: number
  readonly packed: number
  readonly windowBits: number
  /** Frames from one reset to the next. */
  readonly interval: number
  readonly frames: number
  /** Where the places of the frames are listed in the source. */
  readonly placesAt: number
}

/**
 * The section by its three parts. Source: chmspec, "ITSF format", section 1.
 * @param contentAt where section 0 begins in the source
 * @returns undefined where the file has none
 * @throws FormatError, BytesError
 */
export function compressedIn(
  bytes: Bytes,
  contentAt: number,
  entries: readonly ChmEntry[],
): Compressed | undefined {
  const find = (name: string) => entries.find((entry) => entry.name === name && entry.section === 0)
  const [content, control, resets] = [find(PARTS.content), find(PARTS.control), find(PARTS.resets)]
  if (!content) return undefined
  if (!control || !resets || control.size < CONTROL || resets.size < RESETS)
    throw new FormatError('structure', 'the compressed section does not say how it is compressed')
  const reader = new Reader(bytes.view(contentAt + resets.at, RESETS), 'little', 4)
  const frames = reader.u32()
  reader.skip(4)
  const header = reader.u32()
  reader.skip(8)
  const packed = reader.size64()
  if (reader.size64() !== LZX_FRAME || header + frames * PLACE > resets.size)
    throw new FormatError('structure', 'the table of resets is none')
  return {
    at: contentAt + content.at,
    packed: Math.min(packed, content.size),
    ...controlIn(bytes.view(contentAt + control.at, CONTROL)),
    frames,
    placesAt: contentAt + resets.at + header,
  }
}

/** @throws FormatError */
function controlIn(view: Uint8Array): Pick<Compressed, 'windowBits' | 'interval'> {
  const reader = new Reader(view, 'little', 4)
  const [magic, version, resetInterval, window] = [reader.latin1(4), reader.u32(), reader.u32(), reader.u32()]
  const unit = version === 1 ? 1 : LZX_FRAME
  const windowBits = Math.log2(window * unit)
  const interval = (resetInterval * unit) / LZX_FRAME
  const isKnown = magic === 'LZXC' && (version === 1 || version === 2)
  if (!isKnown || !Number.isInteger(windowBits) || windowBits < LEAST_WINDOW || windowBits > MOST_WINDOW)
    throw new FormatError(
      'unsupported',
      'the compressed section is not of LZX, or of a window that it cannot have',
    )
  if (!Number.isInteger(interval) || interval < 1 || interval > MOST_INTERVAL)
    throw new FormatError('unsupported', `LZX that begins anew every ${interval} frames`)
  return { windowBits, interval }
}

/** Where LZX begins anew, at `at` or before it: of what comes out, in bytes. */
export function resetBefore({ interval }: Pick<Compressed, 'interval'>, at: number): number {
  const step = interval * LZX_FRAME
  return Math.floor(at / step) * step
}

/** Writes all that comes out from a reset on. Even the last frame is whole. @throws DecodeError */
export function decodeFrom(
  bytes: Bytes,
  section: Compressed,
  from: number,
  write: (chunk: Uint8Array) => void,
): void {
  const { windowBits, interval, frames } = section
  let lzx = createLzx(windowBits)
  for (let index = from / LZX_FRAME; index < frames; index++) {
    if (index % interval === 0) lzx = createLzx(windowBits)
    write(lzx.frame(frameAt(bytes, section, index), LZX_FRAME))
  }
}

/** @throws DecodeError */
function frameAt(bytes: Bytes, { at, packed, frames, placesAt }: Compressed, index: number): Uint8Array {
  try {
    const isLast = index + 1 === frames
    const places = new Reader(bytes.view(placesAt + index * PLACE, isLast ? PLACE : 2 * PLACE), 'little')
    const start = places.size64()
    const end = isLast ? packed : places.size64()
    if (end <= start || end - start > MOST_PACKED || end > packed)
      throw new DecodeError('corrupt', 'chm: a frame has no place that could be right')
    return bytes.view(at + start, end - start)
  } catch (error) {
    if (error instanceof BytesError) throw new DecodeError('truncated', 'chm: the file ends within its data')
    throw error
  }
}
