import { crc32 } from 'node:zlib'
import type { Bytes } from './bytes.ts'
import { inflateStream } from './inflate.ts'
import { DecodeError, type StreamEnd } from './stream-end.ts'

/** Longest header that is believed, in bytes: name, comment and extra field are bounded by it. */
const MOST_HEADER = 256 * 1024
const TRAILER = 8
/** The shortest member, in bytes. */
const LEAST = 18
const DIFFERS = { code: 'checksum', message: 'gzip: CRC or size differ' } as const

/**
 * A gzip file (RFC 1952): members one behind the other. What comes before damage is delivered; what follows the last
 * member is not part of it. `write` may throw to stop.
 */
export function gzipStream(source: Bytes, at: number, write: (chunk: Uint8Array) => void): StreamEnd {
  return decodeMembers(source, at, write, true)
}

/** One member of a gzip file: where formats give each member a meaning of its own. */
export function gzipMemberStream(source: Bytes, at: number, write: (chunk: Uint8Array) => void): StreamEnd {
  return decodeMembers(source, at, write, false)
}

function decodeMembers(
  source: Bytes,
  at: number,
  write: (chunk: Uint8Array) => void,
  all: boolean,
): StreamEnd {
  let end = at
  try {
    if (!isMember(source, at))
      throw new DecodeError(source.size - at < LEAST ? 'truncated' : 'corrupt', 'gzip: no header')
    do {
      const member = decodeMember(source, end, write)
      end = member.end
      if (!member.matches) return { end, checksum: 'differs', problem: DIFFERS }
    } while (all && isMember(source, end))
    return { end, checksum: 'matches' }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message } = error
    return { end: source.size, checksum: 'none', problem: { code, message } }
  }
}

function isMember(source: Bytes, at: number): boolean {
  if (source.size - at < LEAST) return false
  const [first, second, method, flags] = source.view(at, 4)
  return first === 0x1f && second === 0x8b && method === 8 && ((flags as number) & 0xe0) === 0
}

/** @returns offset behind the member, and whether its CRC and its size are those of its content @throws DecodeError */
function decodeMember(
  source: Bytes,
  at: number,
  write: (chunk: Uint8Array) => void,
): { readonly end: number; readonly matches: boolean } {
  let sum = 0
  let size = 0
  const end = inflateStream(source, at + headerSize(source, at), (chunk) => {
    sum = crc32(chunk, sum)
    size = (size + chunk.length) % 2 ** 32
    write(chunk)
  })
  if (end + TRAILER > source.size) throw new DecodeError('truncated', 'gzip: the trailer is cut off')
  const trailer = source.view(end, TRAILER)
  const data = new DataView(trailer.buffer, trailer.byteOffset, TRAILER)
  const matches = data.getUint32(0, true) === sum && data.getUint32(4, true) === size
  return { end: end + TRAILER, matches }
}

/** @throws DecodeError */
export function headerSize(source: Bytes, at: number): number {
  const head = source.view(at, Math.min(MOST_HEADER, source.size - at))
  const cut = () => new DecodeError('truncated', 'gzip: the header is cut off')
  if (head.length < 10) throw cut()
  const flags = head[3] as number
  let size = 10
  if (flags & 4) {
    if (size + 2 > head.length) throw cut()
    size += 2 + (head[size] as number) + ((head[size + 1] as number) << 8)
  }
  for (const bit of [8, 16]) {
    if ((flags & bit) === 0) continue
    const end = head.indexOf(0, size)
    if (end < 0) throw cut()
    size = end + 1
  }
  if (flags & 2) size += 2
  if (size > head.length) throw cut()
  return size
}
