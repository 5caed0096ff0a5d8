import { type Bytes, cString, Reader } from '@messlatte/bytes'
import { dosSeconds } from '../dos-time.ts'

const MARK = 0x1a
const NAME = 13
/** Of the oldest method the plain size is not told. */
const [SHORT_HEADER, HEADER] = [25, 29]
/** The methods of ARC and PKARC; PAK has some more. */
const LAST_METHOD = 11

export interface ArcMember {
  readonly path: string
  readonly method: number
  readonly mtime: number | undefined
  /** CRC-16 of the plain content. */
  readonly crc: number
  /** Of the packed content. */
  readonly at: number
  /** Bytes, packed and plain. */
  readonly packed: number
  readonly size: number
}

/** The header at `at`; `end` for the mark that ends an archive; undefined for what is neither. */
export function memberAt(bytes: Bytes, at: number): ArcMember | 'end' | undefined {
  if (at + 2 > bytes.size) return undefined
  const [mark, method = 0] = bytes.view(at, 2)
  if (mark !== MARK || method > LAST_METHOD) return undefined
  if (method === 0) return 'end'
  const size = method === 1 ? SHORT_HEADER : HEADER
  if (at + size > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, size), 'little', 2)
  const name = reader.take(NAME)
  const path = cString(name)
  if (name.indexOf(0) < 1 || !/^[\x21-\x7e\x80-\xff][\x20-\x7e\x80-\xff]*$/.test(path)) return undefined
  const [packed, date, time, crc] = [reader.u32(), reader.u16(), reader.u16(), reader.u16()]
  const plain = method === 1 ? packed : reader.u32()
  // What is stored is as long as its content.
  if (method <= 2 && plain !== packed) return undefined
  return {
    path,
    method,
    mtime: dosSeconds(date * 2 ** 16 + time),
    crc,
    at: at + size,
    packed,
    size: plain,
  }
}
