import type { ContainerFormat } from '../../contract.ts'
import { jbootSum } from '../jboot-sum.ts'
import { announced, showStored, wrapped } from '../members.ts'
import { decryptBlock, encryptedBlocks, fittingKey, isEncryptedSize } from './blocks.ts'
import { type AuhHeader, MAGIC, MAGIC_AT, parseAuh, ZEROS } from './parse.ts'

export const jbootAuh: ContainerFormat<null> = {
  kind: 'container',
  name: 'jboot-auh',
  title: 'D-Link JBOOT image (AUH; encrypted ones, DLK, with published keys)',
  references: [
    'OpenWrt firmware-utils, src/mkdlinkfw.c',
    'binwalk 3, src/structures/jboot.rs and src/signatures/dlke.rs',
    'delink, src/dlk.rs',
  ],
  limits: [
    'signatures in front of encrypted images are shown, not verified',
    'encrypted images were tried on ones that a script made',
  ],
  magic: [{ bytes: '\0'.repeat(ZEROS) + MAGIC, at: MAGIC_AT - ZEROS }],
  carve: true,

  recognise(bytes, at) {
    const header = parseAuh(bytes, at)
    return header && { start: at, end: Math.min(header.image.at + header.image.length, bytes.size) }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 1, plan: null }],

  read(bytes, { start, end }, _plan, sink) {
    const { image, blockSize, checksum, sound } = parseAuh(bytes, start) as AuhHeader
    if (!sound) sink.problem('checksum', 'the checksum of the header differs')
    const whole = image.at + image.length <= end
    if (whole && blockSize === 0 && jbootSum(bytes, image.at, image.length) !== checksum)
      sink.problem('checksum', 'the checksum of the image differs')
    if (!whole || !isEncryptedSize(image, blockSize))
      return showStored(announced(bytes, 'image', image, sink.problem), sink)
    const key = fittingKey(bytes, image, blockSize)
    if (key === undefined) {
      sink.problem('unsupported', 'no published key fits: it is shown encrypted')
      return sink.slice(wrapped('image.encrypted'), image.at, image.length)
    }
    sink.stream(wrapped('image'), (write) => {
      for (const block of encryptedBlocks(image, blockSize)) write(decryptBlock(bytes, block, key))
      return { end, checksum: 'none' }
    })
  },
}
