import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { type ForkMember, forkMembers, showFork } from '../stuffit-forks.ts'
import { quietly } from '../telling.ts'
import { decryptionOf } from './decrypt.ts'
import { MAGIC, parseArchive, partAt, type Sit5Archive, type Sit5Fork } from './parse.ts'

const MOST_PARTS = 1_000_000
const MOST_DEPTH = 64

type Sit5Member = ForkMember<Sit5Fork>

export const stuffit5: ContainerFormat<readonly Sit5Member[]> = {
  kind: 'container',
  name: 'stuffit5',
  title: 'StuffIt archive (versions 5 to 7; with --key)',
  references: ['XADMaster 1.10, XADStuffIt5Parser.m, XADStuffIt13Handle.m and XADStuffItArsenicHandle.m'],
  limits: [
    'archives of StuffIt X are not recognised',
    'the methods 5, 8 and 14 (LZAH, MW, installer) are told and not undone',
    'a resource fork is shown as a file of its own, with .rsrc behind its name; comments are not shown',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const archive = parseArchive(bytes, at)
    if (!archive || (archive.count > 0 && !partAt(bytes, archive.firstAt))) return undefined
    return { start: at, end: Math.min(at + archive.length, bytes.size) }
  },

  open: (bytes, { start }, problem) =>
    inBatches(
      membersOf(bytes, start, parseArchive(bytes, start) as Sit5Archive, problem),
      ({ fork }) => fork?.content.size ?? 0,
    ),

  read(bytes, { start }, plan, sink) {
    const digest = parseArchive(bytes, start)?.keyDigest
    for (const { meta, fork } of plan) {
      if (!fork) sink.entry(meta)
      else showFork(bytes, meta, fork, sink, decryptionOf(fork, digest, sink.keys))
    }
  },
}

/** One behind the other; a folder tells how many lie in it, and each of them where its folder stands. */
function* membersOf(
  bytes: Bytes,
  start: number,
  archive: Sit5Archive,
  problem: Sink['problem'],
): Generator<Sit5Member> {
  const folders = new Map<number, { readonly path: string; readonly depth: number }>()
  let [at, left] = [archive.firstAt, archive.count]
  for (let count = 0; count < MOST_PARTS && left > 0; count++) {
    const place = at
    const part = quietly(() => partAt(bytes, place))
    if (!part) {
      const isCut = at + 48 > bytes.size
      problem(
        isCut ? 'truncated' : 'structure',
        isCut ? 'the archive ends early' : 'the CRC of a header differs',
      )
      return
    }
    at = part.end
    if (part.kind === 'folder-end') continue
    const folder = folders.get(part.folderAt)
    const path = folder ? `${folder.path}/${part.name}` : part.name
    yield* forkMembers({ forks: part.kind === 'file' ? part : undefined, mtime: part.mtime }, path)
    left += part.count - 1
    const depth = (folder?.depth ?? 0) + 1
    if (part.kind === 'folder' && depth < MOST_DEPTH) folders.set(place - start, { path, depth })
  }
}
