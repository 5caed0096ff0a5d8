import type { StreamFormat } from '../../contract.ts'
import { lzipStream } from './decode.ts'
import { HEADER, MAGIC, parseLzipHeader, TRAILER } from './parse.ts'

export const lzip: StreamFormat = {
  kind: 'stream',
  name: 'lzip',
  title: 'lzip',
  references: [
    'Lzip manual, "File format"',
    'Internet-Draft draft-diaz-lzip, "The application/lzip media type"',
  ],
  limits: ['version 0 is not read', 'dictionaries over 128 MiB are not decoded'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  // The range coder begins with a zero byte.
  recognise: (bytes, at) =>
    at + HEADER + TRAILER < bytes.size &&
    parseLzipHeader(bytes, at) !== undefined &&
    bytes.view(at + HEADER, 1)[0] === 0,

  decode: lzipStream,
}
