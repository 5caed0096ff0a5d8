import { createPublicKey, type KeyObject } from 'node:crypto'
import { Reader } from '@messlatte/bytes'
import { ed25519Pair } from './containers/seeds.ts'
import { dsaPublicKey, isPowerOf } from './dsa.ts'
import { isPointOf, isProduct } from './identity.ts'
import {
  ecPublicKey,
  publicKeyOfBlob,
  rsaPublicKey,
  SSH_CURVES,
  scalarBytes,
  sshInteger,
  sshString,
  sshText,
} from './ssh-wire.ts'

/** What a private key of SSH is by its public half. */
export interface SshPrivateKey {
  readonly publicKey: KeyObject
  readonly encrypted: boolean
  /** How it is encrypted: `aes256-ctr bcrypt`; empty where it is not. */
  readonly protection: string
  readonly comment: string
  /** Bytes that it took. */
  readonly length: number
}

const OPENSSH_MAGIC = 'openssh-key-v1\0'

/**
 * The content of an `OPENSSH PRIVATE KEY` block (OpenSSH, PROTOCOL.key).
 * @throws BytesError and errors of node:crypto where it is none
 */
export function opensshKey(content: Uint8Array): SshPrivateKey | undefined {
  const reader = new Reader(content, 'big')
  if (reader.latin1(OPENSSH_MAGIC.length) !== OPENSSH_MAGIC) return undefined
  const cipher = sshText(reader)
  const derivation = sshText(reader)
  sshString(reader)
  if (reader.u32() !== 1) return undefined
  const publicKey = publicKeyOfBlob(sshString(reader))
  const secret = new Reader(sshString(reader), 'big')
  if (!publicKey) return undefined
  if (cipher !== 'none')
    return {
      publicKey,
      encrypted: true,
      protection: `${cipher} ${derivation}`,
      comment: '',
      length: content.length,
    }
  const [check, again] = [secret.u32(), secret.u32()]
  if (check !== again) return undefined
  const own = privatePart(secret, sshText(secret), 'openssh')
  if (!own?.equals(publicKey)) return undefined
  return { publicKey, encrypted: false, protection: '', comment: sshText(secret), length: content.length }
}

/**
 * A host key as Dropbear stores it: the public blob, and after it the private numbers.
 * @throws BytesError and errors of node:crypto where it is none
 */
export function dropbearKey(content: Uint8Array): SshPrivateKey | undefined {
  const reader = new Reader(content, 'big')
  const publicKey = privatePart(reader, sshText(reader), 'dropbear')
  return publicKey && { publicKey, encrypted: false, protection: '', comment: '', length: reader.at }
}

/** Reads the numbers behind the type, and gives the public half where both halves belong together. */
function privatePart(reader: Reader, type: string, writer: 'openssh' | 'dropbear'): KeyObject | undefined {
  if (type === 'ssh-rsa') return writer === 'openssh' ? opensshRsa(reader) : dropbearRsa(reader)
  if (type === 'ssh-dss') return dsa(reader)
  if (type === 'ssh-ed25519')
    return writer === 'openssh' ? opensshEd25519(reader) : ed25519(sshString(reader))
  const curve = /^ecdsa-sha2-(nistp\d{3})$/.exec(type)?.[1]
  return curve === undefined ? undefined : ecdsa(reader, curve)
}

function opensshRsa(reader: Reader): KeyObject | undefined {
  const [n, e] = [sshInteger(reader), sshInteger(reader)]
  sshInteger(reader)
  sshInteger(reader)
  const [p, q] = [sshInteger(reader), sshInteger(reader)]
  return isProduct(n, p, q) ? rsaPublicKey(n, e) : undefined
}

function dropbearRsa(reader: Reader): KeyObject | undefined {
  const [e, n] = [sshInteger(reader), sshInteger(reader)]
  sshInteger(reader)
  const [p, q] = [sshInteger(reader), sshInteger(reader)]
  return isProduct(n, p, q) ? rsaPublicKey(n, e) : undefined
}

function opensshEd25519(reader: Reader): KeyObject | undefined {
  sshString(reader)
  return ed25519(sshString(reader))
}

/** @param both 32 bytes of seed and 32 of the public key */
function ed25519(both: Uint8Array): KeyObject | undefined {
  const pair = ed25519Pair(both)
  return pair && createPublicKey(pair)
}

function dsa(reader: Reader): KeyObject | undefined {
  const [p, q, g, y] = [sshInteger(reader), sshInteger(reader), sshInteger(reader), sshInteger(reader)]
  return isPowerOf(g, sshInteger(reader), p, y) ? dsaPublicKey(p, q, g, y) : undefined
}

function ecdsa(reader: Reader, curve: string): KeyObject | undefined {
  const known = SSH_CURVES[curve]
  if (!known || sshText(reader) !== curve) return undefined
  const point = sshString(reader)
  const scalar = scalarBytes(sshInteger(reader), known.bytes)
  return isPointOf(known.openssl, scalar, point) ? ecPublicKey(curve, point) : undefined
}
