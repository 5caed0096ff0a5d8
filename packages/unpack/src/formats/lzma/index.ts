import { type Bytes, consistsOf, DecodeError, lzmaAloneStream, Reader } from '@messlatte/bytes'
import type { Region, StreamFormat } from '../../contract.ts'

/** Properties, dictionary size, size, and the first byte of the range coder. */
const HEADER = 14
/** Bytes of the range coder behind that one, with which its first number is filled. */
const CODE = 4
const UNKNOWN_SIZE = 0xffff_ffff_ffff_ffffn
/** More does not fit into any device that we look at. */
const MAX_SIZE = 4n * 1024n * 1024n * 1024n

const PROPERTIES = ['\x5d', '\x6c', '\x6d', '\x6e']
const [LEAST_DICTIONARY, MOST_DICTIONARY] = [0x1_0000, 0x800_0000]
const DICTIONARIES = usualDictionaries().map(littleEndian)
/** With others, it may begin so many bytes behind the start of a stretch: behind the header of a maker. */
const BEGINNING = 1024
/** So many places, and bytes out for each one in: they are tried out before they count as found. */
const MOST_STARTS = 4
const MOST_RATIO = 32
const MOST_TRIED = 256 * 1024 * 1024
const ALWAYS_TRIED = 64 * 1024

/** Anywhere but at the start of a content, less is chance: what comes out of so little nearly always decodes. */
const LEAST_WITHIN = 64n

/**
 * There is no magic: only usual properties together with a dictionary of at least 64 KiB are searched for. Others are sought at the
 * beginning of stretches, and have to hold to their end.
 */
export const lzma: StreamFormat = {
  kind: 'stream',
  name: 'lzma',
  title: 'LZMA (.lzma)',
  references: ['LZMA specification of the LZMA SDK, "LZMA file format"', 'XZ Utils, lzma-file-format.txt'],
  limits: [
    'found anywhere with the properties 0x5d, 0x6c, 0x6d and 0x6e; with others in the first KiB of what no magic claims, and where it is whole',
    'dictionaries that are no power of two, nor one and a half, or are under 64 KiB are not found',
    'contents of less than 64 bytes are found at the start of a file or content only',
    'there is no checksum: damage may go unseen',
  ],
  magic: PROPERTIES.flatMap((properties) =>
    DICTIONARIES.map((size) => ({ bytes: properties + size, at: 0 })),
  ),
  candidates: unusualStarts,
  carve: true,

  recognise(bytes, at) {
    if (at + HEADER > bytes.size) return false
    const reader = new Reader(bytes.view(at, HEADER), 'little', 1)
    if (!DICTIONARIES.includes(reader.latin1(4))) return false
    const size = reader.u64()
    const least = at > 0 ? LEAST_WITHIN : 1n
    const holds = (size === UNKNOWN_SIZE || (size >= least && size <= MAX_SIZE)) && reader.u8() === 0
    // Zeros again are zeros to the end: of those an encoder makes a repetition, which has a bit that is set.
    if (at > 0 && at + HEADER + CODE <= bytes.size && consistsOf(bytes.view(at + HEADER, CODE), 0))
      return false
    return holds && (isUsual(bytes.view(at, 1)[0] as number) || isWhole(bytes, at))
  },

  decode: lzmaAloneStream,
}

/**
 * Tries it out, because with any properties nearly all bytes are LZMA for a while, and tables of small numbers are zeros to
 * their end: what comes out has to be more than one byte again and again.
 */
function isWhole(bytes: Bytes, at: number): boolean {
  let left = Math.min(MOST_TRIED, ALWAYS_TRIED + MOST_RATIO * (bytes.size - at))
  let first: number | undefined
  let isUniform = true
  const { problem } = lzmaAloneStream(bytes, at, (chunk) => {
    left -= chunk.length
    if (left < 0) throw new DecodeError('unsupported', 'LZMA: more than is tried')
    first ??= chunk[0]
    isUniform &&= first === undefined || consistsOf(chunk, first)
  })
  return problem === undefined && !isUniform
}

function isUsual(properties: number): boolean {
  return PROPERTIES.includes(String.fromCharCode(properties))
}

/** Numbers of contexts, as they are combined in one byte: at most four of literals together, as encoders have it. */
function isPossible(properties: number): boolean {
  const rest = Math.floor(properties / 9)
  return properties < 225 && (properties % 9) + (rest % 5) <= 4
}

/** Low bytes of dictionaries from 64 KiB on are zero: that is looked at first. */
function* unusualStarts(bytes: Bytes, { start, end }: Region): Generator<number> {
  const length = Math.min(end - start, BEGINNING + HEADER)
  if (length < HEADER) return
  const view = bytes.view(start, length)
  let found = 0
  for (let at = 0; at + HEADER <= length; at++) {
    if (view[at + 1] !== 0 || view[at + 2] !== 0 || view[at + HEADER - 1] !== 0) continue
    const properties = view[at] as number
    if (!isPossible(properties) || isUsual(properties)) continue
    const dictionary = littleEndian(
      (view[at + 3] as number) * 0x1_0000 + (view[at + 4] as number) * 0x100_0000,
    )
    if (!DICTIONARIES.includes(dictionary)) continue
    // Behind something else, an unknown size alone is no chance.
    if (at > 0 && !consistsOf(view.subarray(at + 5, at + 13), 0xff)) continue
    yield start + at
    if (++found === MOST_STARTS) return
  }
}

/** 2^n or 2^n + 2^(n-1), from 64 KiB to 128 MiB. */
function usualDictionaries(): readonly number[] {
  const sizes: number[] = []
  for (let size = LEAST_DICTIONARY; size <= MOST_DICTIONARY; size *= 2) sizes.push(size, size + size / 2)
  return sizes.filter((size) => size <= MOST_DICTIONARY)
}

function littleEndian(size: number): string {
  return String.fromCharCode(size & 0xff, (size >>> 8) & 0xff, (size >>> 16) & 0xff, size >>> 24)
}
