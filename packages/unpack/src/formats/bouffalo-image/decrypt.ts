import { createDecipheriv } from 'node:crypto'
import { type Bytes, memoryBytes } from '@messlatte/bytes'
import type { KeyMaterial } from '../../contract.ts'
import { describeBytes } from '../../entropy.ts'
import { copyStretch } from '../members.ts'
import type { BouffaloImage, Security } from './parse.ts'

const IV = 16
/** By the bytes of the key. */
const CIPHERS: ReadonlyMap<number, string> = new Map([
  [16, 'aes-128-ctr'],
  [24, 'aes-192-ctr'],
  [32, 'aes-256-ctr'],
])

/** Which key fits, by its place. The hash is one of the encrypted bytes: a key fits where what comes out does not look random. */
export function findImageKey(
  bytes: Bytes,
  start: number,
  image: BouffaloImage,
  security: readonly Security[],
  keys: readonly KeyMaterial[],
): number | undefined {
  const index = keys.findIndex((key) => {
    const plain = decryptImage(bytes, start, image, security, key)
    return plain !== undefined && !looksRandom(plain)
  })
  return index < 0 ? undefined : index
}

/** Chi-square of random bytes is 255, give or take 23; here, five of those. */
const RANDOM = [142, 370] as const

function looksRandom(content: Uint8Array): boolean {
  const { chiSquare } = describeBytes(memoryBytes(content), 0, content.length)
  return chiSquare >= RANDOM[0] && chiSquare <= RANDOM[1]
}

/** The image in the clear, right or not; undefined where it is cut off, or the key is none by its length. */
export function decryptImage(
  bytes: Bytes,
  start: number,
  { imageAt, imageBytes }: BouffaloImage,
  security: readonly Security[],
  { bytes: key }: KeyMaterial,
): Uint8Array | undefined {
  const cipher = CIPHERS.get(key.length)
  const iv = security.find(({ name }) => name === 'iv')
  if (!cipher || !iv || start + imageAt + imageBytes > bytes.size) return undefined
  const stored = Buffer.alloc(imageBytes)
  copyStretch(bytes, start + imageAt, stored)
  return createDecipheriv(cipher, key, bytes.view(start + iv.at, IV)).update(stored)
}
