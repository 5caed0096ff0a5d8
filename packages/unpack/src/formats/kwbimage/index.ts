import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs, wordSum } from '../members.ts'
import { steppedPlaces } from '../places.ts'
import { FIRST_BYTES, type KwbImage, MAIN, parseKwbimage } from './parse.ts'

/** Boot ROMs look for it at the start of a sector. */
const STEP = 512

export const kwbimage: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'kwbimage',
  title: 'Marvell boot image (Kirkwood, Dove, Armada: NAS devices and routers)',
  references: ['U-Boot, tools/kwbimage.h and tools/kwbimage.c'],
  limits: [
    'images for SATA are not recognised: tools disagree from which sector they count',
    'signatures are shown, not verified',
    'encrypted images are shown as they are',
  ],
  magic: FIRST_BYTES.map((byte) => ({ bytes: String.fromCharCode(byte), at: 0 })),
  carve: false,

  candidates: (bytes: Bytes, gap: Region) =>
    steppedPlaces(bytes, gap, { step: STEP, needed: MAIN }, (window, at) =>
      FIRST_BYTES.includes(window[at] as number),
    ),

  recognise(bytes, at) {
    const image = parseKwbimage(bytes, at)
    return image && { start: at, end: Math.min(at + image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { extensions, image, end } = parseKwbimage(bytes, start) as KwbImage
    for (const { name, at, length } of extensions)
      yield asProgram(announced(bytes, name, { at: start + at, length }, problem))
    if (start + end <= bytes.size) {
      const stored = wordSum(bytes, start + end - 4, 4)
      if (wordSum(bytes, start + image.at, image.length) !== stored)
        problem('checksum', 'its sum differs', 'image')
    }
    yield asProgram(announced(bytes, 'image', { at: start + image.at, length: image.length }, problem))
  }),
}
