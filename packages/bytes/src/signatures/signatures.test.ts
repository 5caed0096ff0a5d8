import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
  sign,
} from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CURVES, type CurveName } from './curves.ts'
import { recoverKeys, verifiesEcdsa } from './ecdsa.ts'
import { verifiesPkcs1 } from './pkcs1.ts'
import { verifiesPss } from './pss.ts'
import { ecSpki, readPublicKey, rsaSpki } from './public-key.ts'

const NODE_NAMES: readonly (readonly [CurveName, string])[] = [
  ['P-192', 'prime192v1'],
  ['P-256', 'prime256v1'],
  ['P-384', 'secp384r1'],
  ['P-521', 'secp521r1'],
  ['secp256k1', 'secp256k1'],
  ['brainpoolP256r1', 'brainpoolP256r1'],
  ['brainpoolP256t1', 'brainpoolP256t1'],
  ['brainpoolP384r1', 'brainpoolP384r1'],
  ['brainpoolP512r1', 'brainpoolP512r1'],
]
const MESSAGE = Buffer.from('what is signed')

function digestOf(algorithm: string): Buffer {
  return createHash(algorithm).update(MESSAGE).digest()
}

function spkiOf(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}

/** A signature whose first byte is 0, as one in 256 has it: OpenSSL takes it without that byte too. */
function startingWithZero(make: () => Buffer): Buffer {
  for (;;) {
    const signature = make()
    if (signature[0] === 0) return signature
  }
}

function flipped(bytes: Uint8Array, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] as number) ^ 1
  return changed
}

describe.each(NODE_NAMES)('ECDSA over %s', (name, namedCurve) => {
  const { size, n } = CURVES[name]
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve })
  const point = spkiOf(publicKey).subarray(-2 * size)
  const signed = (algorithm: string) =>
    sign(algorithm, MESSAGE, { key: privateKey, dsaEncoding: 'ieee-p1363' })

  it('agrees with node on signatures over digests of every length', () => {
    for (const algorithm of ['sha1', 'sha256', 'sha384', 'sha512']) {
      for (let round = 0; round < 4; round++) {
        expect(verifiesEcdsa(name, point, signed(algorithm), digestOf(algorithm))).toBe(true)
      }
    }
  })

  it('refuses another digest, another key, and any changed byte of the signature', () => {
    const signature = signed('sha256')
    expect(verifiesEcdsa(name, point, signature, digestOf('sha384'))).toBe(false)
    const other = generateKeyPairSync('ec', { namedCurve }).publicKey
    expect(verifiesEcdsa(name, spkiOf(other).subarray(-2 * size), signature, digestOf('sha256'))).toBe(false)
    for (let at = 0; at < signature.length; at += 7)
      expect(verifiesEcdsa(name, point, flipped(signature, at), digestOf('sha256'))).toBe(false)
  })

  it('refuses numbers that no signature has, points off the curve, and other lengths', () => {
    const digest = digestOf('sha256')
    const signature = signed('sha256')
    const zero = Buffer.alloc(size)
    const order = Buffer.from(n.toString(16).padStart(size * 2, '0'), 'hex')
    const [r, s] = [signature.subarray(0, size), signature.subarray(size)]
    for (const bad of [
      [zero, s],
      [r, zero],
      [order, s],
      [r, order],
      [zero, zero],
    ])
      expect(verifiesEcdsa(name, point, Buffer.concat(bad), digest)).toBe(false)
    expect(verifiesEcdsa(name, flipped(point, 3), signature, digest)).toBe(false)
    expect(verifiesEcdsa(name, Buffer.alloc(2 * size), signature, digest)).toBe(false)
    expect(verifiesEcdsa(name, point, signature.subarray(1), digest)).toBe(false)
    expect(readPublicKey(ecSpki(name, flipped(point, 3)))).toBeUndefined()
    expect(readPublicKey(ecSpki(name, point))).toMatchObject({ type: 'ec', curve: name })
  })

  it('finds the key that made a signature', () => {
    for (let round = 0; round < 4; round++) {
      const keys = recoverKeys(name, signed('sha256'), digestOf('sha256'))
      expect(keys).toHaveLength(2)
      expect(keys.filter((key) => key.equals(point))).toHaveLength(1)
    }
    expect(recoverKeys(name, Buffer.alloc(2 * size), digestOf('sha256'))).toEqual([])
    expect(recoverKeys(name, Buffer.alloc(2 * size, 0xff), digestOf('sha256'))).toEqual([])
    expect(recoverKeys(name, Buffer.alloc(3), digestOf('sha256'))).toEqual([])
  })

  it('adds a point to itself, and to its opposite', () => {
    // With the generator as the key, u and v add equal points; a digest of -r gives the point at infinity.
    const g = [CURVES[name].gx, CURVES[name].gy].map((value) => value.toString(16).padStart(size * 2, '0'))
    const generator = Buffer.from(g.join(''), 'hex')
    const one = Buffer.alloc(size)
    one[size - 1] = 1
    const minusOne = Buffer.from((n - 1n).toString(16).padStart(size * 2, '0'), 'hex')
    expect(verifiesEcdsa(name, generator, Buffer.concat([one, one]), one)).toBe(false)
    expect(verifiesEcdsa(name, generator, Buffer.concat([one, one]), minusOne)).toBe(false)
  })
})

