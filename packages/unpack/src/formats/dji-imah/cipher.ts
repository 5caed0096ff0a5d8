import { createDecipheriv, type Decipheriv } from 'node:crypto'
import { type Bytes, forEachWindow } from '@messlatte/bytes'
import { type Stored, wordSum } from '../members.ts'
import { PUBLISHED_KEYS } from './keys.ts'
import type { Imah, ImahChunk } from './parse.ts'

const KEY = 16
const WINDOW = 256 * 1024

/** Plain data, because it travels with the plan. */
export interface ChunkCipher {
  readonly mode: 'aes-128-cbc' | 'aes-128-ctr'
  /** In hex. */
  readonly key: string
  readonly vector: string
  /** With the bytes that fill its last block. */
  readonly stored: Stored
}

/** Of each encrypted chunk in turn; undefined where no key fits, or none can be told from the others. */
export function cipherOf(
  bytes: Bytes,
  image: Imah,
  handedIn: readonly Uint8Array[],
): ReadonlyMap<ImahChunk, ChunkCipher> | undefined {
  const published = PUBLISHED_KEYS.get(image.keyName) ?? []
  if (image.version < 2) {
    const [only, ...others] = published
    return only !== undefined && others.length === 0 ? chunkCiphers(image, only) : undefined
  }
  const own = handedIn.filter((key) => key.length === KEY).map((key) => Buffer.from(key).toString('hex'))
  for (const key of [...own, ...published]) {
    const ciphers = chunkCiphers(image, key)
    if (plainSum(bytes, image, ciphers) === image.plainSum) return ciphers
  }
  return undefined
}

/** Versions 0 and 1 begin anew with each chunk; in version 2 the counter goes on, and blocks are of 32 bytes. */
function chunkCiphers(image: Imah, imageKey: string): ReadonlyMap<ImahChunk, ChunkCipher> {
  const unlocking = createDecipheriv('aes-128-ecb', Buffer.from(imageKey, 'hex'), null)
  const key =
    image.version === 0 ? imageKey : unlocking.setAutoPadding(false).update(image.scramble).toString('hex')
  const block = image.version === 2 ? 2 * KEY : KEY
  const ciphers = new Map<ImahChunk, ChunkCipher>()
  let counter = 0
  for (const chunk of image.chunks) {
    if (!chunk.encrypted) continue
    const stored = { at: chunk.at, length: Math.ceil(chunk.length / block) * block }
    const vector = Buffer.alloc(KEY)
    if (image.version === 0) vector.set(image.scramble)
    if (image.version === 2) vector.writeUInt32BE(counter, KEY - 4)
    counter += stored.length / KEY
    const mode = image.version === 2 ? 'aes-128-ctr' : 'aes-128-cbc'
    ciphers.set(chunk, { mode, key, vector: vector.toString('hex'), stored })
  }
  return ciphers
}

function decipherOf({ mode, key, vector }: ChunkCipher): Decipheriv {
  return createDecipheriv(mode, Buffer.from(key, 'hex'), Buffer.from(vector, 'hex')).setAutoPadding(false)
}

/** What is there of a chunk, deciphered; `length` bytes of it at most. */
export function writeChunk(
  bytes: Bytes,
  cipher: ChunkCipher,
  length: number,
  write: (chunk: Uint8Array) => void,
): void {
  const { at, length: whole } = cipher.stored
  const there = Math.min(whole, bytes.size - at)
  const decipher = decipherOf(cipher)
  let left = length
  forEachWindow(bytes, at, at + there - (there % KEY), WINDOW, 0, (window) => {
    const plain = decipher.update(window)
    write(plain.subarray(0, left))
    left -= Math.min(left, plain.length)
    return left > 0
  })
}

/** The sum of the words of all chunks as they are once they are deciphered; nothing where the image is cut off. */
function plainSum(
  bytes: Bytes,
  image: Imah,
  ciphers: ReadonlyMap<ImahChunk, ChunkCipher>,
): number | undefined {
  let sum = 0
  for (const chunk of image.chunks) {
    const cipher = ciphers.get(chunk)
    const { at, length } = cipher?.stored ?? chunk
    if (at + length > bytes.size) return undefined
    if (cipher)
      writeChunk(bytes, cipher, length, (plain) => {
        sum = (sum + wordsOf(plain)) >>> 0
      })
    else sum = (sum + wordSum(bytes, at, length)) >>> 0
  }
  return sum
}

/** Windows are whole blocks, and so whole words. */
function wordsOf(plain: Uint8Array): number {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength)
  let sum = 0
  for (let at = 0; at + 4 <= plain.length; at += 4) sum = (sum + view.getUint32(at, true)) >>> 0
  return sum
}
