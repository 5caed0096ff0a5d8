import type { StreamFormat } from '../../contract.ts'
import { zlibStream } from './decode.ts'
import { begins, seekZlib } from './seek.ts'

export const zlib: StreamFormat = {
  kind: 'stream',
  name: 'zlib',
  title: 'zlib stream',
  references: ['RFC 1950, section 2.2', 'RFC 1951'],
  limits: [
    'streams with a preset dictionary are not found, nor those with a window under 32 KiB that begin with the fixed codes of DEFLATE',
    'taken only where its Adler-32 holds and at least 64 bytes come out: a stream that is damaged or cut off is not found',
    'the streams within PNG, PDF and WOFF files are left alone',
  ],
  magic: [],
  candidates: seekZlib,
  carve: false,

  recognise: begins,

  decode: zlibStream,
}
