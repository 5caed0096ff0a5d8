import { createPrivateKey, createPublicKey } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import { attempt } from './attempt.ts'
import { decryptOldPem } from './containers/old-pem.ts'
import { encryptedKeyInfo } from './containers/pbe.ts'
import { sequenceAt } from './der.ts'
import type { KeyContainer, KeyEncoding } from './facts.ts'
import { identityOf } from './identity.ts'
import type { Tries } from './passphrases.ts'
import { type PemBlock, pemBlockAt } from './pem.ts'
import { type KeyRead, named, privateKey, publicKey, readCertificate } from './read-key.ts'
import { dropbearKey, opensshKey } from './ssh-private.ts'
import { publicKeyOfBlob } from './ssh-wire.ts'

/** What was read, and how many bytes it takes. */
export interface FoundKeys {
  readonly keys: readonly KeyRead[]
  readonly length: number
  readonly encoding: KeyEncoding
}

type OldForm = 'pkcs1' | 'sec1' | 'dsa'
export type DerKind = 'pkcs1' | 'sec1' | 'pkcs8' | 'encrypted' | 'certificate'

const MOST_LINE = 8 * 1024
const MOST_DROPBEAR = 16 * 1024

/** A complete PEM block; undefined where nothing in it is a key that really parses. */
export function readPem(bytes: Bytes, offset: number, tries: Tries): FoundKeys | undefined {
  const block = pemBlockAt(bytes, offset)
  if (!block) return undefined
  const found = attempt(() => readBlock(block, tries))
  return (
    found && { keys: [found], length: block.length, encoding: block.writtenOut ? 'pem-written-out' : 'pem' }
  )
}

function readBlock(block: PemBlock, tries: Tries): KeyRead | undefined {
  const { label, content } = block
  switch (label) {
    case 'RSA PRIVATE KEY':
      return oldForm(block, 'pkcs1', tries)
    case 'EC PRIVATE KEY':
      return oldForm(block, 'sec1', tries)
    case 'DSA PRIVATE KEY':
      return oldForm(block, 'dsa', tries)
    case 'PRIVATE KEY':
      return privateDer(content, 'pkcs8')
    case 'ENCRYPTED PRIVATE KEY':
      return encryptedDer(content, tries)
    case 'OPENSSH PRIVATE KEY':
      return openssh(content)
    case 'CERTIFICATE':
    case 'X509 CERTIFICATE':
      return readCertificate(content)
    case 'PUBLIC KEY':
      return publicKey(createPublicKey({ key: content, format: 'der', type: 'spki' }), 'spki')
    case 'RSA PUBLIC KEY':
      return publicKey(createPublicKey({ key: content, format: 'der', type: 'pkcs1' }), 'pkcs1')
    default:
      return undefined
  }
}

function oldForm({ content, dek }: PemBlock, form: OldForm, tries: Tries): KeyRead | undefined {
  const read = (der: Buffer): KeyRead | undefined =>
    form === 'dsa' ? privateDsa(der) : privateDer(der, form)
  if (dek === undefined) return read(content)
  if (content.length % 8 !== 0) return undefined
  const { found, tried, of } = tries.first(1, (passphrase) =>
    attempt(() => {
      const plain = decryptOldPem(dek, content, passphrase)
      return plain && read(plain)
    }),
  )
  if (found?.value.half === 'private') return { ...found.value, opened: found.opened }
  const name = `OpenSSL MD5 ${dek.split(',')[0] ?? ''}`
  return {
    half: 'encrypted',
    identity: undefined,
    container: form,
    name: '',
    protection: { name, tried, of },
  }
}

