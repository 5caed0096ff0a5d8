import { createHash, type Hash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { alphaDecipher, wrggSecret } from '../alpha-keys.ts'
import { decipherStretch } from '../decipher.ts'
import { announced, hashStretch, showStored, wrapped } from '../members.ts'
import { MAGIC_AT, MAGICS, parseWrgHeader, type WrgHeader } from './parse.ts'

/** How the images begin that access points have: SEAMA, a FIT, LZMA. */
const PLAIN_STARTS = ['5ea3a417', 'd00dfeed', '5d000080']

export const wrgg: ContainerFormat<null> = {
  kind: 'container',
  name: 'wrgg',
  title: 'WRG and WRGG images (D-Link, Alpha Networks; encrypted ones with the published key)',
  references: [
    'OpenWrt firmware-utils, src/mkwrgimg.c',
    'OpenWrt firmware-utils, src/mkwrggimg.c',
    'delink, src/encimg.rs',
    'unblob, handlers/archive/dlink/alpha_encimg.py',
  ],
  limits: ['encrypted images are known as such where SEAMA, a device tree or LZMA comes out'],
  magic: Object.values(MAGICS).map((bytes) => ({ bytes: bytes.repeat(2), at: MAGIC_AT })),
  carve: true,

  recognise(bytes, at) {
    const header = parseWrgHeader(bytes, at)
    return header && { start: at, end: Math.min(header.image.at + header.image.length, bytes.size) }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 1, plan: null }],

  read(bytes, { start, end }, _plan, sink) {
    const header = parseWrgHeader(bytes, start) as WrgHeader
    const { image, salt, md5 } = header
    const whole = image.at + image.length <= end
    const hash = createHash('md5').update(bytes.view(salt.at, salt.length))
    if (isEncrypted(bytes, header)) {
      const stored = whole ? hashStretch(hash.copy(), bytes, image.at, image.length).digest('hex') : md5
      if (!whole) sink.problem('truncated', 'the image ends within this content', 'image')
      sink.stream(wrapped('image'), (write) => showPlain(bytes, header, end, stored === md5, hash, write))
      return
    }
    if (whole && hashStretch(hash, bytes, image.at, image.length).digest('hex') !== md5)
      sink.problem('checksum', 'the MD5 differs')
    showStored(announced(bytes, 'image', image, sink.problem), sink)
  },
}

function isEncrypted(bytes: Bytes, { kind, signature, image }: WrgHeader): boolean {
  if (kind !== 'wrgg' || image.at + 16 > bytes.size || image.length % 16 !== 0) return false
  const first = alphaDecipher(wrggSecret(signature)).update(bytes.view(image.at, 16))
  return PLAIN_STARTS.includes(first.toString('hex', 0, 4))
}

/** Whether the MD5 is of what is encrypted or of what it holds is not public: either will do. */
function showPlain(
  bytes: Bytes,
  { signature, image, md5 }: WrgHeader,
  end: number,
  matches: boolean,
  hash: Hash,
  write: (chunk: Uint8Array) => void,
) {
  const result = decipherStretch(
    bytes,
    image.at,
    end,
    alphaDecipher(wrggSecret(signature)),
    false,
    (chunk) => {
      hash.update(chunk)
      write(chunk)
    },
  )
  if (matches || hash.digest('hex') === md5) return result
  const problem = { code: 'checksum', message: 'the MD5 differs' } as const
  return { ...result, checksum: 'differs' as const, problem }
}
