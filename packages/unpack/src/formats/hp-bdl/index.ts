import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, readTable } from './parse.ts'

export const hpBdl: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'hp-bdl',
  title: 'HP BDL (printers)',
  references: ['unblob, handlers/archive/hp/bdl.py', 'hpbdl (github.com/tylerwhall/hpbdl)'],
  limits: ['there is no checksum'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const end = readTable(bytes, at)?.reduce((last, member) => Math.max(last, member.at + member.length), at)
    return end === undefined ? undefined : { start: at, end: Math.min(end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    for (const member of readTable(bytes, start) ?? []) yield announced(bytes, member.path, member, problem)
  }),
}
