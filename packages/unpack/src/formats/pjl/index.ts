import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { type PjlFile, readPjl, UEL } from './parse.ts'

export const pjl: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'pjl',
  title: 'PJL print jobs and updates of printers (HP and others)',
  references: [
    'HP, Printer Job Language Technical Reference Manual, chapters 1, 2, 4 and 9',
    'fact_extractor, plugins/unpacking/hp (updates)',
  ],
  limits: [
    'it is read at the start of a file only',
    'updates (`@PJL UPGRADE`) are known from fact_extractor and the two samples in its tests; no tool that writes them is public',
    'what follows on a language switch has no length: it ends where the next exit from a language holds',
    'the signature in the fingerprint of HP is shown and not verified',
  ],
  magic: [{ bytes: `${UEL}@PJL`, at: 0 }],
  carve: false,

  recognise(bytes, at) {
    const file = readPjl(bytes, at)
    return file && { start: at, end: file.end }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { jobs, fingerprint } = readPjl(bytes, region.start) as PjlFile
  for (const [index, { name, commands, payload, fault }] of jobs.entries()) {
    const path = `${index + 1}-${name}`
    if (commands) yield { meta: wrapped(`${path}.pjl`), content: commands }
    if (fault !== undefined) problem('truncated', fault, path)
    yield { meta: wrapped(path), content: payload }
  }
  if (fingerprint) yield { meta: wrapped('fingerprint.txt'), content: fingerprint }
}
