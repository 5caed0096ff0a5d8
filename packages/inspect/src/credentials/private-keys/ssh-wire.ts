import { createPublicKey, type KeyObject } from 'node:crypto'
import { latin1, Reader } from '@messlatte/bytes'
import { dsaPublicKey } from './dsa.ts'

/** Curves by the names that SSH gives them (RFC 5656): OpenSSL's name, that of JWK, and bytes of a coordinate. */
export const SSH_CURVES: Readonly<
  Record<string, { readonly openssl: string; readonly jwk: string; readonly bytes: number }>
> = {
  nistp256: { openssl: 'prime256v1', jwk: 'P-256', bytes: 32 },
  nistp384: { openssl: 'secp384r1', jwk: 'P-384', bytes: 48 },
  nistp521: { openssl: 'secp521r1', jwk: 'P-521', bytes: 66 },
}

const MOST_STRING = 16 * 1024

/** A length-prefixed string of RFC 4251. */
export function sshString(reader: Reader): Uint8Array {
  return reader.take(Math.min(reader.u32(), MOST_STRING))
}

export function sshText(reader: Reader): string {
  return latin1(sshString(reader))
}

/** A multiple-precision integer of RFC 4251, never negative here. */
export function sshInteger(reader: Reader): bigint {
  return BigInt(`0x0${Buffer.from(sshString(reader)).toString('hex')}`)
}

/**
 * The key of a public blob (RFC 4253, RFC 5656, RFC 8709).
 * @throws BytesError and errors of node:crypto where it is none
 */
export function publicKeyOfBlob(blob: Uint8Array): KeyObject | undefined {
  const reader = new Reader(blob, 'big')
  const type = sshText(reader)
  if (type === 'ssh-rsa') {
    const e = sshInteger(reader)
    return rsaPublicKey(sshInteger(reader), e)
  }
  if (type === 'ssh-ed25519') return ed25519PublicKey(sshString(reader))
  if (type === 'ssh-dss') {
    const [p, q, g] = [sshInteger(reader), sshInteger(reader), sshInteger(reader)]
    return dsaPublicKey(p, q, g, sshInteger(reader))
  }
  const curve = /^ecdsa-sha2-(nistp\d{3})$/.exec(type)?.[1]
  if (curve === undefined || sshText(reader) !== curve) return undefined
  return ecPublicKey(curve, sshString(reader))
}

/** A secret number in full length, big endian. */
export function scalarBytes(scalar: bigint, length: number): Buffer {
  return Buffer.from(scalar.toString(16).padStart(length * 2, '0'), 'hex')
}

export function rsaPublicKey(n: bigint, e: bigint): KeyObject {
  return createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: base64url(n), e: base64url(e) } })
}

export function ed25519PublicKey(raw: Uint8Array): KeyObject {
  return createPublicKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') },
  })
}

/** @param point uncompressed: 4, x, y */
export function ecPublicKey(curve: string, point: Uint8Array): KeyObject | undefined {
  const known = SSH_CURVES[curve]
  if (!known || point.length !== 1 + 2 * known.bytes || point[0] !== 4) return undefined
  const [x, y] = [point.subarray(1, 1 + known.bytes), point.subarray(1 + known.bytes)].map((part) =>
    Buffer.from(part).toString('base64url'),
  )
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: known.jwk, x, y } })
}

function base64url(value: bigint): string {
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex').toString('base64url')
}
