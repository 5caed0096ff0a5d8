import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import {
  type ContainerFormat,
  type EntryMeta,
  type EntryType,
  FormatError,
  type Region,
  type Sink,
} from '../../contract.ts'
import { copyStretch, hashStretch, inBatches, type Stored, whatIsThere } from '../members.ts'
import { isMender } from '../mender/parse.ts'
import { xattrsOf } from './extended.ts'
import { BLOCK, parseTarHeader } from './header.ts'
import { type TarMember, walkTar } from './parse.ts'
import { type Sparse, storedLength } from './sparse.ts'

export interface PlannedMember {
  readonly meta: EntryMeta
  readonly content?: Stored
  readonly sparse?: Sparse
  /** SHA-1 of the content or of the target, in hex: packages of apk have it. */
  readonly sha1?: string
}

export const tar: ContainerFormat<readonly PlannedMember[]> = {
  kind: 'container',
  name: 'tar',
  title: 'tar archive (ustar, GNU, pax)',
  references: [
    'POSIX.1-2017, pax, "ustar Interchange Format" and "pax Header Block"',
    'GNU tar manual, "Tar Internals"',
  ],
  limits: ['files that go on over several volumes are not put together', 'ACLs are not read'],
  magic: [{ bytes: 'ustar', at: 257 }],
  carve: true,

  recognise(bytes, at) {
    const header = at + BLOCK <= bytes.size ? parseTarHeader(bytes.view(at, BLOCK)) : undefined
    if (!header || header.variant === 'v7' || isMender(bytes, at)) return undefined
    return tarRegion(bytes, at)
  },

  open: openTar,
  read: readTar,
}

export function tarRegion(bytes: Bytes, at: number): Region {
  const walk = walkTar(bytes, at, () => undefined)
  for (let step = walk.next(); ; step = walk.next()) {
    if (step.done) return { start: at, end: step.value.end }
  }
}

export function openTar(bytes: Bytes, region: Region, problem: Sink['problem']) {
  return inBatches(
    membersOf(bytes, region, problem),
    (member) => member.sparse?.size ?? member.content?.length ?? 0,
  )
}

function* membersOf(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<PlannedMember> {
  const walk = walkTar(bytes, region.start, problem)
  for (let step = walk.next(); ; step = walk.next()) {
    if (step.done) {
      if (step.value.why === 'truncated') problem('truncated', 'the archive is cut off')
      if (step.value.why === 'structure') problem('structure', `no header at ${step.value.end}`)
      return
    }
    yield* planned(bytes, step.value, problem)
  }
}

function* planned(bytes: Bytes, member: TarMember, problem: Sink['problem']): Generator<PlannedMember> {
  const { header, name, contentAt: at, size: length, sparse } = member
  const type = typeOf(member)
  if (type === undefined) return
  const meta = metaOf(member, type)
  const sha1 = member.records.values.get('APK-TOOLS.checksum.SHA1')
  if (type !== 'file') {
    yield { meta, ...(sha1 ? { sha1 } : {}) }
  } else if (at + length > bytes.size) {
    problem('truncated', 'the archive ends within this content', name)
    if (!sparse) yield { meta, content: whatIsThere(bytes, at) }
  } else if (header.type === 'M') {
    problem('unsupported', 'this file began in another volume', name)
  } else if (!sparse) {
    yield { meta, content: { at, length }, ...(sha1 ? { sha1 } : {}) }
  } else if (sparse.at + storedLength(sparse) > at + length) {
    problem('structure', 'less is stored than the map of this sparse file says', name)
  } else {
    yield { meta, sparse }
  }
}

/** Undefined for what is no member: labels of volumes and lists of names. */
function typeOf({ header, name }: TarMember): EntryType | undefined {
  switch (header.type) {
    case '1':
      return 'hardlink'
    case '2':
      return 'symlink'
    case '3':
      return 'character'
    case '4':
      return 'block'
    case '5':
    case 'D':
      return 'directory'
    case '6':
      return 'fifo'
    case 'V':
    case 'N':
    case 'A':
      return undefined
    default:
      // Version 7 has no type for a directory. Types that nobody knows are files, says POSIX.
      return name.endsWith('/') ? 'directory' : 'file'
  }
}

function metaOf({ header, records, name, linkName }: TarMember, type: EntryType): EntryMeta {
  const number = (key: string, otherwise: number) => {
    const value = Number(records.values.get(key) || Number.NaN)
    return Number.isFinite(value) ? Math.floor(value) : otherwise
  }
  const xattrs = xattrsOf(records)
  return {
    path: name,
    type,
    mode: header.mode & 0o7777,
    uid: number('uid', header.uid),
    gid: number('gid', header.gid),
    mtime: number('mtime', header.mtime),
    ...(type === 'symlink' || type === 'hardlink' ? { target: linkName } : {}),
    ...(type === 'character' || type === 'block' ? { device: header.device } : {}),
    ...(xattrs ? { xattrs } : {}),
  }
}

export function readTar(bytes: Bytes, _region: Region, plan: readonly PlannedMember[], sink: Sink): void {
  for (const member of plan) {
    const { meta, content, sparse } = member
    if (!sha1Matches(bytes, member)) sink.problem('checksum', 'its SHA-1 differs', meta.path)
    if (content) sink.slice(meta, content.at, content.length)
    else if (sparse) sink.file(meta, sparse.size, (out) => fillSparse(bytes, sparse, out))
    else sink.entry(meta)
  }
}

function sha1Matches(bytes: Bytes, { meta, content, sha1 }: PlannedMember): boolean {
  if (sha1 === undefined) return true
  const hash = createHash('sha1')
  if (content) hashStretch(hash, bytes, content.at, content.length)
  else if (meta.type === 'symlink') hash.update(meta.target ?? '', 'latin1')
  else return true
  return hash.digest('hex') === sha1.toLowerCase()
}

function fillSparse(bytes: Bytes, sparse: Sparse, out: Uint8Array): void {
  let at = sparse.at
  for (const { offset, length } of sparse.stretches) {
    if (offset + length > out.length)
      throw new FormatError('structure', 'a stretch lies outside of its sparse file')
    copyStretch(bytes, at, out.subarray(offset, offset + length))
    at += length
  }
}
