import type { StreamFormat } from '../../contract.ts'
import { lrzipStream, MAGIC, parseHeader } from './decode.ts'

export const lrzip: StreamFormat = {
  kind: 'stream',
  name: 'lrzip',
  title: 'lrzip 0.6 (LZMA, LZO, bzip2, zlib, none)',
  references: ['lrzip 0.651, doc/magic.header.txt', 'lrzip 0.651, stream.c and runzip.c'],
  limits: [
    'blocks that ZPAQ packed (lrzip -z), and encrypted files, are told and not undone',
    'files of versions before 0.6 and of lrzip-next are not recognised',
    'chunks of over 512 MiB are not read to their end, nor blocks of over 128 MiB',
  ],
  magic: [{ bytes: `${MAGIC}\0\x06`, at: 0 }],
  carve: true,
  recognise: (bytes, at) => parseHeader(bytes, at) !== undefined,
  decode: lrzipStream,
}
