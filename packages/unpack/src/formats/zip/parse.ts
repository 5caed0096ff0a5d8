import { type Bytes, latin1 } from '@messlatte/bytes'
import { descriptorsOf, endsOf } from './landmarks.ts'
import {
  behindLocal,
  type CentralHeader,
  type EndRecord,
  isUsual,
  localPlace,
  MARK_SIZE,
  MARKS,
  parseCentral,
  parseEnd,
  parseLocal,
  type ZipHeader,
} from './records.ts'

/** A member, as the central directory tells it or, without one, its local header. */
export interface ZipMember {
  readonly header: ZipHeader | CentralHeader
  readonly localAt: number
  readonly dataAt: number
}

export interface ZipArchive {
  readonly start: number
  /** Of the first local header. */
  readonly firstAt: number
  readonly end: number
  /** Where the central directory lies; undefined when there is none that could be used. */
  readonly record: EndRecord | undefined
}

const SIZES_FOLLOW = 1 << 3

/** The archive whose first local header, or the mark in front of it, stands at `at`; or undefined. */
export function findArchive(bytes: Bytes, at: number): ZipArchive | undefined {
  const isMarked = at + MARK_SIZE <= bytes.size && MARKS.includes(latin1(bytes.view(at, MARK_SIZE)))
  const firstAt = isMarked ? at + MARK_SIZE : at
  if (!parseLocal(bytes, firstAt)) return undefined
  const record = endsOf(bytes, firstAt).get(firstAt)
  if (record) return { start: at, firstAt, end: record.end, record }
  if (!isUsual(bytes, firstAt)) return undefined
  const walk = walkLocals(bytes, firstAt)
  for (let step = walk.next(); ; step = walk.next()) {
    if (step.done) return { start: at, firstAt, end: step.value.end, record: undefined }
  }
}

/**
 * Members by their local headers, one behind the other, for archives without a usable directory. Goes on over the
 * directory's remains, to find the end of the archive.
 */
export function* walkLocals(
  bytes: Bytes,
  start: number,
): Generator<ZipMember, { end: number; cut: boolean }> {
  const descriptors = descriptorsOf(bytes, start)
  let at = start
  for (let local = parseLocal(bytes, at); local; local = parseLocal(bytes, at)) {
    const dataAt = local.end
    if (local.flags & SIZES_FOLLOW && local.compressed === 0) {
      const descriptor = descriptors.get(dataAt)
      if (!descriptor) return { end: dataAt, cut: true }
      yield { header: { ...local, ...descriptor, end: dataAt }, localAt: at, dataAt }
      at = descriptor.end
    } else {
      yield { header: local, localAt: at, dataAt }
      at = dataAt + local.compressed
      if (!(at <= bytes.size)) return { end: bytes.size, cut: true }
      // Behind sizes that were known from the start a descriptor may stand all the same.
      const descriptor = descriptors.get(dataAt)
      if (descriptor && descriptor.compressed === local.compressed) at = descriptor.end
    }
  }
  const atMembersEnd = at
  for (
    let central = parseCentral(bytes, at);
    central && central.end <= bytes.size;
    central = parseCentral(bytes, at)
  )
    at = central.end
  return { end: parseEnd(bytes, at)?.end ?? at, cut: at === atMembersEnd }
}

export interface Directory {
  readonly members: readonly ZipMember[]
  /** Names of members whose local header does not stand where the directory says. */
  readonly lost: readonly string[]
  /** False when the directory is damaged before its end. */
  readonly whole: boolean
}

const MAX_MEMBERS = 2_000_000

/** Members by the central directory. */
export function readDirectory(bytes: Bytes, record: EndRecord): Directory {
  const members: ZipMember[] = []
  const lost: string[] = []
  let at = record.centralAt
  while (at < record.centralEnd && members.length < MAX_MEMBERS) {
    const header = parseCentral(bytes, at)
    if (!header || header.end > record.centralEnd) return { members, lost, whole: false }
    const localAt = localPlace(record, header)
    const dataAt = behindLocal(bytes, localAt)
    if (dataAt === undefined) lost.push(header.name)
    else members.push({ header, localAt, dataAt })
    at = header.end
  }
  return { members, lost, whole: at === record.centralEnd }
}

/** Tells members apart whose bytes other members use too: archives with these unpack to much more than they are. */
export function withoutOverlaps(members: readonly ZipMember[]): {
  readonly apart: readonly ZipMember[]
  readonly overlapping: readonly ZipMember[]
} {
  const order = [...members].sort((a, b) => a.localAt - b.localAt)
  const apart: ZipMember[] = []
  const overlapping: ZipMember[] = []
  let end = 0
  for (const member of order) {
    if (member.localAt < end) overlapping.push(member)
    else apart.push(member)
    end = Math.max(end, member.dataAt + member.header.compressed)
  }
  return { apart, overlapping }
}
