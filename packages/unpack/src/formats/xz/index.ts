import { crc32 } from 'node:zlib'
import { Reader, xzStream } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'

const HEADER = 12

export const xz: StreamFormat = {
  kind: 'stream',
  name: 'xz',
  title: 'xz',
  references: ['The .xz File Format 1.2.1, section 2.1.1'],
  limits: ['dictionaries over 128 MiB are not decoded'],
  magic: [{ bytes: '\xfd7zXZ\0', at: 0 }],
  carve: true,

  recognise(bytes, at) {
    if (at + HEADER > bytes.size) return false
    const reader = new Reader(bytes.view(at, HEADER), 'little', 6)
    const flags = reader.take(2)
    return flags[0] === 0 && (flags[1] as number) < 16 && reader.u32() === crc32(flags)
  },

  decode: xzStream,
}
