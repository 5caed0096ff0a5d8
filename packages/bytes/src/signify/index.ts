import { ed25519Spki } from '../signatures/public-key.ts'

// Files of signify, usign and minisign: a line with a comment, and one with base64 of `Ed`, the number of the key (8 bytes),
// and the key or the signature. OpenBSD, signify(1), and its source, signify.c: struct pubkey, struct sig.

export const SIGNIFY_COMMENT = 'untrusted comment: '

const ALGORITHM = 'Ed'
const HEADER = 10
const KEY = 32
const SIGNATURE = 64
const MOST_TEXT = 2048

export interface SignifyKey {
  /** Hex, as OpenWrt names the files of keys. */
  readonly id: string
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Buffer
}

export interface SignifySignature {
  readonly id: string
  /** Ed25519 over the message, 64 bytes. */
  readonly signature: Buffer
}

/** A public key; undefined for what is none. */
export function readSignifyKey(content: Uint8Array): SignifyKey | undefined {
  const found = blobOf(content, KEY)
  return found && { id: found.id, spki: ed25519Spki(found.value) }
}

/** A signature; undefined for what is none, and for minisign's over a digest. */
export function readSignifySignature(content: Uint8Array): SignifySignature | undefined {
  const found = blobOf(content, SIGNATURE)
  return found && { id: found.id, signature: found.value }
}

function blobOf(
  content: Uint8Array,
  size: number,
): { readonly id: string; readonly value: Buffer } | undefined {
  const [comment, line] = Buffer.from(content.subarray(0, MOST_TEXT)).toString('latin1').split('\n', 2)
  if (!comment?.startsWith(SIGNIFY_COMMENT) || !line || !/^[A-Za-z0-9+/]+={0,2}\s*$/.test(line))
    return undefined
  const blob = Buffer.from(line, 'base64')
  if (blob.length !== HEADER + size || blob.toString('latin1', 0, 2) !== ALGORITHM) return undefined
  return { id: blob.toString('hex', 2, HEADER), value: blob.subarray(HEADER) }
}
