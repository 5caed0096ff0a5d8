import { createCipheriv } from 'node:crypto'
import { type Bytes, latin1, memoryBytes } from '@messlatte/bytes'
import { ALPHA_SECRETS, type AlphaSecret, alphaDecipher, alphaKey } from '../alpha-keys.ts'
import { parseSeama } from '../seama/parse.ts'

const BLOCK = 16
/** Within so many bytes the headers stand: a seal, and the first image's. */
const HEAD = 4096

interface Known {
  readonly secret: AlphaSecret
  /** The first block of an image, encrypted. */
  readonly magic: string
}

/** An image begins with a seal: its header, whose texts are the signature. */
function knownFrom(secret: AlphaSecret): Known {
  const text = `signature=${secret.signature}\0`
  const head = Buffer.from('5ea3a41700000000', 'hex')
  head.writeUInt16BE(Math.ceil(text.length / 4) * 4, 6)
  const { key, vector } = alphaKey(secret)
  const first = Buffer.concat([head, Buffer.alloc(4), Buffer.from(text)]).subarray(0, BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, vector).setAutoPadding(false)
  return { secret, magic: latin1(cipher.update(first)) }
}

export const KNOWN: readonly Known[] = ALPHA_SECRETS.map(knownFrom)

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
