import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { ed25519PublicKey } from '../ssh-wire.ts'

// 32 bytes and their curve: PKCS#8 (RFC 8410) is a fixed beginning and the bytes.

const ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')
const X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex')
const X25519_PUBLIC = Buffer.from('302a300506032b656e032100', 'hex')

export function ed25519Seed(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([ED25519, seed]), format: 'der', type: 'pkcs8' })
}

export function x25519Scalar(scalar: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([X25519, scalar]), format: 'der', type: 'pkcs8' })
}

export function x25519Public(point: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([X25519_PUBLIC, point]), format: 'der', type: 'spki' })
}

/** The key of 64 bytes whose second half is the public key of the first; undefined for other bytes. */
export function ed25519Pair(both: Uint8Array): KeyObject | undefined {
  if (both.length !== 64) return undefined
  const key = ed25519Seed(both.subarray(0, 32))
  return createPublicKey(key).equals(ed25519PublicKey(both.subarray(32))) ? key : undefined
}

/** Whether 32 bytes are what generators of X25519 keys write: three bits off at the bottom, the top two as 01 (RFC 7748). */
export function isClamped(scalar: Uint8Array): boolean {
  return ((scalar[0] ?? 0) & 7) === 0 && ((scalar[31] ?? 0) & 0xc0) === 0x40
}
