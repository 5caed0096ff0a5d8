import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { type ForkMember, forkMembers, type StuffitFork, showFork } from '../stuffit-forks.ts'
import { quietly } from '../telling.ts'
import { HEADER, MAGIC, parseHeader, partAt } from './parse.ts'

const MOST_PARTS = 1_000_000
const MOST_DEPTH = 64

type SitMember = ForkMember<StuffitFork>

export const stuffit: ContainerFormat<readonly SitMember[]> = {
  kind: 'container',
  name: 'stuffit',
  title: 'StuffIt archive (classic, up to version 4)',
  references: ['XADMaster 1.10, XADStuffItParser.m and the handles it names'],
  limits: [
    'the methods 5, 8 and 14 (LZAH, MW, installer) are told and not undone, nor are encrypted files',
    'a resource fork is shown as a file of its own, with .rsrc behind its name',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const length = parseHeader(bytes, at)
    if (length === undefined || !partAt(bytes, at + HEADER)) return undefined
    return { start: at, end: Math.min(at + length, bytes.size) }
  },

  open: (bytes, { start }, problem) =>
    inBatches(membersOf(bytes, start, problem), ({ fork }) => fork?.content.size ?? 0),

  read(bytes, _region, plan, sink) {
    for (const { meta, fork } of plan) {
      if (fork) showFork(bytes, meta, fork, sink)
      else sink.entry(meta)
    }
  },
}

function* membersOf(bytes: Bytes, start: number, problem: Sink['problem']): Generator<SitMember> {
  const end = start + (parseHeader(bytes, start) as number)
  const folders: string[] = []
  let at = start + HEADER
  for (let count = 0; count < MOST_PARTS && at < end; count++) {
    const place = at
    const part = quietly(() => partAt(bytes, place))
    if (!part) {
      const isCut = at + 112 > bytes.size
      problem(
        isCut ? 'truncated' : 'structure',
        isCut ? 'the archive ends early' : 'the CRC of a header differs',
      )
      return
    }
    at = part.end
    if (part.kind === 'folder-end') folders.pop()
    else {
      const path = [...folders, part.name].join('/')
      yield* forkMembers({ forks: part.kind === 'file' ? part : undefined, mtime: part.mtime }, path)
      if (part.kind === 'folder' && folders.length < MOST_DEPTH) folders.push(part.name)
    }
  }
}
