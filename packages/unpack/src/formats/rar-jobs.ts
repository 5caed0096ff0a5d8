import {
  type Bytes,
  type Extent,
  forEachWindow,
  joinedBytes,
  mappedBytes,
  type RarPiece,
  sliceBytes,
} from '@messlatte/bytes'
import type { Batch, EntryMeta, Sink } from '../contract.ts'
import { type CbcCipher, cbcBytes } from './cbc.ts'
import { crc32Of, inBatches } from './members.ts'
import { type SolidFile, showEmpty, showSolid, showStoredFiles } from './solid.ts'

/** Of AES, in bytes. */
const BLOCK = 16
/** Bytes that are decrypted at once. */
const WINDOW = 128 * 1024

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
  /** Where it is encrypted, and the key is known. */
  readonly cipher: CbcCipher | undefined
  /** In hex, where the CRC is kept under a key. */
  readonly sumKey?: string | undefined
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
  | {
      readonly kind: 'encrypted'
      readonly file: SolidFile
      readonly stretches: readonly Stretch[]
      readonly cipher: CbcCipher
    }
  | RarGroup

interface RarGroup {
  readonly kind: 'packed'
  readonly pieces: (RarPiece & Partial<Pick<RarMember, 'more' | 'cipher'>>)[]
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
      yield { ...open, continues: false, crc: member.crc, sumKey: member.sumKey }
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
    job.kind === 'empty' ? 0 : job.kind === 'packed' ? job.size : job.file.size,
  )
}

function* jobsOf(bytes: Bytes, members: Iterable<RarMember>, problem: Sink['problem']): Generator<RarJob> {
  let group: RarGroup | 'lost' | undefined
  for (const member of members) {
    const { meta, at, size, more } = member
    const last = more?.at(-1) ?? member
    const packed = [member, ...(more ?? [])].reduce((sum, stretch) => sum + stretch.packed, 0)
    const unsupported =
      member.unsupported ??
      (member.isStored && size > 0 && packed !== storedSize(member)
        ? 'it is stored, and has two sizes'
        : undefined)
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
    else if (member.isStored) {
      const { cipher } = member
      const file = { meta, at: 0, size, ...sumOf(member) }
      const stretches = [{ at, packed: member.packed }, ...(more ?? [])]
      if (cipher) yield { kind: 'encrypted', file, stretches, cipher }
      else yield { kind: 'stored', at, file, ...(more && { stretches }) }
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

/** The CRC, with the key that it is kept under. */
function sumOf({ crc, sumKey }: RarMember): Pick<SolidFile, 'crc' | 'sumKey'> {
  return { crc, ...(sumKey !== undefined && { sumKey }) }
}

/** What is encrypted is filled up to whole blocks. */
function storedSize({ size, cipher }: RarMember): number {
  return cipher ? Math.ceil(size / BLOCK) * BLOCK : size
}

function* shown(group: RarGroup | 'lost' | undefined): Generator<RarJob> {
  if (group && group !== 'lost' && group.files.length > 0) yield group
}

/** What is empty may still change the state that the next one goes on with. */
function add(group: RarGroup, member: RarMember, end: number): void {
  const { meta, size, cipher, dictionary, more } = member
  if (size > 0) group.files.push({ meta, at: group.size, size, ...sumOf(member) })
  const within = ({ at, packed }: Stretch) => ({ at, packed: Math.max(0, Math.min(packed, end - at)) })
  group.pieces.push({
    ...{ ...within(member), size },
    ...(more && { more: more.map(within) }),
    ...(cipher && { cipher }),
  })
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
      case 'encrypted':
        showEncrypted(bytes, job, sink)
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

/** A stored content in the clear. */
function showEncrypted(
  bytes: Bytes,
  { file, stretches, cipher }: Extract<RarJob, { kind: 'encrypted' }>,
  sink: Sink,
): void {
  const plain = clear(bytes, stretches, cipher)
  showSolid(
    (write) =>
      forEachWindow(plain, 0, Math.min(file.size, plain.size), WINDOW, 0, (window) => {
        write(window)
        return true
      }),
    [file],
    sink,
  )
}

/** Packed bytes that follow each other in the clear, where one of them is encrypted or goes on over volumes. */
function inOnePiece(
  bytes: Bytes,
  pieces: RarGroup['pieces'],
): { readonly source: Bytes; readonly placed: readonly RarPiece[] } {
  if (!pieces.some(({ more, cipher }) => more || cipher)) return { source: bytes, placed: pieces }
  const parts = pieces.map((piece) => clear(bytes, [piece, ...(piece.more ?? [])], piece.cipher))
  let at = 0
  const placed = parts.map(({ size: packed }, index) => {
    at += packed
    return { at: at - packed, packed, size: (pieces[index] as RarPiece).size }
  })
  return { source: joinedBytes(parts), placed }
}

/** Encryption goes on over volumes. */
function clear(bytes: Bytes, stretches: readonly Stretch[], cipher: CbcCipher | undefined): Bytes {
  const stored = joinedBytes(
    stretches.map(({ at, packed }) => {
      const from = Math.min(at, bytes.size)
      return sliceBytes(bytes, from, Math.min(packed, bytes.size - from))
    }),
  )
  return cipher ? cbcBytes(stored, cipher, stored.size) : stored
}

function extentsOf(stretches: readonly Stretch[]): readonly Extent[] {
  let done = 0
  return stretches.map(({ at, packed }) => {
    done += packed
    return { at: done - packed, length: packed, from: at }
  })
}
