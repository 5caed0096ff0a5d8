import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { showLzh } from '../lzh-member.ts'
import { inBatches } from '../members.ts'
import { addCrc32 } from '../packed-member.ts'
import { type ArjHeader, isArchiveHeader, isLabel, parseHeader } from './parse.ts'

const MOST_MEMBERS = 1_000_000
/** The magic is two bytes; behind it and a length: bytes of the fields, the version that wrote it, and the one that can read it. */
const VERSIONS = [
  ...[3, 4, 5, 6, 7, 8, 9, 10].map((version) => `\x1e${String.fromCharCode(version)}\x01`),
  ...[8, 9, 10, 11].map((version) => `\x22${String.fromCharCode(version)}\x01`),
]

export const arj: ContainerFormat<readonly ArjHeader[]> = {
  kind: 'container',
  name: 'arj',
  title: 'ARJ archive',
  references: ['ARJ 3.1, TECHNOTE.TXT'],
  limits: [
    'encrypted members are named and not read',
    'members that go on in another volume are not unpacked',
    'times of MS-DOS are taken for UTC',
    'found where a version from 3 to 11 wrote it',
  ],
  magic: VERSIONS.map((bytes) => ({ bytes, at: 4 })),
  carve: true,

  recognise(bytes, at) {
    const first = parseHeader(bytes, at)
    if (!isArchiveHeader(first)) return undefined
    return { start: at, end: Math.min(endOf(bytes, first.end), bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const first = parseHeader(bytes, start) as ArjHeader
    const end = endOf(bytes, first.end)
    if (parseHeader(bytes, end - 4) !== 'end') problem('truncated', 'the archive has no end')
    yield* inBatches(membersOf(bytes, first.end), ({ content }) => content.size)
  },

  read(bytes, _region, plan, sink) {
    for (const header of plan) {
      const { meta, encrypted, content, crc } = header
      if (isLabel(header)) continue
      if (encrypted) sink.problem('unsupported', 'encrypted', meta.path)
      if (encrypted || meta.type === 'directory') sink.entry(meta)
      else showLzh(bytes, meta, content, { told: crc, add: addCrc32 }, sink)
    }
  },
}

function* membersOf(bytes: Bytes, start: number): Generator<ArjHeader> {
  let at = start
  for (let count = 0; count < MOST_MEMBERS; count++) {
    const header = parseHeader(bytes, at)
    if (!header || header === 'end' || header.meta.path === '') return
    yield header
    at = header.end
  }
}

/** Behind the mark that ends an archive, or behind the last member. */
function endOf(bytes: Bytes, start: number): number {
  let at = start
  for (const { end } of membersOf(bytes, start)) at = end
  return parseHeader(bytes, at) === 'end' ? at + 4 : at
}
