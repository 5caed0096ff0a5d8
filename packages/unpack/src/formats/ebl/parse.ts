import { type Bytes, Reader } from '@messlatte/bytes'
import { readTags, type TagFile, type TagKind } from '../silabs-tags.ts'

/** The header's tag and its length of 140 bytes. */
export const MAGIC = '\0\0\0\x8c'
const HEADER_BYTES = 4 + 0x8c
const SIGNATURE = 0xe350
const SIGNATURE_AT = 6

/** Silicon Labs, UG103.6, "EBL file format". */
export const KIND: TagKind = {
  endian: 'big',
  width: 2,
  end: 0xfc04,
  programs: new Set([0xfe01, 0xfd03, 0x02fd]),
  names: {
    65025: 'program',
    64771: 'erase-and-program',
    765: 'manufacturing-program',
    62984: 'metadata',
    64516: 'end',
    64261: 'encryption-header',
    64006: 'encryption-start',
    63751: 'encrypted',
    63241: 'encryption-code',
  },
}

/** The file at `at`, or undefined: something has to follow its header. */
export function parseEbl(bytes: Bytes, at: number): TagFile | undefined {
  if (at + HEADER_BYTES > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, 8), 'big')
  if (reader.latin1(4) !== MAGIC) return undefined
  reader.at = SIGNATURE_AT
  if (reader.u16() !== SIGNATURE) return undefined
  const file = readTags(bytes, at + HEADER_BYTES, KIND, (id) => KIND.names[id] !== undefined)
  return file.tags.length > 0 ? file : undefined
}
