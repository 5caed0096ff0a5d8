import type { Bytes, RarPiece } from '@messlatte/bytes'
import type { Batch, EntryMeta, Sink } from '../contract.ts'
import { inBatches } from './members.ts'
import { type SolidFile, showEmpty, showSolid, showStoredFiles } from './solid.ts'

/** A member of an archive of RAR, of either layout. */
export interface RarMember extends RarPiece {
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
  | { readonly kind: 'stored'; readonly at: number; readonly file: SolidFile }
  | RarGroup

interface RarGroup {
  readonly kind: 'packed'
  readonly pieces: RarPiece[]
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
    const { meta, at, size, crc } = member
    const isPacked = !member.isStored && member.packed > 0
    const isLost = isPacked && member.isSolid && group === 'lost'
    if (member.unsupported !== undefined || isLost) {
      if (size > 0 || member.unsupported !== undefined)
        problem('unsupported', member.unsupported ?? 'it is packed with a member that is not read', meta.path)
      if (isPacked) {
        yield* shown(group)
        group = 'lost'
      }
      continue
    }
    if (at + member.packed > bytes.size)
      problem('truncated', 'the archive ends within this content', meta.path)
    if (size === 0) yield { kind: 'empty', meta }
    else if (member.isStored) yield { kind: 'stored', at, file: { meta, at: 0, size, crc } }
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
function add(group: RarGroup, { meta, at, packed, size, crc, dictionary }: RarMember, end: number): void {
  if (size > 0) group.files.push({ meta, at: group.size, size, crc })
  group.pieces.push({ at, packed: Math.max(0, Math.min(packed, end - at)), size })
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
        showStoredFiles(bytes, job.at, [job.file], sink)
        break
      case 'packed': {
        const { pieces, dictionary, files } = job
        showSolid((write) => unpack(bytes, pieces, dictionary, write), files, sink)
      }
    }
  }
}
