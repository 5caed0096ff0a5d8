import { createDecipheriv, type Decipheriv } from 'node:crypto'
import { type Bytes, forEachWindow } from '@messlatte/bytes'
import { HEADER, provesKey, type ShrsHeader, sha512 } from './parse.ts'

const WINDOW = 256 * 1024
const SAMPLE = 256
/** Different values in a sample: encrypted or compressed bytes have about 162, headers and texts fewer. */
const PLAIN = 130

/** The key that fits: the one that makes something of the first bytes, or else the one that the digest proves. */
export function fittingKey(
  bytes: Bytes,
  at: number,
  header: ShrsHeader,
  keys: readonly Uint8Array[],
): Uint8Array | undefined {
  const { plainLength, cipherLength } = header
  const from = at + HEADER
  const sample = Math.min(SAMPLE, plainLength, Math.floor((bytes.size - from) / 16) * 16)
  const readable = keys.find((key) => {
    const start = decipher(key, header).update(bytes.view(from, Math.ceil(sample / 16) * 16))
    return sample === SAMPLE && new Set(start.subarray(0, sample)).size < PLAIN
  })
  if (readable || from + cipherLength > bytes.size) return readable
  return keys.find((key) => {
    const hash = sha512()
    decryptShrs(bytes, at, header, key, (chunk) => hash.update(chunk))
    return provesKey(hash, key, header)
  })
}

/** Decrypts what is there, without the padding. */
export function decryptShrs(
  bytes: Bytes,
  at: number,
  header: ShrsHeader,
  key: Uint8Array,
  write: (chunk: Uint8Array) => void,
): void {
  const from = at + HEADER
  const blocks = Math.floor(Math.min(header.cipherLength, bytes.size - from) / 16)
  const cipher = decipher(key, header)
  let left = header.plainLength
  forEachWindow(bytes, from, from + blocks * 16, WINDOW, 0, (window) => {
    const plain = cipher.update(window)
    write(plain.subarray(0, Math.min(plain.length, left)))
    left -= plain.length
    return left > 0
  })
}

function decipher(key: Uint8Array, { iv }: ShrsHeader): Decipheriv {
  return createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false)
}
