import { createHmac } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { KeyMaterial } from '../../contract.ts'
import { unwrapAes } from '../aes-wrap.ts'
import { aesBlocks, nxpKeys } from '../nxp-keys.ts'
import { BLOCK, type Sb2 } from './parse.ts'

/** Bytes of the key that wraps those of a file (SBKEK). */
const KEY = 32
const PIECE = 64 * 1024

export interface Sb2Keys {
  readonly cipher: Buffer
  readonly mac: Buffer
}

/** The keys of the file, where one of those handed in unwraps them. */
export function sb2Keys(bytes: Bytes, { keyBlob }: Sb2, keys: readonly KeyMaterial[]): Sb2Keys | undefined {
  const wrapped = bytes.view(keyBlob.at, keyBlob.length).slice()
  for (const key of nxpKeys(keys, KEY)) {
    const pair = unwrapped(key, wrapped)
    if (pair) return { cipher: pair.subarray(0, 32), mac: pair.subarray(32) }
  }
  return undefined
}

function unwrapped(key: Buffer, wrapped: Uint8Array): Buffer | undefined {
  try {
    return unwrapAes(key, wrapped)
  } catch {
    return undefined
  }
}

export function sb2Mac({ mac }: Sb2Keys, content: Uint8Array): Buffer {
  return createHmac('sha256', mac).update(content).digest()
}

/** Whole blocks in clear: the last word of the counter is little endian and counts blocks from the start of the file. */
export function decipherSb2(
  bytes: Bytes,
  { start, nonce, keys }: { readonly start: number; readonly nonce: Uint8Array; readonly keys: Sb2Keys },
  at: number,
  out: Uint8Array,
): void {
  const first = Buffer.from(nonce).readUInt32LE(12) + (at - start) / BLOCK
  for (let done = 0; done < out.length; done += PIECE) {
    const length = Math.min(PIECE, out.length - done)
    const counters = Buffer.alloc(Math.ceil(length / BLOCK) * BLOCK)
    for (let place = 0; place < counters.length; place += BLOCK) {
      counters.set(nonce.subarray(0, 12), place)
      counters.writeUInt32LE((first + (done + place) / BLOCK) % 2 ** 32, place + 12)
    }
    const stream = aesBlocks(keys.cipher, counters)
    const content = bytes.view(at + done, length)
    for (let index = 0; index < length; index++)
      out[done + index] = (content[index] as number) ^ (stream[index] as number)
  }
}
