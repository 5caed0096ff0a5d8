import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

const KEY = [
  0xba, 0xcd, 0xbc, 0xfe, 0xd6, 0xca, 0xdd, 0xd3, 0xba, 0xb9, 0xa3, 0xab, 0xbf, 0xcb, 0xb5, 0xbe,
] as const
const PLAIN_MAGIC = 'SWKH'
/** As it stands in the file: the header is combined with a key that everybody has. */
export const MAGIC = '\xe9\x9a\xf7\xb6'
const FIXED = 0x40
const ENTRY = 44
const NAME = 32
const SUMMED_FROM = 12
const MOST_FILES = 256

/** Public header and unpackers of digicap.dav: little endian. */
export interface HikvisionDav {
  /** False where the sum of the header's bytes differs from the one that it tells. */
  readonly sumFits: boolean
  readonly files: readonly DavFile[]
  readonly end: number
}

export interface DavFile extends Stored {
  readonly name: string
  /** Sum of its bytes. */
  readonly sum: number
}

/** The pack at `at`, or undefined: its files have to follow the header without a gap. */
export function parseHikvisionDav(bytes: Bytes, at: number): HikvisionDav | undefined {
  if (at + FIXED > bytes.size) return undefined
  const fixed = new Reader(deciphered(bytes.view(at, FIXED)), 'little')
  if (fixed.latin1(4) !== PLAIN_MAGIC) return undefined
  const [sum, headerBytes, count] = [fixed.u32(), fixed.u32(), fixed.u32()]
  if (count === 0 || count > MOST_FILES || headerBytes !== FIXED + count * ENTRY) return undefined
  if (at + headerBytes > bytes.size) return undefined
  const header = deciphered(bytes.view(at, headerBytes))
  const files = filesOf(header, at, count, true) ?? filesOf(header, at, count, false)
  const last = files?.at(-1)
  return files && last
    ? {
        sumFits: header.subarray(SUMMED_FROM).reduce((total, byte) => total + byte, 0) === sum,
        files,
        end: last.at + last.length,
      }
    : undefined
}

function deciphered(view: Uint8Array): Uint8Array {
  return view.map((byte, index) => byte ^ (KEY[(index + (index >> 4)) & 15] as number))
}

/** Descriptions differ in whether the length or the place comes first: what follows on is right. */
function filesOf(
  header: Uint8Array,
  start: number,
  count: number,
  lengthFirst: boolean,
): readonly DavFile[] | undefined {
  const files: DavFile[] = []
  let expected = start + header.length
  for (let index = 0; index < count; index++) {
    const reader = new Reader(header, 'little', FIXED + index * ENTRY)
    const name = cString(reader.take(NAME))
    const [first, second, sum] = [reader.u32(), reader.u32(), reader.u32()]
    const [length, offset] = lengthFirst ? [first, second] : [second, first]
    if (start + offset !== expected || length === 0) return undefined
    if (!/^[\x21-\x2e\x30-\x7e]+$/.test(name)) return undefined
    files.push({ name, at: expected, length, sum })
    expected += length
  }
  return files
}