describe('RSA with PKCS #1 v1.5', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

  it.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)('agrees with node on %s', (hash) => {
    const signature = sign(hash, MESSAGE, privateKey)
    expect(verifiesPkcs1(publicKey, signature, digestOf(hash), hash)).toBe(true)
    expect(verifiesPkcs1(publicKey, signature, flipped(digestOf(hash), 3), hash)).toBe(false)
    for (let at = 0; at < signature.length; at += 31)
      expect(verifiesPkcs1(publicKey, flipped(signature, at), digestOf(hash), hash)).toBe(false)
    expect(verifiesPkcs1(publicKey, signature.subarray(1), digestOf(hash), hash)).toBe(false)
    expect(verifiesPkcs1(publicKey, signature, Buffer.alloc(400), hash)).toBe(false)
  })

  it('refuses a signature without the zero that it starts with', () => {
    let round = 0
    let message = MESSAGE
    const signature = startingWithZero(() => {
      message = Buffer.from(`${round++}`)
      return sign('sha256', message, privateKey)
    })
    const digest = createHash('sha256').update(message).digest()
    expect(verifiesPkcs1(publicKey, signature, digest)).toBe(true)
    expect(verifiesPkcs1(publicKey, signature.subarray(1), digest)).toBe(false)
    expect(verifiesPkcs1(publicKey, Buffer.concat([Buffer.alloc(1), signature]), digest)).toBe(false)
  })

  it('refuses padding that is too short, as forgers of small exponents need it', () => {
    const info = Buffer.concat([
      Buffer.from('3031300d060960864801650304020105000420', 'hex'),
      digestOf('sha256'),
    ])
    const block = Buffer.alloc(256)
    block.set([0, 1, ...Array<number>(8).fill(0xff), 0, ...info])
    const forged = privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, block)
    expect(verifiesPkcs1(publicKey, forged, digestOf('sha256'))).toBe(false)
  })
})

describe('RSA with PSS', () => {
  it('takes other hashes and salts where a format has them', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    for (const hash of ['sha256', 'sha384', 'sha512'] as const) {
      for (const saltLength of [0, 20, 32, 64]) {
        const padding = constants.RSA_PKCS1_PSS_PADDING
        const signature = sign(hash, MESSAGE, { key: privateKey, padding, saltLength })
        expect(verifiesPss(publicKey, signature, digestOf(hash), { hash, salt: saltLength })).toBe(true)
        expect(verifiesPss(publicKey, signature, digestOf(hash), { hash, salt: 'any' })).toBe(true)
        expect(verifiesPss(publicKey, signature, digestOf(hash), { hash, salt: saltLength + 1 })).toBe(false)
        expect(verifiesPss(publicKey, signature, flipped(digestOf(hash), 0), { hash, salt: 'any' })).toBe(
          false,
        )
      }
    }
  })

  const pss = (key: KeyObject, saltLength: number) =>
    sign('sha256', MESSAGE, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength })

  it('refuses a signature without the zero that it starts with', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const signature = startingWithZero(() => pss(privateKey, 32))
    expect(verifiesPss(publicKey, signature, digestOf('sha256'))).toBe(true)
    expect(verifiesPss(publicKey, signature.subarray(1), digestOf('sha256'))).toBe(false)
  })

  it.each([2048, 3072])('agrees with node for %d bits', (modulusLength) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength })
    const signature = pss(privateKey, 32)
    const digest = digestOf('sha256')
    expect(verifiesPss(publicKey, signature, digest)).toBe(true)
    expect(verifiesPss(publicKey, signature, digestOf('sha384').subarray(0, 32))).toBe(false)
    for (let at = 0; at < signature.length; at += 31)
      expect(verifiesPss(publicKey, flipped(signature, at), digest)).toBe(false)
    expect(verifiesPss(publicKey, signature.subarray(1), digest)).toBe(false)
    for (const salt of [0, 20, 33]) expect(verifiesPss(publicKey, pss(privateKey, salt), digest)).toBe(false)
    expect(verifiesPss(publicKey, sign('sha256', MESSAGE, privateKey), digest)).toBe(false)

    const { n, e } = publicKey.export({ format: 'jwk' }) as { n: string; e: string }
    const again = rsaSpki(Buffer.from(n, 'base64url'), Buffer.from([0, ...Buffer.from(e, 'base64url')]))
    expect(again).toEqual(spkiOf(publicKey))
    expect(readPublicKey(spkiOf(publicKey))).toMatchObject({ type: 'rsa', bits: modulusLength })
  })
})

describe('a public key', () => {
  it('is one of three kinds, or none', () => {
    const ed25519 = spkiOf(generateKeyPairSync('ed25519').publicKey)
    expect(readPublicKey(ed25519)).toMatchObject({ type: 'ed25519' })
    expect(readPublicKey(spkiOf(generateKeyPairSync('x25519').publicKey))).toBeUndefined()
    expect(
      readPublicKey(spkiOf(generateKeyPairSync('ec', { namedCurve: 'secp224r1' }).publicKey)),
    ).toBeUndefined()
    expect(readPublicKey(ed25519.subarray(1))).toBeUndefined()
    expect(readPublicKey(rsaSpki(Buffer.alloc(4), Buffer.alloc(1)) ?? ed25519.subarray(1))).toBeUndefined()
    expect(createPublicKey({ key: ed25519, format: 'der', type: 'spki' }).asymmetricKeyType).toBe('ed25519')
  })
})
