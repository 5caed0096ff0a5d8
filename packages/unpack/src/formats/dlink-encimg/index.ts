import type { ContainerFormat } from '../../contract.ts'
import { alphaDecipher } from '../alpha-keys.ts'
import { decipherStretch } from '../decipher.ts'
import { wrapped } from '../members.ts'
import { type Encimg, KNOWN, parseEncimg } from './parse.ts'

export const dlinkEncimg: ContainerFormat<null> = {
  kind: 'container',
  name: 'dlink-encimg',
  title: 'D-Link images encrypted by Alpha Networks’ encimg (with published keys)',
  references: ['delink, src/encimg.rs', 'unblob, handlers/archive/dlink/alpha_encimg.py'],
  limits: [
    'images of the DIR-865L, 868L, 880L, 885L, 890L and 895L are not recognised: their keys are not public',
    'of files with more than one image, those whose headers begin behind the first 4 KiB are left out',
  ],
  magic: KNOWN.map(({ magic }) => ({ bytes: magic, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseEncimg(bytes, at)
    return image && { start: at, end: Math.min(at + image.length, bytes.size) }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 1, plan: null }],

  read(bytes, { start, end }, _plan, sink) {
    const { secret, length } = parseEncimg(bytes, start) as Encimg
    const path = `${secret.signature}.bin`
    if (start + length > end)
      sink.problem('truncated', `${length} bytes are announced, ${end - start} are there`, path)
    sink.stream(wrapped(path), (write) =>
      decipherStretch(bytes, start, end, alphaDecipher(secret), false, write),
    )
  },
}
