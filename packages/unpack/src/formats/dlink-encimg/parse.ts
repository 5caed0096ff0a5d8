import { type Bytes, latin1, memoryBytes } from '@messlatte/bytes'
import { ALPHA_SECRETS, type AlphaSecret, alphaDecipher } from '../alpha-keys.ts'
import { parseSeama } from '../seama/parse.ts'

const BLOCK = 16
/** Within so many bytes the headers stand: a seal, and the first image's. */
const HEAD = 4096

interface Known {
  readonly secret: AlphaSecret
  /** The first block of an image, encrypted. */
  readonly magic: string
}

/**
 * The first block of an image, encrypted, for each of the secrets: a seal, whose texts are the signature. Written down, because
 * every thread would load Node's ciphers to compute them.
 */
const MAGICS = [
  '35666f68ef1afe1f34ef4f1121054ebe',
  '6801ccfbad6ba0ba3304b09cbb48b027',
  'df8c390d22b4dc29fb4ebfdbe8e18bfb',
  'f52aa0b49253bfeff821a62e28a7398b',
  '21ddda0099d887a9d52d7eff3b5870a6',
  'e313005b76df0be883245a42ff912d3d',
  '0a14e424ff0fb4d75366a0b072feabdf',
  '4c1b95af93725f810303964ddd760174',
]

export const KNOWN: readonly Known[] = ALPHA_SECRETS.map((secret, index) => ({
  secret,
  magic: latin1(Buffer.from(MAGICS[index] as string, 'hex')),
}))

export interface Encimg {
  readonly secret: AlphaSecret
  /** Bytes, as what is decrypted tells; whole cipher blocks. */
  readonly length: number
}

/** What begins at `at`, or undefined: what is decrypted has to be SEAMA with that signature. */
export function parseEncimg(bytes: Bytes, at: number): Encimg | undefined {
  if (at + 2 * BLOCK > bytes.size) return undefined
  const magic = latin1(bytes.view(at, BLOCK))
  const secret = KNOWN.find((one) => one.magic === magic)?.secret
  if (!secret) return undefined
  const head = bytes.view(at, Math.min(HEAD, Math.floor((bytes.size - at) / BLOCK) * BLOCK))
  const plain = alphaDecipher(secret).update(head)
  const last = parseSeama(memoryBytes(plain), 0).at(-1)
  if (!last?.md5 || !latin1(plain.subarray(0, 256)).includes(`signature=${secret.signature}\0`))
    return undefined
  return { secret, length: Math.ceil((last.image.at + last.image.length) / BLOCK) * BLOCK }
}
