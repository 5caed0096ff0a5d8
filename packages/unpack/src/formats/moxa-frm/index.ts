import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, distinctPaths, type StoredMember, storedAsIs } from '../members.ts'
import { filesOf, MAGIC, type MoxaFrm, parseMoxaFrm } from './parse.ts'

export const moxaFrm: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'moxa-frm',
  title: 'Moxa firmware (NPort, MGate, MiiNePort)',
  references: ['unblob, handlers/archive/moxa/frm.py'],
  limits: ['checksums are not compared: what they cover is not public'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const container = parseMoxaFrm(bytes, at)
    return container && { start: at, end: Math.min(at + container.size, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  for (const [index, section] of (parseMoxaFrm(bytes, start) as MoxaFrm).sections.entries()) {
    const name = `${section.kind}-${index}`
    const files = section.kind === 'files' ? filesOf(bytes, section) : undefined
    if (section.kind === 'files' && !files) problem('structure', 'its table of files makes no sense', name)
    if (!files) yield announced(bytes, name, section, problem)
    const pathOf = distinctPaths()
    for (const [place, file] of (files ?? []).entries()) {
      yield announced(bytes, `${name}/${pathOf(file.name, place)}`, file, problem)
    }
  }
}
