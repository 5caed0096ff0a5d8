import { lzmaAloneStream, Reader } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'

/** Properties, dictionary size, size, and the first byte of the range coder. */
const HEADER = 14
const UNKNOWN_SIZE = 0xffff_ffff_ffff_ffffn
/** More does not fit into any device that we look at. */
const MAX_SIZE = 4n * 1024n * 1024n * 1024n

/** There is no magic: only usual properties together with a dictionary of at least 64 KiB are searched for. */
export const lzma: StreamFormat = {
  kind: 'stream',
  name: 'lzma',
  title: 'LZMA (.lzma)',
  references: ['LZMA specification of the LZMA SDK, "LZMA file format"', 'XZ Utils, lzma-file-format.txt'],
  limits: [
    'found with the properties 0x5d, 0x6c, 0x6d and 0x6e only',
    'dictionaries that are no power of two, nor one and a half, or are under 64 KiB are not found',
    'there is no checksum: damage may go unseen',
  ],
  magic: ['\x5d\0\0', '\x6c\0\0', '\x6d\0\0', '\x6e\0\0'].map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    if (at + HEADER > bytes.size) return false
    const reader = new Reader(bytes.view(at, HEADER), 'little', 1)
    const dictionary = reader.u32()
    const size = reader.u64()
    return (
      isUsual(dictionary) && (size === UNKNOWN_SIZE || (size > 0n && size <= MAX_SIZE)) && reader.u8() === 0
    )
  },

  decode: lzmaAloneStream,
}

/** 2^n or 2^n + 2^(n-1), from 64 KiB to 128 MiB. */
function isUsual(dictionary: number): boolean {
  if (dictionary < 0x1_0000 || dictionary > 0x800_0000) return false
  const top = 2 ** (31 - Math.clz32(dictionary))
  return dictionary === top || dictionary === top + top / 2
}
