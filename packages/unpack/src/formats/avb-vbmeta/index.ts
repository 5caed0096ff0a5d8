import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { LeafFormat, Region } from '../../contract.ts'
import { FOOTER_MAGIC, MAGIC, parseAvbFooter, parseVbmeta, vbmetaEnd } from './parse.ts'
import { treesOf } from './trees.ts'

export const avbVbmeta: LeafFormat = {
  kind: 'leaf',
  name: 'avb-vbmeta',
  title: 'Android Verified Boot 2 (vbmeta, its footer, hash trees and error correction)',
  references: [
    'AOSP, external/avb/README.md, The VBMeta struct, VBMeta footer',
    'AOSP, external/avb/libavb/avb_vbmeta_image.h, avb_descriptor.h, avb_footer.h, avb_crypto.h, avb_hashtree_descriptor.h',
  ],
  limits: [
    'hash trees and error correction are found where the footer at the end of the partition leads to a vbmeta that tells of them',
  ],
  magic: [
    { bytes: MAGIC, at: 0 },
    { bytes: FOOTER_MAGIC, at: 0 },
  ],
  carve: true,

  *candidates(bytes, gap) {
    for (const { start } of treesOf(bytes)) if (start >= gap.start && start < gap.end) yield start
  },

  recognise(bytes, at) {
    const end = vbmetaEnd(bytes, at) ?? parseAvbFooter(bytes, at)?.end ?? treeAt(bytes, at)?.end
    return end === undefined ? undefined : { start: at, end: Math.min(end, bytes.size) }
  },

  examine(bytes, { start }, problem) {
    if (vbmetaEnd(bytes, start) === undefined && treeAt(bytes, start)) return
    const footer = parseAvbFooter(bytes, start)
    if (footer) {
      // Of a footer in the middle of other bytes nobody knows where its partition begins.
      const end = footer.end === bytes.size ? vbmetaEnd(bytes, footer.vbmetaAt) : undefined
      if (footer.end === bytes.size && end !== footer.vbmetaAt + footer.vbmetaSize)
        problem('structure', 'no vbmeta lies where the footer says')
      return
    }
    const vbmeta = parseVbmeta(bytes, start)
    if (!vbmeta) return problem('truncated', 'the bytes end within it')
    const { algorithm, signed, hash, descriptorsHold } = vbmeta
    if (!descriptorsHold) problem('structure', 'the list of descriptors breaks off')
    if (!algorithm) return
    const digest = signed.reduce((sum, part) => sum.update(part), createHash(algorithm.hash)).digest()
    if (!digest.equals(hash)) problem('checksum', 'the hash of header and descriptors differs')
  },
}

function treeAt(bytes: Bytes, at: number): Region | undefined {
  return treesOf(bytes).find(({ start }) => start === at)
}
