import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, EntryMeta, Sink } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { addCrc16, showPacked } from '../packed-member.ts'
import { quietly } from '../telling.ts'
import { type Fork, HEADER, MAGIC, parseHeader, partAt, type SitPart } from './parse.ts'
import { METHODS } from './unpack.ts'

const MOST_PARTS = 1_000_000
const MOST_DEPTH = 64
const RESOURCE = '.rsrc'

interface SitMember {
  readonly meta: EntryMeta
  readonly fork: Fork | undefined
}

export const stuffit: ContainerFormat<readonly SitMember[]> = {
  kind: 'container',
  name: 'stuffit',
  title: 'StuffIt archive (classic; stored, runs, LZW, prefix codes)',
  references: ['XADMaster 1.10, XADStuffItParser.m and the handles it names'],
  limits: [
    'the methods 5, 8, 13, 14 and 15 (LZAH, MW, LZ+Huffman, installer, Arsenic) are told and not undone, nor are encrypted files',
    'archives of StuffIt 5 and on (StuffIt (c)1997, StuffIt X) are not recognised',
    'a resource fork is shown as a file of its own, with .rsrc behind its name',
  ],
  recognisedOnly:
    'no archive of StuffIt itself could be had: it was tried on ones that a script made and unar reads',
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
      if (!fork) sink.entry(meta)
      else if (fork.isEncrypted)
        showPacked(bytes, meta, fork.content, undefined, undefined, sink, 'encrypted')
      else {
        const unread = `its compression (method ${fork.method}) is not read`
        const sum = { told: fork.crc, add: addCrc16 }
        showPacked(bytes, meta, fork.content, METHODS.get(fork.method), sum, sink, unread)
      }
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
      yield* membersOfPart(part, path)
      if (part.kind === 'folder' && folders.length < MOST_DEPTH) folders.push(part.name)
    }
  }
}

function* membersOfPart({ kind, mtime, data, resource }: SitPart, path: string): Generator<SitMember> {
  const meta = { path, uid: 0, gid: 0, mtime }
  if (kind === 'folder') yield { meta: { ...meta, type: 'directory', mode: 0o755 }, fork: undefined }
  else {
    const file = { ...meta, type: 'file', mode: 0o644 } as const
    if (data.content.size > 0 || resource.content.size === 0) yield { meta: file, fork: data }
    if (resource.content.size > 0) yield { meta: { ...file, path: `${path}${RESOURCE}` }, fork: resource }
  }
}