/** PKCS#8 under a passphrase. */
function encryptedDer(der: Uint8Array, tries: Tries): KeyRead | undefined {
  const info = encryptedKeyInfo(der)
  if (!info) return undefined
  const { protection, data } = info
  const trial =
    protection.cost === undefined
      ? undefined
      : tries.first(protection.cost, (passphrase) =>
          attempt(() => {
            const plain = protection.decrypt(data, passphrase)
            return plain && privateDer(plain, 'pkcs8')
          }),
        )
  const found = trial?.found
  if (found?.value.half === 'private') return { ...found.value, opened: found.opened }
  return {
    half: 'encrypted',
    identity: undefined,
    container: 'pkcs8',
    name: '',
    protection: { name: protection.name, tried: trial?.tried ?? 0, of: trial?.of ?? 0 },
  }
}

/**
 * A key of one of these kinds, or a certificate, in DER without a name. Ed25519 and X25519 in `pkcs8` are another thing: after
 * the fixed beginning any 32 bytes are a key, so inside of other bytes they are candidates only.
 */
export function readDer(
  bytes: Bytes,
  offset: number,
  kinds: readonly DerKind[],
  tries: Tries,
): FoundKeys | undefined {
  const der = sequenceAt(bytes, offset)
  if (!der) return undefined
  for (const kind of kinds) {
    const found = attempt(() => readKind(der, kind, tries))
    if (found) return { keys: [found], length: der.length, encoding: 'der' }
  }
  return undefined
}

function readKind(der: Uint8Array, kind: DerKind, tries: Tries): KeyRead | undefined {
  switch (kind) {
    case 'certificate':
      return readCertificate(der)
    case 'encrypted':
      return encryptedDer(der, tries)
    case 'pkcs1':
    case 'sec1':
    case 'pkcs8':
      return privateDer(der, kind)
  }
}

/** Ed25519 in PKCS#8 inside of other bytes: a candidate, unless its public half stands behind it (RFC 5958, version 2). */
export function readBuriedEd25519(bytes: Bytes, offset: number): FoundKeys | undefined {
  const der = sequenceAt(bytes, offset)
  if (!der) return undefined
  const key = attempt(() => createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }))
  const identity = key && identityOf(key)
  if (!identity) return undefined
  return {
    keys: [{ half: 'candidate', identities: [identity], container: 'pkcs8', name: '' }],
    length: der.length,
    encoding: 'der',
  }
}

/** A private key as Dropbear stores it. */
export function readDropbear(bytes: Bytes, offset: number): FoundKeys | undefined {
  const view = bytes.view(offset, Math.min(MOST_DROPBEAR, bytes.size - offset))
  return attempt(() => {
    const key = dropbearKey(view)
    const identity = key && identityOf(key.publicKey)
    if (!identity) return undefined
    return {
      keys: [{ half: 'private', identity, container: 'dropbear', name: '' }],
      length: key.length,
      encoding: 'binary',
    }
  })
}

/** A public key of SSH in a line of text: type, base 64, comment. */
export function readSshLine(bytes: Bytes, offset: number): FoundKeys | undefined {
  const view = bytes.view(offset, Math.min(MOST_LINE, bytes.size - offset))
  const match = /^[a-z0-9-]{7,20} ([A-Za-z0-9+/]{40,}={0,2})(?: ([^\r\n\0]{0,200}))?/.exec(
    Buffer.from(view).toString('latin1'),
  )
  if (!match) return undefined
  const [all, base64 = '', comment = ''] = match
  const found = attempt(() => {
    const key = publicKeyOfBlob(Buffer.from(base64, 'base64'))
    return key && publicKey(key, 'openssh-public', comment)
  })
  return found && { keys: [found], length: all.length, encoding: 'line' }
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

function openssh(content: Uint8Array): KeyRead | undefined {
  const key = opensshKey(content)
  const identity = key && identityOf(key.publicKey)
  if (!identity) return undefined
  const about = { identity, container: 'openssh' as KeyContainer, name: named(key.comment) }
  return key.encrypted
    ? { half: 'encrypted', ...about, protection: { name: key.protection, tried: 0, of: 0 } }
    : { half: 'private', ...about }
}
