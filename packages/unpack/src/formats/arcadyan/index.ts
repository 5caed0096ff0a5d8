import { lzmaAloneStream } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'
import { isLzma, LZMA_AT, MAGIC, MAGIC_AT, plainBytes } from './plain.ts'

export const arcadyan: StreamFormat = {
  kind: 'stream',
  name: 'arcadyan',
  title: 'Arcadyan LZMA (mixed up)',
  references: ['binwalk 3, src/extractors/arcadyan.rs'],
  limits: [
    'found with the LZMA header of the known images only: a dictionary of 8 MiB',
    'there is no checksum: an image that is damaged or cut off is not taken',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,
  onlyWhole: true,

  recognise: (bytes, at) => at + MAGIC_AT + 32 <= bytes.size && isLzma(plainBytes(bytes, at)),

  decode(bytes, at, write) {
    const result = lzmaAloneStream(plainBytes(bytes, at), LZMA_AT, write)
    return { ...result, end: at + result.end }
  },
}
