import { createDecipheriv } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { Bytes } from '@messlatte/bytes'
import type { KeyMaterial } from '../../contract.ts'
import { copyStretch, type Stored } from '../members.ts'
import type { RblHeader } from './parse.ts'

/** Bytes of a key with its vector: in this order, as ltchiptool takes them. */
const KEY = 32
const VECTOR = 16
/** What RT-Thread's packaging tool proposes, and LibreTiny's boards have: published with both. */
const PUBLISHED = Buffer.from('0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF', 'latin1')
const FNV_START = 0x811c_9dc5
const FNV_PRIME = 0x0100_0193

/** The content in the clear, still packed; undefined where the key does not fit. `key` is -1 for the published one. */
export function decryptRbl(
  bytes: Bytes,
  { at, length }: Stored,
  header: RblHeader,
  key: number,
  keys: readonly KeyMaterial[],
): Uint8Array | undefined {
  const material = key < 0 ? PUBLISHED : keys[key]?.bytes
  if (material?.length !== KEY + VECTOR || length === 0 || length % VECTOR !== 0) return undefined
  const stored = Buffer.alloc(length)
  copyStretch(bytes, at, stored)
  try {
    const decipher = createDecipheriv('aes-256-cbc', material.subarray(0, KEY), material.subarray(KEY))
    const plain = Buffer.concat([decipher.update(stored), decipher.final()])
    return fitsHash(plain, header) ? plain : undefined
  } catch {
    // Padding that another key makes of it.
    return undefined
  }
}

/** Which of the keys fits; -1 for the published one. */
export function findRblKey(
  bytes: Bytes,
  content: Stored,
  header: RblHeader,
  keys: readonly KeyMaterial[],
): number | undefined {
  if (header.encryption !== 'aes-256' || content.at + content.length > bytes.size) return undefined
  return [-1, ...keys.keys()].find((key) => decryptRbl(bytes, content, header, key, keys) !== undefined)
}

/** The hash is one of the content unpacked: correct padding alone says too little. */
function fitsHash(plain: Buffer, { compression, rawBytes, hash }: RblHeader): boolean {
  switch (compression) {
    case 'none':
      return plain.length >= rawBytes && fnv(plain.subarray(0, rawBytes)) === hash
    case 'gzip':
      return fnv(gunzipSync(plain, { maxOutputLength: Math.max(1, rawBytes) })) === hash
    case 'quicklz':
    case 'fastlz':
      return false
  }
}

function fnv(content: Uint8Array): number {
  let hash = FNV_START
  for (const byte of content) hash = Math.imul(hash ^ byte, FNV_PRIME)
  return hash >>> 0
}
