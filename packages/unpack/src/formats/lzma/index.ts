import { lzmaAloneStream, Reader } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'

/** Properties, dictionary size, size, and the first byte of the range coder. */
const HEADER = 14
const UNKNOWN_SIZE = 0xffff_ffff_ffff_ffffn
/** More does not fit into any device that we look at. */
const MAX_SIZE = 4n * 1024n * 1024n * 1024n

const PROPERTIES = ['\x5d', '\x6c', '\x6d', '\x6e']
const [LEAST_DICTIONARY, MOST_DICTIONARY] = [0x1_0000, 0x800_0000]
const DICTIONARIES = usualDictionaries().map(littleEndian)

/** Anywhere but at the start of a content, less is chance: what comes out of so little nearly always decodes. */
const LEAST_WITHIN = 64n

/** There is no magic: only usual properties together with a dictionary of at least 64 KiB are searched for. */
export const lzma: StreamFormat = {
  kind: 'stream',
  name: 'lzma',
  title: 'LZMA (.lzma)',
  references: ['LZMA specification of the LZMA SDK, "LZMA file format"', 'XZ Utils, lzma-file-format.txt'],
  limits: [
    'found with the properties 0x5d, 0x6c, 0x6d and 0x6e only',
    'dictionaries that are no power of two, nor one and a half, or are under 64 KiB are not found',
    'contents of less than 64 bytes are found at the start of a file or content only',
    'there is no checksum: damage may go unseen',
  ],
  magic: PROPERTIES.flatMap((properties) =>
    DICTIONARIES.map((size) => ({ bytes: properties + size, at: 0 })),
  ),
  carve: true,

  recognise(bytes, at) {
    if (at + HEADER > bytes.size) return false
    const reader = new Reader(bytes.view(at, HEADER), 'little', 1)
    if (!DICTIONARIES.includes(reader.latin1(4))) return false
    const size = reader.u64()
    const least = at > 0 ? LEAST_WITHIN : 1n
    return (size === UNKNOWN_SIZE || (size >= least && size <= MAX_SIZE)) && reader.u8() === 0
  },

  decode: lzmaAloneStream,
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
