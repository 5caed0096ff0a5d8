import { createCipheriv } from 'node:crypto'
import type { KeyMaterial } from '../contract.ts'

/** The AES keys of one length (bytes) that files hold, as they are or in hex digits. */
export function nxpKeys(keys: readonly KeyMaterial[], length: number): readonly Buffer[] {
  return keys.flatMap(({ bytes }) => {
    if (bytes.length === length) return [Buffer.from(bytes)]
    if (bytes.length > 4 * length) return []
    const text = Buffer.from(bytes).toString('latin1').trim().replace(/^0x/i, '')
    return text.length === 2 * length && /^[0-9a-f]+$/i.test(text) ? [Buffer.from(text, 'hex')] : []
  })
}

/** Blocks that AES enciphers each for itself: how NXP derives keys from a key of 32 bytes. */
export function aesBlocks(key: Uint8Array, blocks: Uint8Array): Buffer {
  return createCipheriv(key.length === 32 ? 'aes-256-ecb' : 'aes-128-ecb', key, null)
    .setAutoPadding(false)
    .update(blocks)
}
