import type { Hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type Bytes, consistsOf, type Endian, forEachWindow, MAX_VIEW } from '@messlatte/bytes'
import type { Batch, ContainerFormat, EntryMeta, EntryType, Region, Sink } from '../contract.ts'

/** Where a content lies as it is in the source. */
export interface Stored {
  readonly at: number
  /** Bytes. */
  readonly length: number
}

/** A member of an archive that stores its contents as they are. */
export interface StoredMember {
  readonly meta: EntryMeta
  readonly content?: Stored
}

/** Work that is worth the way to another thread, in bytes and in members. */
const BATCH_COST = 2 * 1024 * 1024
const BATCH_ENTRIES = 1000

/** Groups members in their order, so that a batch is worth its way. */
export function* inBatches<Member>(
  members: Iterable<Member>,
  costOf: (member: Member) => number,
): Generator<Batch<readonly Member[]>> {
  let plan: Member[] = []
  let cost = 0
  for (const member of members) {
    plan.push(member)
    cost += costOf(member)
    if (cost >= BATCH_COST || plan.length >= BATCH_ENTRIES) {
      yield { cost, entries: plan.length, plan }
      plan = []
      cost = 0
    }
  }
  if (plan.length > 0) yield { cost, entries: plan.length, plan }
}

/** Of a content that the end of the bytes cuts off: other formats within it can still be read up to there. */
export function whatIsThere(bytes: Bytes, at: number): Stored {
  const from = Math.min(at, bytes.size)
  return { at: from, length: bytes.size - from }
}

export function showStored(member: StoredMember, sink: Sink): void {
  if (member.content) sink.slice(member.meta, member.content.at, member.content.length)
  else sink.entry(member.meta)
}

/** What a wrapper holds: it knows no owner and no rights. */
export function wrapped(path: string): EntryMeta {
  return { path, type: 'file' }
}

/** What a wrapper holds and calls a program: the body of a kernel, a boot loader, memory of a microcontroller. */
export function program(path: string): EntryMeta {
  return { ...wrapped(path), program: true }
}

export function asProgram(member: StoredMember): StoredMember {
  return { ...member, meta: { ...member.meta, program: true } }
}

/** The type in the upper bits of a Unix mode; 0 where none is told. */
export function typeOfMode(mode: number): EntryType | undefined {
  switch (mode & 0o170000) {
    case 0:
    case 0o100000:
      return 'file'
    case 0o040000:
      return 'directory'
    case 0o120000:
      return 'symlink'
    case 0o020000:
      return 'character'
    case 0o060000:
      return 'block'
    case 0o010000:
      return 'fifo'
    case 0o140000:
      return 'socket'
    default:
      return undefined
  }
}

/** Major and minor number out of the 32 bits in which Linux keeps both (include/linux/kdev_t.h, `new_decode_dev`). */
export function deviceOfNumber(number: number): NonNullable<EntryMeta['device']> {
  return { major: (number >>> 8) & 0xfff, minor: (number & 0xff) | ((number >>> 12) & 0xfff00) }
}

const WINDOW = 256 * 1024

/**
 * What a stretch, however long, sums up to. It is added in windows of 256 KiB, which are valid during the call only.
 * @param add gives the sum with a window behind it
 * @throws BytesError
 */
export function foldStretch<T>(
  bytes: Bytes,
  at: number,
  length: number,
  start: T,
  add: (sum: T, window: Buffer) => T,
): T {
  let sum = start
  forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
    sum = add(sum, window)
    return true
  })
  return sum
}

/** CRC-32 (IEEE 802.3) of a stretch, however long, behind what `before` sums up. @throws BytesError */
export function crc32Of(bytes: Bytes, at: number, length: number, before = 0): number {
  return foldStretch(bytes, at, length, before, (sum, window) => crc32(window, sum))
}

/** Fills `target`, however long it is. @throws BytesError */
export function copyStretch(bytes: Bytes, at: number, target: Uint8Array): void {
  for (let done = 0; done < target.length; done += MAX_VIEW) {
    bytes.copy(at + done, target.subarray(done, done + MAX_VIEW))
  }
}

