import type { Bytes } from '@messlatte/bytes'
import { attempt } from '../attempt.ts'
import type { KeyIdentity } from '../facts.ts'
import { identityOf } from '../identity.ts'
import { type KeyRead, privateKey } from '../read-key.ts'
import { ed25519PublicKey } from '../ssh-wire.ts'
import { ed25519Pair, ed25519Seed, x25519Public, x25519Scalar } from './seeds.ts'
import { textAt } from './text.ts'

const SEED = 32
const PAIR = 64
/** A file with more than a key, a break and some spaces is something else. */
const MOST_TEXT = 140

/** Files whose name says that they hold a public key. */
const PUBLIC_NAME = /pub/i

/**
 * A file that is nothing but 32 or 64 bytes, as they are or as hex or base 64. 64 bytes are a key where the second half is the
 * public key of the first (libsodium); 32 bytes are a candidate for the reduce phase, by what they would be on either curve.
 */
export function readRaw(bytes: Bytes, name: string): (KeyRead & { readonly length: number }) | undefined {
  const raw = rawOf(bytes)
  if (!raw || new Set(raw).size < 8) return undefined
  const length = bytes.size
  if (raw.length === PAIR) {
    const pair = ed25519Pair(raw)
    const key = pair && privateKey(pair, 'ed25519-pair')
    return key && { ...key, length }
  }
  const open = PUBLIC_NAME.test(name)
  const identities = [
    attempt(() => identityOf(open ? ed25519PublicKey(raw) : ed25519Seed(raw))),
    attempt(() => identityOf(open ? x25519Public(raw) : x25519Scalar(raw))),
  ].filter((identity): identity is KeyIdentity => identity !== undefined)
  return { half: open ? 'candidate-public' : 'candidate', identities, container: 'raw', name: '', length }
}

function rawOf(bytes: Bytes): Buffer | undefined {
  if (bytes.size === SEED || bytes.size === PAIR) {
    const raw = Buffer.from(bytes.view(0, bytes.size))
    // 64 characters of hex are 32 bytes.
    return fromText(raw.toString('latin1')) ?? raw
  }
  return bytes.size <= MOST_TEXT ? fromText(textAt(bytes, 0, MOST_TEXT)) : undefined
}

function fromText(text: string): Buffer | undefined {
  const word = text.trim()
  if (/^(?:[0-9a-f]{64}|[0-9a-f]{128})$/i.test(word)) return Buffer.from(word, 'hex')
  if (/^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$/.test(word)) return Buffer.from(word, 'base64')
  return undefined
}
