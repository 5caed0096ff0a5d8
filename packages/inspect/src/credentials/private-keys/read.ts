import { createHash, createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import { printable } from '../printable.ts'
import { isEncryptedKeyInfo, sequenceAt } from './der.ts'
import type { KeyContainer, KeyEncoding, KeyIdentity } from './facts.ts'
import { identityOf, isWhole } from './identity.ts'
import { type PemBlock, pemBlockAt } from './pem.ts'
import { dropbearKey, opensshKey } from './ssh-private.ts'
import { publicKeyOfBlob } from './ssh-wire.ts'

/** What was read, and how many bytes it takes. */
export type FoundKey = KeyRead & { readonly length: number; readonly encoding: KeyEncoding }

type KeyRead = { readonly container: KeyContainer; readonly name: string } & (
  | { readonly half: 'private'; readonly identity: KeyIdentity }
  | { readonly half: 'encrypted'; readonly identity: KeyIdentity | undefined }
  | {
      readonly half: 'public'
      readonly identity: KeyIdentity
      readonly certificateSha256: string | undefined
    }
)

const MOST_NAME = 200
const MOST_LINE = 8 * 1024
const MOST_DROPBEAR = 16 * 1024

/** A complete PEM block; undefined where nothing in it is a key that really parses. */
export function readPem(bytes: Bytes, offset: number): FoundKey | undefined {
  const block = pemBlockAt(bytes, offset)
  if (!block) return undefined
  const found = attempt(() => readBlock(block))
  return found && { ...found, length: block.length, encoding: block.writtenOut ? 'pem-written-out' : 'pem' }
}

function readBlock({ label, content, encrypted }: PemBlock): KeyRead | undefined {
  switch (label) {
    case 'RSA PRIVATE KEY':
      return encrypted ? encryptedKey('pkcs1', content.length % 8 === 0) : privateDer(content, 'pkcs1')
    case 'EC PRIVATE KEY':
      return encrypted ? encryptedKey('sec1', content.length % 8 === 0) : privateDer(content, 'sec1')
    case 'DSA PRIVATE KEY':
      return encrypted ? encryptedKey('dsa', content.length % 8 === 0) : privateDsa(content)
    case 'PRIVATE KEY':
      return privateDer(content, 'pkcs8')
    case 'ENCRYPTED PRIVATE KEY':
      return encryptedKey('pkcs8', isEncryptedKeyInfo(content))
    case 'OPENSSH PRIVATE KEY':
      return openssh(content)
    case 'CERTIFICATE':
    case 'X509 CERTIFICATE':
      return certificate(content)
    case 'PUBLIC KEY':
      return publicKey(createPublicKey({ key: content, format: 'der', type: 'spki' }), 'spki')
    case 'RSA PUBLIC KEY':
      return publicKey(createPublicKey({ key: content, format: 'der', type: 'pkcs1' }), 'pkcs1')
    default:
      return undefined
  }
}

/**
 * A key of one of these kinds, or a certificate, in DER without a name. Inside of other bytes, `pkcs8` with Ed25519 or
 * X25519 is not asked for: after its fixed beginning any 32 bytes are a key, so nothing tells it from that beginning alone.
 */
export function readDer(
  bytes: Bytes,
  offset: number,
  kinds: readonly ('pkcs1' | 'sec1' | 'pkcs8' | 'certificate')[],
): FoundKey | undefined {
  const der = sequenceAt(bytes, offset)
  if (!der) return undefined
  for (const kind of kinds) {
    const found = attempt(() => (kind === 'certificate' ? certificate(der) : privateDer(der, kind)))
    if (found) return { ...found, length: der.length, encoding: 'der' }
  }
  return undefined
}

/** A private key as Dropbear stores it. */
export function readDropbear(bytes: Bytes, offset: number): FoundKey | undefined {
  const view = bytes.view(offset, Math.min(MOST_DROPBEAR, bytes.size - offset))
  return attempt(() => {
    const key = dropbearKey(view)
    const identity = key && identityOf(key.publicKey)
    if (!identity) return undefined
    return {
      half: 'private',
      identity,
      container: 'dropbear',
      name: '',
      length: key.length,
      encoding: 'binary',
    }
  })
}

/** A public key of SSH in a line of text: type, base 64, comment. */
export function readSshLine(bytes: Bytes, offset: number): FoundKey | undefined {
  const view = bytes.view(offset, Math.min(MOST_LINE, bytes.size - offset))
  const match = /^[a-z0-9-]{7,20} ([A-Za-z0-9+/]{40,}={0,2})(?: ([^\r\n\0]{0,200}))?/.exec(
    Buffer.from(view).toString('latin1'),
  )
  if (!match) return undefined
  const [all, base64 = '', comment = ''] = match
  const found = attempt(() => {
    const key = publicKeyOfBlob(Buffer.from(base64, 'base64'))
    return key && publicKey(key, 'openssh-public')
  })
  return found && { ...found, name: named(comment), length: all.length, encoding: 'line' }
}

function privateDer(der: Uint8Array, type: 'pkcs1' | 'sec1' | 'pkcs8'): KeyRead | undefined {
  const key = createPrivateKey({ key: Buffer.from(der), format: 'der', type })
  // OpenSSL takes either of the two old forms for the other.
  const fits = type === 'pkcs8' || key.asymmetricKeyType === (type === 'pkcs1' ? 'rsa' : 'ec')
  return fits ? privateKey(key, type) : undefined
}

/** DSA has no DER type in Node, but a PEM one. */
function privateDsa(der: Buffer): KeyRead | undefined {
  const key = `-----BEGIN DSA PRIVATE KEY-----\n${der.toString('base64')}\n-----END DSA PRIVATE KEY-----\n`
  return privateKey(createPrivateKey(key), 'dsa')
}

function privateKey(key: KeyObject, container: KeyContainer): KeyRead | undefined {
  const identity = isWhole(key) ? identityOf(key) : undefined
  return identity && { half: 'private', identity, container, name: '' }
}

function openssh(content: Uint8Array): KeyRead | undefined {
  const key = opensshKey(content)
  const identity = key && identityOf(key.publicKey)
  if (!identity) return undefined
  const half = key.encrypted ? 'encrypted' : 'private'
  return { half, identity, container: 'openssh', name: named(key.comment) }
}

function encryptedKey(container: KeyContainer, plausible: boolean): KeyRead | undefined {
  return plausible ? { half: 'encrypted', identity: undefined, container, name: '' } : undefined
}

function certificate(der: Uint8Array): KeyRead | undefined {
  const { publicKey: key, subject, raw } = new X509Certificate(der)
  const identity = identityOf(key)
  if (!identity) return undefined
  const certificateSha256 = createHash('sha256').update(raw).digest('hex')
  const name = named((subject ?? '').replaceAll('\n', ', '))
  return { half: 'public', identity, certificateSha256, container: 'certificate', name }
}

function publicKey(key: KeyObject, container: KeyContainer): KeyRead | undefined {
  const identity = identityOf(key)
  return identity && { half: 'public', identity, certificateSha256: undefined, container, name: '' }
}

function named(text: string): string {
  return printable(text.slice(0, MOST_NAME))
}

/** Bytes that are no key after all make the readers and OpenSSL throw; that is the usual case. */
function attempt<T>(read: () => T | undefined): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
