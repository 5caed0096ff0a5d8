import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
  privateDecrypt,
  timingSafeEqual,
} from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { KeyMaterial } from '../../contract.ts'
import { unwrapAes } from '../aes-wrap.ts'
import { FLAG_AES256, type McubootImage, type McubootTlv } from './parse.ts'

const INFO = 'MCUBoot_ECIES_v1'
/** Sizes in bytes: a point that is not compressed, and a key of Curve25519. */
const POINT = 65
const X25519_KEY = 32

/** The key of the body, unwrapped with what the user handed in; undefined where that does not fit. MCUboot documentation, Encrypted images. */
export function unwrapKey(
  bytes: Bytes,
  image: McubootImage,
  { bytes: material }: KeyMaterial,
): Uint8Array | undefined {
  const size = (image.flags & FLAG_AES256) !== 0 ? 32 : 16
  for (const tlv of image.tlvs.filter(({ type }) => type >= 0x30 && type <= 0x34)) {
    try {
      const key = unwrapOne(tlv, Buffer.from(bytes.view(tlv.at, tlv.length)), material, size)
      if (key?.length === size) return key
    } catch {
      // OpenSSL's way of saying that the key is another one, or of another kind.
    }
  }
  return undefined
}

function unwrapOne(
  { type }: McubootTlv,
  value: Buffer,
  material: Uint8Array,
  size: number,
): Uint8Array | undefined {
  switch (type) {
    case 0x30:
      return privateDecrypt(
        { key: privateKey(material), oaepHash: 'sha256', padding: constants.RSA_PKCS1_OAEP_PADDING },
        value,
      )
    case 0x31:
      return unwrapAesKw(value, material)
    case 0x32:
      return unwrapEcies(
        privateKey(material),
        pointKey(value.subarray(0, POINT)),
        value.subarray(POINT),
        'sha256',
        size,
      )
    default: {
      const peer = okpKey(value.subarray(0, X25519_KEY))
      const hash = type === 0x34 ? 'sha512' : 'sha256'
      return unwrapEcies(privateKey(material), peer, value.subarray(X25519_KEY), hash, size)
    }
  }
}

function privateKey(material: Uint8Array): KeyObject {
  const key = Buffer.from(material)
  if (key.includes('-----BEGIN')) return createPrivateKey(key)
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

/** RFC 3394; the key is raw, or base64 as imgtool wants it. */
function unwrapAesKw(value: Buffer, material: Uint8Array): Uint8Array {
  const raw = Buffer.from(material)
  const key = raw.length === 16 || raw.length === 32 ? raw : Buffer.from(raw.toString('latin1'), 'base64')
  return unwrapAes(key, value)
}

function pointKey(point: Buffer): KeyObject {
  const [x, y] = [point.toString('base64url', 1, 33), point.toString('base64url', 33)]
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
}

function okpKey(key: Buffer): KeyObject {
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'X25519', x: key.toString('base64url') } })
}

/** The rest of the value: an HMAC, then the key, encrypted with AES in counter mode. */
function unwrapEcies(
  own: KeyObject,
  peer: KeyObject,
  rest: Buffer,
  hash: 'sha256' | 'sha512',
  size: number,
): Uint8Array | undefined {
  const macLength = hash === 'sha256' ? 32 : 64
  const shared = diffieHellman({ privateKey: own, publicKey: peer })
  const derived = Buffer.from(hkdfSync(hash, shared, '', INFO, size + macLength))
  const [mac, wrapped] = [rest.subarray(0, macLength), rest.subarray(macLength)]
  const expected = createHmac(hash, derived.subarray(size)).update(wrapped).digest()
  if (mac.length !== macLength || !timingSafeEqual(mac, expected)) return undefined
  return createCipheriv(`aes-${size * 8}-ctr`, derived.subarray(0, size), Buffer.alloc(16)).update(wrapped)
}

const PIECE = 1024 * 1024

/** Shows the body in the clear, piece by piece. */
export function decryptBody(
  bytes: Bytes,
  { bodyAt, bodyLength }: McubootImage,
  key: Uint8Array,
  show: (piece: Uint8Array, at: number) => void,
): void {
  const decipher = createDecipheriv(`aes-${key.length * 8}-ctr`, key, Buffer.alloc(16))
  const end = Math.min(bodyAt + bodyLength, bytes.size)
  for (let at = bodyAt; at < end; at += PIECE)
    show(decipher.update(bytes.view(at, Math.min(PIECE, end - at))), at - bodyAt)
}