/** Whether a stretch holds nothing but zeros; what lies behind the end of the bytes counts as zero. */
export function isZero(bytes: Bytes, start: number, end: number): boolean {
  let zero = true
  forEachWindow(bytes, start, Math.min(end, bytes.size), WINDOW, 0, (window) => {
    zero = consistsOf(window, 0)
    return zero
  })
  return zero
}

/** A text that a reader wrote about what it read: tables and settings that have no file form of their own. */
export function showText(path: string, text: string, sink: Sink): void {
  const content = Buffer.from(text)
  sink.file(wrapped(path), content.length, (out) => out.set(content))
}

/** JSON as people read it. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

/** The work of a wrapper whose contents all lie in the source as they are. */
export function storedAsIs(
  membersOf: (bytes: Bytes, region: Region, problem: Sink['problem']) => Iterable<StoredMember>,
): Pick<ContainerFormat<readonly StoredMember[]>, 'open' | 'read'> {
  return {
    open: (bytes, region, problem) =>
      inBatches(membersOf(bytes, region, problem), (member) => member.content?.length ?? 0),
    read(_bytes, _region, plan, sink) {
      for (const member of plan) showStored(member, sink)
    },
  }
}

/** As `storedAsIs`, with the members as named parts of the file's map: for what divides a disk or a flash. */
export function partsAsTheyAre(
  membersOf: (bytes: Bytes, region: Region, problem: Sink['problem']) => Iterable<StoredMember>,
): Pick<ContainerFormat<readonly StoredMember[]>, 'open' | 'read' | 'parts'> {
  return {
    ...storedAsIs(membersOf),
    *parts(bytes, region) {
      for (const { meta, content } of membersOf(bytes, region, () => {}))
        if (content) yield { name: meta.path, start: content.at, end: content.at + content.length }
    },
  }
}

/** A content that a header announces: where the bytes end within it, that is told, and what is there is shown. */
export function announced(
  bytes: Bytes,
  path: string,
  content: Stored,
  problem: Sink['problem'],
): StoredMember {
  const whole = content.at + content.length <= bytes.size
  if (!whole) problem('truncated', 'the image ends within this content', path)
  return { meta: wrapped(path), content: whole ? content : whatIsThere(bytes, content.at) }
}

/** Adds a stretch to a digest, however long it is. @throws BytesError */
export function hashStretch(hash: Hash, bytes: Bytes, at: number, length: number): Hash {
  forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash
}

/** The sum of all bytes of a stretch, modulo 2^32. @throws BytesError */
export function sumOf(bytes: Bytes, at: number, length: number): number {
  let sum = 0
  forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
    for (const byte of window) sum += byte
    return true
  })
  return sum % 2 ** 32
}

/**
 * The sum of the words of 32 bits of a stretch (the last one filled up with zeros), modulo 2^32.
 * @throws BytesError
 */
export function wordSum(bytes: Bytes, at: number, length: number, endian: Endian = 'little'): number {
  let sum = 0
  forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
    const whole = window.length & ~3
    for (let place = 0; place < whole; place += 4) {
      const word = endian === 'little' ? window.readUInt32LE(place) : window.readUInt32BE(place)
      sum = (sum + word) >>> 0
    }
    const left = window.length - whole
    if (left > 0 && endian === 'little') sum = (sum + window.readUIntLE(whole, left)) >>> 0
    else if (left > 0) sum = (sum + window.readUIntBE(whole, left) * 256 ** (4 - left)) >>> 0
    return true
  })
  return sum
}

/** Gives each member a path of its own: a name that was there before gets the place of the member behind it. */
export function distinctPaths(): (name: string, place: number) => string {
  const seen = new Set<string>()
  return (name, place) => {
    const path = seen.has(name) ? `${name}-${place}` : name
    seen.add(name)
    return path
  }
}
