import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, EntryMeta, Region, Sink } from '../../contract.ts'
import { type StoredMember, storedAsIs, whatIsThere } from '../members.ts'
import { type ArMember, isAr, isThin, MAGIC, THIN, walkAr } from './parse.ts'

export const ar: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ar',
  title: 'ar archive (System V, GNU, BSD; deb and old ipk packages)',
  references: ['ar(5) of FreeBSD', 'GNU Binutils, include/aout/ar.h', 'deb(5)'],
  limits: ['tables of symbols and of names are not shown', 'thin archives hold names, no contents'],
  magic: [
    { bytes: MAGIC, at: 0 },
    { bytes: THIN, at: 0 },
  ],
  carve: true,

  recognise(bytes, at) {
    if (!isAr(bytes, at)) return undefined
    const walk = walkAr(bytes, at)
    for (let step = walk.next(); ; step = walk.next()) {
      if (step.done) return { start: at, end: step.value.end }
    }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  if (isThin(bytes, start)) return problem('unsupported', 'a thin archive: its members are files elsewhere')
  const walk = walkAr(bytes, start)
  for (let index = 0, step = walk.next(); ; step = walk.next()) {
    if (step.done) {
      if (step.value.why === 'truncated') problem('truncated', 'the archive is cut off')
      if (step.value.why === 'structure') problem('structure', `the header at ${step.value.end} is damaged`)
      return
    }
    if (!step.value.isTable) yield storedMember(bytes, step.value, index++, problem)
  }
}

function storedMember(bytes: Bytes, member: ArMember, index: number, problem: Sink['problem']): StoredMember {
  const { at, length, name, mode, uid, gid, mtime } = member
  const path = name ?? `member-${index}`
  if (name === undefined) problem('name', 'its name is not where its header says', path)
  const meta: EntryMeta = { path, type: 'file', mode: mode & 0o7777, uid, gid, mtime }
  if (at + length <= bytes.size) return { meta, content: { at, length } }
  problem('truncated', 'the archive ends within this content', path)
  return { meta, content: whatIsThere(bytes, at) }
}
