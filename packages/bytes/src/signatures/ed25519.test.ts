import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ed25519Preamble, verifiesEd25519Hash } from './ed25519.ts'

function holds(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const hash = createHash('sha512').update(ed25519Preamble(key, signature)).update(message).digest()
  return verifiesEd25519Hash(key, signature, hash)
}

function flipped(bytes: Uint8Array, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] as number) ^ 1
  return changed
}

const hex = (text: string) => Buffer.from(text, 'hex')

describe('Ed25519 by the hash', () => {
  it('takes the vectors of RFC 8032, section 7.1', () => {
    const vectors = [
      [
        'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
        '',
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
      ],
      [
        '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
        '72',
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
      ],
    ] as const
    for (const [key, message, signature] of vectors)
      expect(holds(hex(key), hex(message), hex(signature))).toBe(true)
  })

  it('agrees with node, also where something is changed', () => {
    for (let round = 0; round < 6; round++) {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519')
      const key = publicKey.export({ type: 'spki', format: 'der' }).subarray(12)
      const message = createHash('sha256').update(String(round)).digest().subarray(0, round)
      const signature = sign(null, message, privateKey)
      expect(holds(key, message, signature)).toBe(true)
      expect(holds(key, Buffer.from('another'), signature)).toBe(false)
      for (let at = round; at < 64; at += 13)
        expect(holds(key, message, flipped(signature, at))).toBe(
          verify(null, message, publicKey, flipped(signature, at)),
        )
      for (let at = round; at < 32; at += 9) expect(holds(flipped(key, at), message, signature)).toBe(false)
    }
  })

  it('refuses an s that is not reduced, points that are none, and other lengths', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const key = publicKey.export({ type: 'spki', format: 'der' }).subarray(12)
    const signature = sign(null, Buffer.from('m'), privateKey)
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`)
    const larger = (s + 2n ** 252n + 27742317777372353535851937790883648493n).toString(16).padStart(64, '0')
    const changed = Buffer.concat([signature.subarray(0, 32), hex(larger).reverse()])
    expect(holds(key, Buffer.from('m'), changed)).toBe(false)
    expect(holds(Buffer.alloc(32, 0xff), Buffer.from('m'), signature)).toBe(false)
    expect(holds(key.subarray(1), Buffer.from('m'), signature)).toBe(false)
    expect(holds(key, Buffer.from('m'), signature.subarray(1))).toBe(false)
  })
})
