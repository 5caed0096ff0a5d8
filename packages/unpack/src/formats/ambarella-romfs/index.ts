import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { endOf, FILLER, MAGIC, MAGIC_AT, parseRomfs } from './parse.ts'

export const ambarellaRomfs: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ambarella-romfs',
  title: 'Ambarella ROMFS (cameras)',
  references: ['dji-firmware-tools (github.com/o-gs/dji-firmware-tools), amba_romfs.py'],
  limits: ['there is no checksum'],
  magic: [{ bytes: MAGIC + '\xff'.repeat(FILLER), at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const files = parseRomfs(bytes, at)
    return files && { start: at, end: endOf(bytes, at, files) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    for (const file of parseRomfs(bytes, start) ?? []) yield announced(bytes, file.name, file, problem)
  }),
}
