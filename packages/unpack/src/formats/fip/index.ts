import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { type Fip, MAGIC, parseFip } from './parse.ts'

export const fip: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'fip',
  title: 'TF-A firmware image package',
  references: [
    'Trusted Firmware-A documentation, Firmware Design, "Firmware Image Package (FIP)"',
    'Trusted Firmware-A, include/tools_share/firmware_image_package.h',
  ],
  limits: ['certificates are shown, not verified', 'encrypted images are shown as they are'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const found = parseFip(bytes, at)
    return found && { start: at, end: Math.min(at + found.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { images } = parseFip(bytes, start) as Fip
    for (const { name, at, length } of images)
      yield announced(bytes, name, { at: start + at, length }, problem)
  }),
}
