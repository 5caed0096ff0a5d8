import { type Bytes, latin1 } from '@messlatte/bytes'
import type { ContainerFormat, EntryMeta, Region, Sink } from '../../contract.ts'
import { inBatches, type StoredMember, showStored, typeOfMode, whatIsThere } from '../members.ts'
import { isSwu } from '../swupdate/parse.ts'
import { seekBinary } from './binary.ts'
import { type CpioEnd, type CpioHeader, parseCpioHeader, sumOf, walkCpio } from './parse.ts'

export type CpioMember = StoredMember & { readonly sum?: number | undefined }

/** Linux takes no longer target. */
const MAX_TARGET = 4096

export const cpio: ContainerFormat<readonly CpioMember[]> = {
  kind: 'container',
  name: 'cpio',
  title: 'cpio archive (newc, newc with checksums, odc, binary)',
  references: [
    'cpio(5) of libarchive',
    'Linux kernel, Documentation/driver-api/early-userspace/buffer-format.rst',
  ],
  limits: [
    'archives of the old binary kind are found at the start of a content or a stretch only',
    'archives behind the first one are regions of their own',
  ],
  magic: [
    { bytes: '070701', at: 0 },
    { bytes: '070702', at: 0 },
    { bytes: '070707', at: 0 },
  ],
  carve: true,
  candidates: seekBinary,

  recognise(bytes, at) {
    const first = parseCpioHeader(bytes, at)
    if (!first || isSwu(bytes, at)) return undefined
    const { end, why } = endOf(bytes, at)
    // Two bytes are a weak magic: such an archive has to hold to its end.
    return first.variant === 'bin' && why === 'structure' ? undefined : { start: at, end }
  },

  open: (bytes, region, problem) =>
    inBatches(cpioMembers(bytes, region, problem), (member) => member.content?.length ?? 0),

  read(bytes, _region, plan, sink) {
    for (const member of plan) readCpioMember(bytes, member, sink)
  },
}

export function cpioRegion(bytes: Bytes, at: number): Region {
  return { start: at, end: endOf(bytes, at).end }
}

function endOf(bytes: Bytes, at: number): CpioEnd {
  const walk = walkCpio(bytes, at)
  for (let step = walk.next(); ; step = walk.next()) if (step.done) return step.value
}

export function readCpioMember(bytes: Bytes, member: CpioMember, sink: Sink): void {
  const { content, sum, meta } = member
  if (content && sum !== undefined && sumOf(bytes, content.at, content.length) !== sum) {
    sink.problem('checksum', 'the sum of the bytes differs', meta.path)
  }
  showStored(member, sink)
}

export function* cpioMembers(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<CpioMember> {
  const links = new Links()
  const walk = walkCpio(bytes, region.start)
  for (let step = walk.next(); ; step = walk.next()) {
    if (step.done) {
      const { why, end } = step.value
      if (why === 'trailer') return yield* links.rest()
      if (why === 'truncated') problem('truncated', 'the archive ends without its trailer')
      else problem('structure', `no header at ${end}`)
      for (const { meta } of links.rest())
        problem(why, 'its content would have come with another name', meta.path)
      return
    }
    yield* membersOfHeader(bytes, step.value, links, problem)
  }
}

function* membersOfHeader(
  bytes: Bytes,
  header: CpioHeader,
  links: Links,
  problem: Sink['problem'],
): Generator<CpioMember> {
  const { contentAt: at, size: length, name, sum } = header
  const type = typeOfMode(header.mode)
  const meta: EntryMeta = {
    path: name,
    type: type ?? 'file',
    mode: header.mode & 0o7777,
    uid: header.uid,
    gid: header.gid,
    mtime: header.mtime,
  }
  if (!type) {
    problem('structure', `mode ${header.mode.toString(8)} is of no known type`, name)
  } else if (at + length > bytes.size) {
    problem('truncated', 'the archive ends within this content', name)
    if (type === 'file') yield { meta, content: whatIsThere(bytes, at) }
  } else if (type === 'symlink') {
    if (length > MAX_TARGET) problem('structure', `a target of ${length} bytes`, name)
    else yield { meta: { ...meta, target: latin1(bytes.view(at, length)) } }
  } else if (type === 'character' || type === 'block') {
    yield { meta: { ...meta, device: header.device } }
  } else if (type !== 'file') {
    yield { meta }
  } else if (header.links > 1) {
    yield* links.add(header, { meta, content: { at, length }, sum })
  } else {
    yield { meta, content: { at, length }, sum }
  }
}

/** Names of one file: one of them, mostly the last, carries the content, the others are stored empty. */
class Links {
  readonly #owners = new Map<string, string>()
  readonly #waiting = new Map<string, CpioMember[]>()

  /** Files that stayed empty. */
  rest(): readonly CpioMember[] {
    return [...this.#waiting.values()].flat()
  }

  *add(header: CpioHeader, member: CpioMember): Generator<CpioMember> {
    const { inode } = header
    const owner = this.#owners.get(inode)
    if (header.size > 0) {
      if (owner === undefined) this.#owners.set(inode, member.meta.path)
      yield member
      for (const empty of this.#waiting.get(inode) ?? []) yield linkTo(empty.meta, member.meta.path)
      this.#waiting.delete(inode)
    } else if (owner !== undefined) {
      yield linkTo(member.meta, owner)
    } else {
      const waiting = this.#waiting.get(inode)
      if (waiting) waiting.push(member)
      else this.#waiting.set(inode, [member])
    }
  }
}

function linkTo(meta: EntryMeta, target: string): CpioMember {
  return { meta: { ...meta, type: 'hardlink', target } }
}
