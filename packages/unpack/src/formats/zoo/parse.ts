import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import type { EntryMeta } from '../../contract.ts'
import { crc16 } from '../crc16.ts'
import { dosSeconds } from '../dos-time.ts'
import type { PackedContent } from '../packed-member.ts'

export const TAG = '\xdc\xa7\xc4\xfd'
export const TAG_AT = 20
/** Of the head of an archive, without and with a comment of its own; of that of a member, without and with variable parts. */
const [HEAD, HEAD_2] = [34, 42] as const
const [MEMBER, MEMBER_2] = [51, 56] as const
const SHORT_NAME = 13
/** The two upper ones of 24 bits of attributes, where the lower ones are permissions of Unix. */
const PORTABLE = 1
/** A zone is told in quarters of an hour west of UTC; this one is none. */
const [QUARTER, NO_ZONE] = [900, 127] as const

/** Offsets are from the start of the archive, as all of the format. */
export interface ZooHead {
  readonly first: number
  /** Behind what the head itself tells of: itself and its comment. */
  readonly end: number
}

/** @throws BytesError */
export function parseHead(bytes: Bytes, start: number): ZooHead | undefined {
  const reader = new Reader(bytes.view(start, HEAD), 'little', TAG_AT)
  if (latin1(reader.take(4)) !== TAG) return undefined
  const [first, negative, major] = [reader.u32(), reader.u32(), reader.u8()]
  if (first < HEAD || (first + negative) % 2 ** 32 !== 0 || major > 9) return undefined
  if (first < HEAD_2) return { first, end: HEAD }
  const more = new Reader(bytes.view(start, HEAD_2), 'little', HEAD)
  const [type, at, length] = [more.u8(), more.u32(), more.u16()]
  return { first, end: type === 1 && length > 0 ? Math.max(HEAD_2, at + length) : HEAD_2 }
}

export interface ZooMember {
  readonly meta: EntryMeta
  /** 0 stored, 1 LZW, 2 LZH; others were never given out. */
  readonly method: number
  readonly content: PackedContent
  /** CRC-16 of the plain content. */
  readonly crc: number
  readonly deleted: boolean
  readonly headHolds: boolean
  /** Where the next head stands, from the start of the archive; 0 in the one that ends the list. */
  readonly next: number
  /** Behind its head, its content and its comment, from the start of the archive. */
  readonly end: number
}

/** The member whose head lies `offset` behind `start`; undefined for what is none. @throws BytesError */
export function parseMember(bytes: Bytes, start: number, offset: number): ZooMember | undefined {
  const reader = new Reader(bytes.view(start + offset, MEMBER), 'little')
  if (latin1(reader.take(4)) !== TAG) return undefined
  const [type, method, next, at] = [reader.u8(), reader.u8(), reader.u32(), reader.u32()]
  const time = reader.u16() * 2 ** 16 + reader.u16()
  const [crc, size, packed] = [reader.u16(), reader.u32(), reader.u32()]
  reader.skip(2)
  const deleted = reader.u8() === 1
  reader.skip(1)
  const [commentAt, commentLength] = [reader.u32(), reader.u16()]
  const shortName = cString(reader.take(SHORT_NAME))
  if (type > 2) return undefined
  const more = type === 2 ? variablePart(bytes, start + offset) : undefined
  const local = dosSeconds(time)
  return {
    meta: {
      path: pathOf(more?.directory ?? '', more?.name || shortName),
      type: 'file',
      ...(more?.mode !== undefined && { mode: more.mode }),
      ...(local !== undefined && { mtime: local + (more?.zone ?? 0) }),
    },
    method,
    content: { at: start + at, packed, size },
    crc,
    deleted,
    headHolds: more?.holds ?? true,
    next,
    end: Math.max(
      offset + (more?.length ?? MEMBER),
      next === 0 ? 0 : at + packed,
      next !== 0 && commentLength > 0 ? commentAt + commentLength : 0,
    ),
  }
}

interface VariablePart {
  /** Bytes of all of the head. */
  readonly length: number
  readonly name: string
  readonly directory: string
  readonly mode: number | undefined
  /** Seconds that are to be added for UTC. */
  readonly zone: number
  readonly holds: boolean
}

function variablePart(bytes: Bytes, at: number): VariablePart {
  const fixed = new Reader(bytes.view(at, MEMBER_2), 'little', MEMBER)
  const length = MEMBER_2 + fixed.u16()
  const zone = fixed.u8()
  const told = fixed.u16()
  const view = bytes.view(at, length)
  const reader = new Reader(view, 'little', MEMBER_2)
  const [nameLength, directoryLength] =
    reader.left >= 2 ? [reader.u8(), reader.u8()] : ([0, 0] as [number, number])
  const name = cString(reader.take(Math.min(nameLength, reader.left)))
  const directory = cString(reader.take(Math.min(directoryLength, reader.left)))
  const attributes = reader.left >= 5 ? attributesOf(reader) : 0
  const copy = Uint8Array.from(view)
  copy.fill(0, MEMBER_2 - 2, MEMBER_2)
  return {
    length,
    name,
    directory,
    mode: attributes >>> 22 === PORTABLE ? attributes & 0o777 : undefined,
    zone: zone === NO_ZONE ? 0 : ((zone << 24) >> 24) * QUARTER,
    holds: crc16(copy) === told,
  }
}

/** Behind the number of the system. */
function attributesOf(reader: Reader): number {
  reader.skip(2)
  return reader.u16() + reader.u8() * 2 ** 16
}

function pathOf(directory: string, name: string): string {
  return `${directory}/${name}`
    .split('/')
    .filter((part) => part !== '')
    .join('/')
}
