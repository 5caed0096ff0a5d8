import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, hashStretch, type StoredMember, storedAsIs } from '../members.ts'
import { DEVICES, HEADER, type MediatekPreloader, parseMediatekPreloader } from './parse.ts'

export const mediatekPreloader: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'mediatek-preloader',
  title: 'MediaTek boot image (preloader, BL2)',
  references: ['U-Boot, tools/mtk_image.h and tools/mtk_image.c'],
  limits: [
    'of signatures only the SHA-256 of type 1 is compared',
    'images with the header for NAND are found from their chain of headers on',
  ],
  magic: [
    { bytes: `${HEADER}\x38\0\0\0FILE_INFO\0`, at: 0 },
    ...DEVICES.map((name) => ({ bytes: `${name}\0`, at: 0 })),
  ],
  carve: true,

  recognise(bytes, at) {
    const image = parseMediatekPreloader(bytes, at)
    return image && { start: at, end: Math.min(image.headersAt + image.totalSize, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const image = parseMediatekPreloader(bytes, start) as MediatekPreloader
    const { headersAt, totalSize, headerSize, signatureSize } = image
    if (digestOfMediatek(bytes, image) === 'mismatch')
      problem('checksum', 'the SHA-256 behind the program differs')
    const length = totalSize - headerSize - signatureSize
    yield asProgram(announced(bytes, 'program', { at: headersAt + headerSize, length }, problem))
    if (signatureSize > 0) {
      const at = headersAt + totalSize - signatureSize
      yield announced(bytes, 'signature', { at, length: signatureSize }, problem)
    }
  }),
}

/** How the digest at its end compares; undefined where it has another kind of signature, or is cut off. */
export function digestOfMediatek(
  bytes: Bytes,
  { headersAt, totalSize, signatureType, signatureSize }: MediatekPreloader,
): 'match' | 'mismatch' | undefined {
  const end = headersAt + totalSize
  if (signatureType !== 1 || end > bytes.size) return undefined
  const covered = totalSize - signatureSize
  const digest = hashStretch(createHash('sha256'), bytes, headersAt, covered).digest()
  return digest.equals(bytes.view(headersAt + covered, signatureSize)) ? 'match' : 'mismatch'
}
