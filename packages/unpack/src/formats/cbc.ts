import { createDecipheriv } from 'node:crypto'
import { type Bytes, BytesError } from '@messlatte/bytes'

const BLOCK = 16

/** AES in CBC mode, as plans carry it: key and vector in hex. */
export interface CbcCipher {
  readonly algorithm: 'aes-128-cbc' | 'aes-256-cbc'
  readonly key: string
  readonly vector: string
}

/** The first `size` bytes of what is encrypted, in the clear: CBC can be read from any block on. */
export function cbcBytes(source: Bytes, { algorithm, key, vector }: CbcCipher, size: number): Bytes {
  const whole = Math.min(size, source.size - (source.size % BLOCK))
  const [secret, first] = [Buffer.from(key, 'hex'), Buffer.from(vector, 'hex')]

  function read(at: number, target: Uint8Array): void {
    if (!(at >= 0 && at + target.length <= whole))
      throw new BytesError('out-of-range', `bytes ${at} to ${at + target.length} lie outside of ${whole}`)
    const from = at - (at % BLOCK)
    const end = Math.ceil((at + target.length) / BLOCK) * BLOCK
    const before = from === 0 ? first : source.view(from - BLOCK, BLOCK)
    const stored = Buffer.alloc(end - from)
    source.copy(from, stored)
    const decipher = createDecipheriv(algorithm, secret, before).setAutoPadding(false)
    target.set(decipher.update(stored).subarray(at - from, at - from + target.length))
  }

  return {
    size: whole,
    view(at, length) {
      const view = Buffer.alloc(length)
      read(at, view)
      return view
    },
    copy: read,
  }
}
