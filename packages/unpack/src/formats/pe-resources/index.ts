import type { ContainerFormat } from '../../contract.ts'
import { innoRegion } from '../inno/region.ts'
import { announced, distinctPaths, partsAsTheyAre, type StoredMember } from '../members.ts'
import { ownEnd } from '../pe/index.ts'
import { type Pe, parsePe } from '../pe/parse.ts'
import { filesIn, holdsFiles } from './payloads.ts'

const TYPES: Readonly<Record<number, string>> = { 10: 'RCDATA' }

export const peResources: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'pe-resources',
  title: 'Windows program with files in its resources (IExpress, updaters, installers of drivers)',
  references: ['Microsoft PE format, sections 3 to 6', 'cabextract, "Finding cabinets in IExpress programs"'],
  limits: [
    'shown are raw data and kinds of the program’s own, where they begin like an archive, a program or a file system, or have 64 KiB and more',
    'what a program encrypts or packs in a way of its own is shown as it lies there',
  ],
  magic: ['MZ\x90\0', 'MZ\0\0', 'MZx\0', 'MZP\0'].map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parsePe(bytes, at)
    if (!image || !holdsFiles(bytes, image) || innoRegion(bytes, at)) return undefined
    return { start: at, end: Math.min(ownEnd(bytes, image), bytes.size) }
  },

  ...partsAsTheyAre(function* (bytes, { start }, problem) {
    const distinct = distinctPaths()
    for (const { type, name, content } of filesIn(bytes, parsePe(bytes, start) as Pe)) {
      const kind = typeof type === 'number' ? (TYPES[type] ?? String(type)) : utf8(type)
      const path = distinct(`${kind}/${typeof name === 'number' ? name : utf8(name)}`, content.at - start)
      yield announced(bytes, path, content, problem)
    }
  }),
}

/** As a byte string, with nothing that would be a folder. */
function utf8(name: string): string {
  return Buffer.from(name.replaceAll('/', '_')).toString('latin1')
}
