import type { ContainerFormat } from '../../contract.ts'
import { decipherStretch } from '../decipher.ts'
import { wrapped } from '../members.ts'
import { SALTED } from '../openssl-salted.ts'
import { type FoscamImage, parseFoscam } from './parse.ts'

const BLOCK = 16

export const foscam: ContainerFormat<null> = {
  kind: 'container',
  name: 'foscam',
  title: 'Foscam firmware that openssl encrypted (cameras; with the published keys)',
  references: [
    'EMBA (github.com/e-m-b-a/emba), config/foscam_enc_keys.txt and modules/P20_foscam_decryptor.sh',
    'mcw0/PoC, decrypt-foscam.py',
  ],
  limits: [
    'it is known by the gzip that comes out; images with other keys, or with something else inside, are not recognised',
    'there is no checksum over what is encrypted: that of gzip tells',
  ],
  magic: [{ bytes: SALTED, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseFoscam(bytes, at)
    return image && { start: at, end: image.end }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 1, plan: null }],

  read(bytes, { start, end }, _plan, sink) {
    const { from, decipher } = parseFoscam(bytes, start) as FoscamImage
    const cut = (end - from) % BLOCK !== 0
    if (cut) sink.problem('truncated', 'the image ends within this content', 'firmware.tar.gz')
    sink.stream(wrapped('firmware.tar.gz'), (write) =>
      decipherStretch(bytes, from, end, decipher(), !cut, write),
    )
  },
}
