import type { LeafFormat } from '../../contract.ts'
import { BOOT_MAGIC, HEADER_BYTES, MAGIC, parseAmebaImage } from './parse.ts'

export const amebaImage: LeafFormat = {
  kind: 'leaf',
  name: 'ameba-image',
  title: 'Realtek Ameba image and boot loader (Z, D)',
  references: ['ltchiptool and LibreTiny documentation, "AmebaZ"'],
  limits: [
    'images of AmebaZ2 have another layout and are ameba-z2-image; those of AmebaPro are not recognised',
  ],
  magic: [MAGIC, BOOT_MAGIC].map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseAmebaImage(bytes, at)
    return image && { start: at, end: Math.min(at + HEADER_BYTES + image.length, bytes.size) }
  },

  examine(bytes, { start, end }, problem) {
    const image = parseAmebaImage(bytes, start)
    const whole = HEADER_BYTES + (image?.length ?? 0)
    if (end - start < whole) problem('truncated', `${whole} bytes are announced, ${end - start} are there`)
  },
}
