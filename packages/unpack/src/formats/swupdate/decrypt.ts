import { createDecipheriv, type Decipheriv } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { KeyMaterial } from '../../contract.ts'
import type { Stored } from '../members.ts'

const BLOCK = 16
const PIECE = 1024 * 1024

interface AesKey {
  readonly key: Uint8Array
  readonly iv: Uint8Array | undefined
}

/** A key that fits a content, and how large the content is in the clear. */
export interface Fitting extends AesKey {
  readonly iv: Uint8Array
  readonly size: number
}

/** SWUpdate's file of a key (its option -K): the key and mostly an initial vector, in hex, with a space between. */
function parseKeyFile({ bytes }: KeyMaterial): AesKey | undefined {
  if (bytes.length > 1024) return undefined
  const text = Buffer.from(bytes).toString('latin1').trim()
  const found = /^([0-9a-f]{32}|[0-9a-f]{48}|[0-9a-f]{64})(?:\s+([0-9a-f]{32}))?$/i.exec(text)
  if (!found) return undefined
  const [, key = '', iv] = found
  return { key: Buffer.from(key, 'hex'), iv: iv === undefined ? undefined : Buffer.from(iv, 'hex') }
}

/** The first key after whose use the last block is padded as it has to be (PKCS #7). */
export function fittingKey(
  bytes: Bytes,
  content: Stored,
  ivt: string | undefined,
  keys: readonly KeyMaterial[],
): Fitting | undefined {
  if (content.length < BLOCK || content.length % BLOCK !== 0) return undefined
  for (const material of keys) {
    const found = parseKeyFile(material)
    const iv = ivt === undefined ? found?.iv : Buffer.from(ivt, 'hex')
    if (!found || !iv) continue
    const padding = paddingOf(bytes, content, found.key, iv)
    if (padding !== undefined) return { key: found.key, iv, size: content.length - padding }
  }
  return undefined
}

/** A block is decrypted with the one before it, so the last one can be had alone. */
function paddingOf(
  bytes: Bytes,
  { at, length }: Stored,
  key: Uint8Array,
  iv: Uint8Array,
): number | undefined {
  const lastAt = at + length - BLOCK
  const before = length === BLOCK ? iv : bytes.view(lastAt - BLOCK, BLOCK)
  const last = decipherOf(key, before).update(bytes.view(lastAt, BLOCK))
  const padding = last[BLOCK - 1] as number
  if (padding < 1 || padding > BLOCK) return undefined
  return last.subarray(BLOCK - padding).every((byte) => byte === padding) ? padding : undefined
}

/** Fills `out` with the content in the clear. */
export function decryptContent(
  bytes: Bytes,
  { at, length }: Stored,
  key: AesKey & Fitting,
  out: Uint8Array,
): void {
  const decipher = decipherOf(key.key, key.iv)
  for (let done = 0; done < length; done += PIECE) {
    const plain = decipher.update(bytes.view(at + done, Math.min(PIECE, length - done)))
    out.set(plain.subarray(0, Math.max(0, out.length - done)), done)
  }
}

function decipherOf(key: Uint8Array, iv: Uint8Array): Decipheriv {
  return createDecipheriv(`aes-${key.length * 8}-cbc`, key, iv).setAutoPadding(false)
}
