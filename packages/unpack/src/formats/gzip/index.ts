import { type Bytes, cString, gzipStream } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'
import { isApk } from '../apk/parse.ts'

const HEADER = 10
const NAME = 8
const EXTRA = 4
const RESERVED = 0xe0
/** Longest name that is believed, in bytes. */
const MAX_NAME = 1024
/** Host systems that RFC 1952 and zlib know; 255 is "unknown". */
const LAST_SYSTEM = 19

export const gzip: StreamFormat = {
  kind: 'stream',
  name: 'gzip',
  title: 'gzip',
  references: ['RFC 1952, section 2.3'],
  limits: [],
  magic: [{ bytes: '\x1f\x8b\x08', at: 0 }],
  carve: true,

  recognise(bytes, at) {
    if (at + HEADER + 2 > bytes.size) return false
    const header = bytes.view(at, HEADER)
    const system = header[9] as number
    if (((header[3] as number) & RESERVED) !== 0 || (system > LAST_SYSTEM && system !== 255)) return false
    // In packages each member has a meaning of its own.
    return !isApk(bytes, at)
  },

  contentName(bytes, at) {
    const flags = bytes.view(at, HEADER)[3] as number
    if ((flags & NAME) === 0) return undefined
    const start = at + HEADER + (flags & EXTRA ? extraSize(bytes, at + HEADER) : 0)
    const view = bytes.view(start, Math.min(MAX_NAME, bytes.size - start))
    return view.includes(0) ? cString(view) : undefined
  },

  decode: gzipStream,
}

/** u16 length, little endian, and so many bytes. */
function extraSize(bytes: Bytes, at: number): number {
  const [low = 0, high = 0] = bytes.view(at, 2)
  return 2 + low + high * 256
}
