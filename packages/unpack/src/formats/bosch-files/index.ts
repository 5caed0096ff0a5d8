import type { ContainerFormat } from '../../contract.ts'
import { announced, distinctPaths, type StoredMember, storedAsIs } from '../members.ts'
import { type BoschFiles, MAGIC, parseBoschFiles } from './parse.ts'

export const boschFiles: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'bosch-files',
  title: 'Files within Bosch firmware (surveillance cameras; RomFS as well)',
  references: [
    'BoschFirmwareTool (github.com/anvilsecure/BoschFirmwareTool), CLI/FileHeader.cs and BoschFirmware.cs',
  ],
  limits: ['there is no checksum'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const list = parseBoschFiles(bytes, at)
    return list && { start: at, end: list.end }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const pathOf = distinctPaths()
    const { files, cut } = parseBoschFiles(bytes, start) as BoschFiles
    if (cut) problem('truncated', 'the archive is cut off')
    for (const [place, file] of files.entries())
      yield announced(bytes, pathOf(file.name, place), file, problem)
  }),
}
