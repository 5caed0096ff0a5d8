import { type Bytes, cString, DecodeError, inflateStream, Reader } from '@messlatte/bytes'
import type { EntryType } from '../../contract.ts'
import { typeOfMode } from '../members.ts'

/** Behind the length of the header, and the upper half of that of the content: nothing is so large. */
export const MAGIC = '\0\0\0\0\0\0\0'
export const MAGIC_AT = 4
const PREFIX = 8
const FIELDS = 24
const MOST_HEADER = 64 * 1024

export interface OstreeFilez {
  readonly type: EntryType
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly target: string
  /** Bytes that come out. */
  readonly length: number
  readonly contentAt: number
  readonly end: number
}

/** The file at `at`, or undefined where its header or the start of its content does not hold; big endian. */
export function parseOstreeFilez(bytes: Bytes, at: number): OstreeFilez | undefined {
  if (at + PREFIX + FIELDS + 2 > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, PREFIX + FIELDS), 'big')
  const [header, zero] = [reader.u32(), reader.u32()]
  if (zero !== 0 || header < FIELDS + 2 || header > MOST_HEADER || at + PREFIX + header > bytes.size)
    return undefined
  const length = reader.size64()
  const [uid, gid, mode, device] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  const type = mode <= 0o177777 && mode >= 0o10000 ? typeOfMode(mode) : undefined
  if (device !== 0 || (type !== 'file' && type !== 'symlink')) return undefined
  const rest = bytes.view(at + PREFIX + FIELDS, header - FIELDS)
  const target = cString(rest)
  // Behind the target stand the attributes, and where they begin.
  if (!rest.includes(0) || (type === 'symlink') !== (target !== '')) return undefined
  const contentAt = at + PREFIX + header
  const end = type === 'symlink' ? contentAt : endOf(bytes, contentAt)
  return end === undefined
    ? undefined
    : { type, mode: mode & 0o7777, uid, gid, target, length, contentAt, end }
}

/** Behind the stream: it is read to its end, as nothing else tells where that is; what is damaged ends with the bytes. */
function endOf(bytes: Bytes, at: number): number | undefined {
  let written = 0
  try {
    return inflateStream(bytes, at, (chunk) => {
      written += chunk.length
      if (written > MOST_TRIED) throw new DecodeError('output-full', 'enough came out')
    })
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return written > 0 ? bytes.size : undefined
  }
}

/** So much has to come out of a content for it to be taken for one without reading it to its end, in bytes. */
const MOST_TRIED = 16 * 1024 * 1024
