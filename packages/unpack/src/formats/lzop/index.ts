import type { StreamFormat } from '../../contract.ts'
import { lzopStream } from './decode.ts'
import { MAGIC, parseLzopHeader } from './parse.ts'

export const lzop: StreamFormat = {
  kind: 'stream',
  name: 'lzop',
  title: 'lzop (LZO1X blocks)',
  references: ['lzop 1.04, doc/magic.txt and src/conf.h', 'Linux kernel, lib/decompress_unlzo.c'],
  limits: [
    'files of versions before 0.94 are not read',
    'each file of an archive of several is a region of its own',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise: (bytes, at) => parseLzopHeader(bytes, at) !== undefined,

  contentName: (bytes, at) => parseLzopHeader(bytes, at)?.name,

  decode: lzopStream,
}
