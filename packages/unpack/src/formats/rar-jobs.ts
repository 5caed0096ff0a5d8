import { type Bytes, type Extent, mappedBytes, type RarPiece } from '@messlatte/bytes'
import type { Batch, EntryMeta, Sink } from '../contract.ts'
import { crc32Of, inBatches } from './members.ts'
import { type SolidFile, showEmpty, showSolid, showStoredFiles } from './solid.ts'

/** A stretch of packed bytes. */
interface Stretch {
  readonly at: number
  readonly packed: number
}

/** A member of an archive of RAR, of either layout. */
export interface RarMember extends RarPiece {
  /** Where it goes on, in the volumes behind. */
  readonly more?: readonly Stretch[]
  /** Whether it began in the volume before, and whether it goes on in the next. */
  readonly continued: boolean
  readonly continues: boolean
  readonly meta: EntryMeta
  readonly crc: number | undefined
  readonly isStored: boolean
  /** Whether it goes on with the history of the packed member before it. */
  readonly isSolid: boolean
  /** How far back matches reach, in bytes. */
  readonly dictionary: number
  /** Why it is not read. */
  readonly unsupported: string | undefined
}

/** What is packed with one history, a stored content, or a member without content. */
export type RarJob =
  | { readonly kind: 'empty'; readonly meta: EntryMeta }
  | {
      readonly kind: 'stored'
      readonly at: number
      readonly file: SolidFile
      readonly stretches?: readonly Stretch[]
    }
  | RarGroup

interface RarGroup {
  readonly kind: 'packed'
  readonly pieces: (RarPiece & Pick<RarMember, 'more'>)[]
  readonly files: SolidFile[]
  dictionary: number
  size: number
}

/** @throws DecodeError */
export type RarUnpack = (
  source: Bytes,
  pieces: readonly RarPiece[],
  dictionary: number,
  write: (chunk: Uint8Array) => void,
) => void

/** Puts together what goes on over volumes that lie one behind the other. */
export function* acrossVolumes(members: Iterable<RarMember>): Generator<RarMember> {
  let open: (RarMember & { readonly more: Stretch[] }) | undefined
  for (const member of members) {
    if (open && member.continued && member.meta.path === open.meta.path) {
      open.more.push({ at: member.at, packed: member.packed })
      if (member.continues) continue
      yield { ...open, continues: false, crc: member.crc }
      open = undefined
      continue
    }
    if (open) yield without(open, 'it goes on in a volume that is not there')
    open = undefined
    if (member.continued) yield without(member, 'it began in a volume that is not there')
    else if (member.continues) open = { ...member, more: [] }
    else yield member
  }
  if (open) yield without(open, 'it goes on in a volume that is not there')
}

function without(member: RarMember, why: string): RarMember {
  return { ...member, unsupported: member.unsupported ?? why }
}

export function rarBatches(
  bytes: Bytes,
  members: Iterable<RarMember>,
  problem: Sink['problem'],
): Iterable<Batch<readonly RarJob[]>> {
  return inBatches(jobsOf(bytes, members, problem), (job) =>
    job.kind === 'empty' ? 0 : job.kind === 'stored' ? job.file.size : job.size,
  )
}

function* jobsOf(bytes: Bytes, members: Iterable<RarMember>, problem: Sink['problem']): Generator<RarJob> {
  let group: RarGroup | 'lost' | undefined
  for (const member of members) {
    const { meta, at, size, crc, more } = member
    const last = more?.at(-1) ?? member
    const packed = [member, ...(more ?? [])].reduce((sum, stretch) => sum + stretch.packed, 0)
    const unsupported =
      member.unsupported ??
      (member.isStored && packed !== size && size > 0 ? 'it is stored, and has two sizes' : undefined)
    const isPacked = !member.isStored && packed > 0
    const isLost = isPacked && member.isSolid && group === 'lost'
    if (unsupported !== undefined || isLost) {
      if (size > 0 || unsupported !== undefined)
        problem('unsupported', unsupported ?? 'it is packed with a member that is not read', meta.path)
      if (isPacked) {
        yield* shown(group)
        group = 'lost'
      }
      continue
    }
    if (last.at + last.packed > bytes.size)
      problem('truncated', 'the archive ends within this content', meta.path)
    if (size === 0) yield { kind: 'empty', meta }
    else if (member.isStored)
      yield {
        ...{ kind: 'stored', at, file: { meta, at: 0, size, crc } },
        ...(more && { stretches: [{ at, packed: member.packed }, ...more] }),
      }
    if (!isPacked) continue
    if (!group || group === 'lost' || !member.isSolid) {
      yield* shown(group)
      group = { kind: 'packed', pieces: [], files: [], dictionary: 0, size: 0 }
    }
    add(group, member, bytes.size)
  }
  yield* shown(group)
}

function* shown(group: RarGroup | 'lost' | undefined): Generator<RarJob> {
  if (group && group !== 'lost' && group.files.length > 0) yield group
}

/** What is empty may still change the state that the next one goes on with. */
function add(group: RarGroup, member: RarMember, end: number): void {
  const { meta, size, crc, dictionary, more } = member
  if (size > 0) group.files.push({ meta, at: group.size, size, crc })
  const within = ({ at, packed }: Stretch) => ({ at, packed: Math.max(0, Math.min(packed, end - at)) })
  group.pieces.push({ ...within(member), size, ...(more && { more: more.map(within) }) })
  group.dictionary = Math.max(group.dictionary, dictionary)
  group.size += size
}

export function readRar(bytes: Bytes, plan: readonly RarJob[], unpack: RarUnpack, sink: Sink): void {
  for (const job of plan) {
    switch (job.kind) {
      case 'empty':
        showEmpty(job.meta, sink)
        break
      case 'stored':
        if (job.stretches) showStretches(bytes, job.file, job.stretches, sink)
        else showStoredFiles(bytes, job.at, [job.file], sink)
        break
      case 'packed': {
        const { pieces, dictionary, files } = job
        const { source, placed } = inOnePiece(bytes, pieces)
        showSolid((write) => unpack(source, placed, dictionary, write), files, sink)
      }
    }
  }
}

/** A stored content that goes on over volumes. */
function showStretches(
  bytes: Bytes,
  { meta, size, crc }: SolidFile,
  stretches: readonly Stretch[],
  sink: Sink,
): void {
  const extents = extentsOf(stretches.filter(({ at, packed }) => at + packed <= bytes.size))
  if (crc !== undefined && crc32Of(mappedBytes(bytes, size, extents), 0, size) !== crc)
    sink.problem('checksum', 'the CRC differs', meta.path)
  sink.mapped(meta, size, extents)
}

/** Packed bytes that follow each other, where one of them goes on over volumes. */
function inOnePiece(
  bytes: Bytes,
  pieces: RarGroup['pieces'],
): { readonly source: Bytes; readonly placed: readonly RarPiece[] } {
  if (!pieces.some(({ more }) => more)) return { source: bytes, placed: pieces }
  const extents = extentsOf(pieces.flatMap((piece) => [piece, ...(piece.more ?? [])]))
  let at = 0
  const placed = pieces.map(({ packed, size, more }) => {
    const all = [{ packed }, ...(more ?? [])].reduce((sum, stretch) => sum + stretch.packed, 0)
    at += all
    return { at: at - all, packed: all, size }
  })
  return { source: mappedBytes(bytes, at, extents), placed }
}

function extentsOf(stretches: readonly Stretch[]): readonly Extent[] {
  let done = 0
  return stretches.map(({ at, packed }) => {
    done += packed
    return { at: done - packed, length: packed, from: at }
  })
}
