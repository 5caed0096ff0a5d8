import { crc32 } from 'node:zlib'
import { type AceMethod, type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { EntryMeta } from '../../contract.ts'
import { dosSeconds } from '../dos-time.ts'
import type { PackedContent } from '../packed-member.ts'

export const MAGIC = '**ACE**'
export const MAGIC_AT = 7
const [MAIN, FILE, FILE_64] = [0, 1, 3] as const
/** What a header tells of itself: that bytes follow it, and that their number has 64 bits. */
const [HAS_MORE, IS_64] = [1, 4] as const
const [SOLID, CONTINUED, ENCRYPTED] = [0x8000, 0x3000, 0x4000] as const
const DIRECTORY = 0x10
const LEAST_WINDOW_BITS = 10
const METHODS: readonly AceMethod[] = ['stored', 'lz77', 'blocked']

/** Little endian. */
interface Header {
  readonly type: number
  readonly flags: number
  /** Behind its type and flags. */
  readonly rest: Reader
  /** Offset behind the header, and behind what follows it. */
  readonly dataAt: number
  readonly end: number
}

export interface AceMember {
  readonly meta: EntryMeta
  readonly content: PackedContent
  readonly method: AceMethod | undefined
  /** How far back matches reach, in bytes. */
  readonly window: number
  /** CRC-32 of the plain content. */
  readonly crc: number
  readonly isEncrypted: boolean
  /** Whether a part of it lies in another volume. */
  readonly isContinued: boolean
}

/** The header at `at`: the lower half of a CRC-32 vouches for it. */
function headerAt(bytes: Bytes, at: number): Header | undefined {
  if (at + 4 > bytes.size) return undefined
  const head = new Reader(bytes.view(at, 4), 'little')
  const [sum, size] = [head.u16(), head.u16()]
  const dataAt = at + 4 + size
  if (size < 3 || dataAt > bytes.size) return undefined
  const view = bytes.view(at + 4, size)
  if ((~crc32(view) & 0xffff) !== sum) return undefined
  const rest = new Reader(view, 'little')
  const [type, flags] = [rest.u8(), rest.u16()]
  const width = (flags & HAS_MORE) === 0 ? 0 : (flags & IS_64) === 0 ? 4 : 8
  if (rest.left < width) return undefined
  const sized = new Reader(view, 'little', rest.at)
  const more = width === 0 ? 0 : width === 4 ? sized.u32() : sized.size64()
  return Number.isFinite(more) ? { type, flags, rest, dataAt, end: dataAt + more } : undefined
}

/** The header of an archive. */
export function mainAt(
  bytes: Bytes,
  at: number,
): { readonly end: number; readonly isSolid: boolean } | undefined {
  const header = headerAt(bytes, at)
  if (header?.type !== MAIN || header.rest.left < 23 || latin1(header.rest.take(7)) !== MAGIC)
    return undefined
  return { end: header.end, isSolid: (header.flags & SOLID) !== 0 }
}

/** What follows the header of an archive; `member` is undefined for what is no file. */
export function partAt(
  bytes: Bytes,
  at: number,
): { readonly end: number; readonly member: AceMember | undefined } | undefined {
  const header = headerAt(bytes, at)
  if (!header || header.type === MAIN) return undefined
  if (header.type !== FILE && header.type !== FILE_64) return { end: header.end, member: undefined }
  const member = memberOf(header)
  return member && { end: header.end, member }
}

function memberOf({ flags, rest, dataAt }: Header): AceMember | undefined {
  const is64 = (flags & IS_64) !== 0
  if ((flags & HAS_MORE) === 0 || rest.left < (is64 ? 36 : 28)) return undefined
  const [packed, size] = is64 ? [rest.size64(), rest.size64()] : [rest.u32(), rest.u32()]
  const [time, attributes, sum, method] = [rest.u32(), rest.u32(), rest.u32(), rest.u8()]
  rest.skip(1)
  const parameters = rest.u16()
  rest.skip(2)
  const nameLength = rest.u16()
  if (nameLength === 0 || nameLength > rest.left || !Number.isFinite(size)) return undefined
  const mtime = dosSeconds(time)
  const isDirectory = (attributes & DIRECTORY) !== 0
  return {
    meta: {
      path: latin1(rest.take(nameLength)).replaceAll('\\', '/'),
      type: isDirectory ? 'directory' : 'file',
      ...(mtime !== undefined && { mtime }),
    },
    content: { at: dataAt, packed, size },
    method: METHODS[method],
    window: 2 ** (LEAST_WINDOW_BITS + (parameters & 15)),
    crc: ~sum >>> 0,
    isEncrypted: (flags & ENCRYPTED) !== 0,
    isContinued: (flags & CONTINUED) !== 0,
  }
}
