import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs } from '../members.ts'
import { steppedPlaces } from '../places.ts'
import { type Ahab, parseAhab, STEP } from './parse.ts'

export const imxAhab: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'imx-ahab',
  title: 'NXP i.MX image containers (AHAB)',
  references: [
    'NXP, i.MX 8 and i.MX 9 reference manuals: Image container format',
    'U-Boot, include/imx8image.h',
    'spsdk 3.12.0, spsdk/image/ahab (version 2)',
  ],
  limits: [
    'signatures are read, not verified',
    'encrypted images are shown as they are',
    'root keys and signatures of version 2 (i.MX 94 and 95) are not read',
  ],
  magic: [],
  carve: true,

  candidates: (bytes: Bytes, gap: Region) =>
    steppedPlaces(
      bytes,
      gap,
      { step: STEP, needed: 4 },
      (window, at) => (window[at] === 0 || window[at] === 2) && window[at + 3] === 0x87,
    ),

  recognise(bytes, at) {
    const ahab = parseAhab(bytes, at)
    return ahab && { start: at, end: Math.min(at + ahab.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { containers } = parseAhab(bytes, start) as Ahab
    for (const [number, { images }] of containers.entries())
      for (const [index, { stored, encrypted }] of images.entries()) {
        const name = `container-${number}-image-${index}`
        if (encrypted) problem('unsupported', 'it is encrypted', name)
        const content = { at: start + stored.from, length: stored.to - stored.from }
        yield asProgram(announced(bytes, name, content, problem))
      }
  }),
}
