import { crc32 } from 'node:zlib'
import { type Bytes, cString, type LzhVariant, Reader } from '@messlatte/bytes'
import type { EntryMeta } from '../../contract.ts'
import { dosSeconds } from '../dos-time.ts'
import type { LzhContent } from '../lzh-member.ts'

const MAGIC = 0xea60
/** The tool's own bounds of a header, in bytes. */
const [LEAST_HEADER, MOST_HEADER] = [30, 2600]
const MOST_EXTENDED = 1000
const KIND = { archive: 2, directory: 3, label: 4 } as const
const FLAG = { garbled: 0x01, continued: 0x04, slashes: 0x10 } as const
const UNIX = 2

export interface ArjHeader {
  readonly kind: number
  readonly meta: EntryMeta
  readonly encrypted: boolean
  readonly content: LzhContent
  /** CRC-32 of the plain content. */
  readonly crc: number
  /** Behind the header, and behind the content. */
  readonly dataAt: number
  readonly end: number
}

/** The header at `at`; `end` for the one that ends an archive; undefined where its checksum does not hold. */
export function parseHeader(bytes: Bytes, at: number): ArjHeader | 'end' | undefined {
  if (at + 4 > bytes.size) return undefined
  const introduction = new Reader(bytes.view(at, 4), 'little')
  const [magic, length] = [introduction.u16(), introduction.u16()]
  if (magic !== MAGIC) return undefined
  if (length === 0) return 'end'
  if (length < LEAST_HEADER || length > MOST_HEADER || at + 4 + length + 6 > bytes.size) return undefined
  const view = bytes.view(at + 4, length)
  if (crc32(view) !== new Reader(bytes.view(at + 4 + length, 4), 'little').u32()) return undefined
  const dataAt = behindExtended(bytes, at + 4 + length + 4)
  return dataAt === undefined ? undefined : readFields(view, dataAt)
}

function behindExtended(bytes: Bytes, start: number): number | undefined {
  let at = start
  for (let count = 0; count < MOST_EXTENDED && at + 2 <= bytes.size; count++) {
    const length = new Reader(bytes.view(at, 2), 'little').u16()
    if (length === 0) return at + 2
    at += 2 + length + 4
  }
  return undefined
}

function readFields(view: Uint8Array, dataAt: number): ArjHeader | undefined {
  const reader = new Reader(view, 'little')
  const fixed = reader.u8()
  reader.skip(2)
  const [host, flags, method, kind] = [reader.u8(), reader.u8(), reader.u8(), reader.u8()]
  reader.skip(1)
  const [time, packed, size, crc] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  reader.skip(2)
  const mode = reader.u16()
  if (fixed < LEAST_HEADER || fixed >= view.length) return undefined
  const name = cString(view.subarray(fixed))
  const path = name.replaceAll('\\', '/')
  const content = kind === KIND.archive ? 0 : packed
  const mtime = host === UNIX ? time : dosSeconds(time)
  return {
    kind,
    meta: {
      path,
      type: kind === KIND.directory ? 'directory' : 'file',
      ...(host === UNIX && mode !== 0 && { mode: mode & 0o7777 }),
      ...(mtime !== undefined && { mtime }),
    },
    encrypted: (flags & FLAG.garbled) !== 0,
    content: {
      at: dataAt,
      packed: content,
      size,
      method: (flags & FLAG.continued) !== 0 ? 'unsupported' : methodOf(method),
    },
    crc,
    dataAt,
    end: dataAt + content,
  }
}

function methodOf(method: number): LzhVariant | 'arj-fast' | 'stored' | 'unsupported' {
  if (method === 0) return 'stored'
  return method === 4 ? 'arj-fast' : method < 4 ? 'arj' : 'unsupported'
}

export function isArchiveHeader(header: ArjHeader | 'end' | undefined): header is ArjHeader {
  return header !== undefined && header !== 'end' && header.kind === KIND.archive
}

export function isLabel({ kind }: ArjHeader): boolean {
  return kind === KIND.label
}
