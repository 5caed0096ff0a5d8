import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { printable } from '../printable.ts'
import type { TriedProtection } from './containers/store.ts'
import type { CertificateFacts, KeyContainer, KeyIdentity } from './facts.ts'
import { identityOf, isWhole } from './identity.ts'
import type { Opened } from './passphrases.ts'

/** A key or certificate, without its place. */
export type KeyRead = { readonly container: KeyContainer; readonly name: string } & (
  | { readonly half: 'private'; readonly identity: KeyIdentity; readonly opened?: Opened }
  | {
      readonly half: 'encrypted'
      readonly identity: KeyIdentity | undefined
      readonly protection?: TriedProtection
    }
  | {
      readonly half: 'public'
      readonly identity: KeyIdentity
      readonly certificate: CertificateFacts | undefined
    }
  | {
      /** Bytes that are a private key where their public half is there too; or bytes that may be that half. */
      readonly half: 'candidate' | 'candidate-public'
      readonly identities: readonly KeyIdentity[]
    }
)

const MOST_NAME = 200

/** PKCS#8, in DER; undefined where its halves do not belong together. */
export function readPrivate(der: Uint8Array, container: KeyContainer): KeyRead | undefined {
  try {
    return privateKey(createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }), container)
  } catch {
    return undefined
  }
}

export function privateKey(key: KeyObject, container: KeyContainer, name = ''): KeyRead | undefined {
  const identity = isWhole(key) ? identityOf(key) : undefined
  return identity && { half: 'private', identity, container, name: named(name) }
}

export function publicKey(key: KeyObject, container: KeyContainer, name = ''): KeyRead | undefined {
  const identity = identityOf(key)
  return identity && { half: 'public', identity, certificate: undefined, container, name: named(name) }
}

/** @throws errors of node:crypto where it is none */
export function readCertificate(der: Uint8Array): KeyRead | undefined {
  const certificate = new X509Certificate(der)
  const { publicKey: key, subject, issuer, raw } = certificate
  const identity = identityOf(key)
  if (!identity) return undefined
  const facts: CertificateFacts = {
    sha256: createHash('sha256').update(raw).digest('hex'),
    notBefore: day(certificate.validFrom),
    notAfter: day(certificate.validTo),
    signature: certificate.signatureAlgorithm ?? 'unknown',
    selfIssued: subject === issuer,
    ca: certificate.ca,
  }
  return {
    half: 'public',
    identity,
    certificate: facts,
    container: 'certificate',
    name: named((subject ?? '').replaceAll('\n', ', ')),
  }
}

/** `May  4 12:00:00 2031 GMT`, as OpenSSL writes it, as an ISO day; empty for what is no date. */
function day(text: string): string {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10)
}

export function named(text: string): string {
  return printable(text.slice(0, MOST_NAME))
}
