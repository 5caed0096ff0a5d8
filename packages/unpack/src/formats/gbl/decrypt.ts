import { createDecipheriv, type Decipheriv } from 'node:crypto'
import { type Bytes, forEachWindow, memoryBytes, Reader } from '@messlatte/bytes'
import type { KeyMaterial } from '../../contract.ts'
import type { Tag } from '../silabs-tags.ts'
import { type Gbl, KIND } from './parse.ts'

const START = 0xfa0606fa
export const ENCRYPTED = 0xf90707f9
/** Sizes in bytes. */
const START_LENGTH = 16
const NONCE_AT = 4
const KEY = 16
const TAG_HEADER = 8
const WINDOW = 256 * 1024
/** Bytes: no chip with this boot loader has more memory. */
export const MOST_ENCRYPTED = 16 * 1024 * 1024

/** What is encrypted; undefined where it is nothing. */
export interface Encrypted {
  readonly nonce: Uint8Array
  /** Those of all tags together are one text. */
  readonly parts: readonly Tag[]
  /** Bytes. */
  readonly length: number
}

export function encryptedOf(bytes: Bytes, { tags }: Gbl): Encrypted | undefined {
  const start = tags.find(({ id, length }) => id === START && length === START_LENGTH)
  const parts = tags.filter(({ id }) => id === ENCRYPTED)
  const last = parts.at(-1)
  if (!start || !last || last.at + last.length > bytes.size) return undefined
  const nonce = Buffer.from(bytes.view(start.at + NONCE_AT, START_LENGTH - NONCE_AT))
  return { nonce, parts, length: parts.reduce((sum, { length }) => sum + length, 0) }
}

/** Which key fits: what it decrypts begins with a tag. */
export function findKey(
  bytes: Bytes,
  encrypted: Encrypted,
  keys: readonly KeyMaterial[],
): number | undefined {
  const index = keys.findIndex((key) => {
    const beginning = decryptUpTo(bytes, encrypted, key, TAG_HEADER)
    if (beginning?.length !== TAG_HEADER) return false
    const reader = new Reader(beginning, 'little')
    return KIND.names[reader.u32()] !== undefined && TAG_HEADER + reader.u32() <= encrypted.length
  })
  return index < 0 ? undefined : index
}

/** The tags in the clear, one behind the other. */
export function decryptTags(
  bytes: Bytes,
  encrypted: Encrypted,
  key: KeyMaterial | undefined,
): Bytes | undefined {
  const plain = key && decryptUpTo(bytes, encrypted, key, encrypted.length)
  return plain && memoryBytes(plain)
}

function decryptUpTo(
  bytes: Bytes,
  { nonce, parts }: Encrypted,
  material: KeyMaterial,
  most: number,
): Buffer | undefined {
  const key = keyOf(material)
  if (!key) return undefined
  const decipher = counterMode(key, nonce)
  const plain = Buffer.alloc(most)
  let done = 0
  for (const { at, length } of parts) {
    const wanted = Math.min(length, most - done)
    forEachWindow(bytes, at, at + wanted, WINDOW, 0, (window) => {
      done += decipher.update(window).copy(plain, done)
      return true
    })
  }
  return plain.subarray(0, done)
}

/** The counter of CCM, whose last three bytes count from 1: the code over the plain text is not there. */
function counterMode(key: Uint8Array, nonce: Uint8Array): Decipheriv {
  return createDecipheriv(
    'aes-128-ctr',
    key,
    Buffer.concat([Buffer.from([2]), nonce, Buffer.from([0, 0, 1])]),
  )
}

/** 16 bytes, or a file of tokens in which they are hex digits. */
function keyOf({ bytes }: KeyMaterial): Uint8Array | undefined {
  if (bytes.length === KEY) return bytes
  const digits = /(?<![\dA-F])[\dA-F]{32}(?![\dA-F])/i.exec(Buffer.from(bytes).toString('latin1', 0, 4096))
  return digits ? Buffer.from(digits[0], 'hex') : undefined
}
