import type { ContainerFormat } from '../../contract.ts'
import { parseTarHeader } from '../tar/header.ts'
import { openTar, readTar, tarRegion } from '../tar/index.ts'

/** What the mode of a first member begins with: zeros, or blanks; some programs store what it is, too: a folder, a file, a link. */
const MODES = ['000', '   ', '040', '100', '120']

/** The format of Unix Version 7 has no magic: its mode begins in few ways, and only the checksum tells. */
export const tarV7: ContainerFormat<Parameters<typeof readTar>[2]> = {
  kind: 'container',
  name: 'tar-v7',
  title: 'tar archive (Unix Version 7)',
  references: ['tar(5) of libarchive, "Old-Style Archive Format"'],
  limits: ['found at the start of a file only'],
  magic: MODES.map((bytes) => ({ bytes, at: 100 })),
  carve: false,

  recognise(bytes, at) {
    const header = at + 512 <= bytes.size ? parseTarHeader(bytes.view(at, 512)) : undefined
    if (header?.variant !== 'v7' || header.name === '' || !'\x000125'.includes(header.type)) return undefined
    return tarRegion(bytes, at)
  },

  open: openTar,
  read: readTar,
}
