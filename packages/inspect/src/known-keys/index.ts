import type { Text } from '@messlatte/model'
import type { KnownKeysFile } from './file.ts'
import data from './known-keys.json' with { type: 'json' }
import published from './published-keys.json' with { type: 'json' }

/**
 * How a public key is written where it is compared; all lower-case hex.
 * `spki`, `pkcs1`: SHA-256 of that DER form. `modulus`: SHA-256 of the RSA modulus, big-endian, without leading zeros.
 * `xyBigEndian`, `xyLittleEndian`: SHA-256 of the two EC coordinates, each in full length, in that byte order.
 * `avbBlob`, `avbBlobSha1`: digest of the key as Android Verified Boot stores it. `espressif`: key digest of
 * Secure Boot V2. `raw`: the 32 bytes of an Ed25519 key themselves.
 */
export type KeyForm =
  | 'spki'
  | 'pkcs1'
  | 'modulus'
  | 'xyBigEndian'
  | 'xyLittleEndian'
  | 'avbBlob'
  | 'avbBlobSha1'
  | 'espressif'
  | 'raw'

/** A key whose private half anybody can download. */
export interface KnownKey {
  /** Where it was published: `project:path`. */
  readonly id: string
  /** Fits after "is": "a test key of U-Boot". */
  readonly what: Text
  readonly algorithm: string
  /** SHA-256 (hex) of the SubjectPublicKeyInfo. */
  readonly spkiSha256: string
}

/** A certificate whose private key anybody can download. */
export interface KnownCertificate {
  readonly id: string
  readonly what: Text
  /** SHA-256 (hex) of the certificate, DER. */
  readonly sha256: string
}

const KEYS = new Map<string, KnownKey>()
const CERTIFICATES = new Map<string, KnownCertificate>()

addKnownKeys({ ...data, spki: {} })
addKnownKeys(published)

/** Adds a list for the rest of the process; the sandbox does so once, with what the user gave. Entries that are there stay. */
export function addKnownKeys({ sources, keys, certificates, spki }: KnownKeysFile): void {
  const whatOf = (source: string): Text => {
    const what = sources[source]
    if (!what) throw new Error(`the list of known keys has no source "${source}"`)
    return what
  }
  function add(form: string, fingerprint: string, key: KnownKey): void {
    const id = `${form}:${fingerprint}`
    if (!KEYS.has(id)) KEYS.set(id, key)
  }
  for (const { id, source, algorithm, fingerprints } of keys) {
    const key: KnownKey = { id, what: whatOf(source), algorithm, spkiSha256: fingerprints.spki ?? '' }
    for (const [form, fingerprint] of Object.entries(fingerprints))
      if (fingerprint !== undefined) add(form, fingerprint, key)
  }
  for (const { id, source, sha256, spki: key } of certificates) {
    const what = whatOf(source)
    CERTIFICATES.set(sha256, { id, what, sha256 })
    if (key !== undefined) add('spki', key, { id, what, algorithm: 'rsa', spkiSha256: key })
  }
  for (const [spkiSha256, id] of Object.entries(spki)) {
    const what = whatOf(id.slice(0, id.indexOf(':')))
    add('spki', spkiSha256, { id, what, algorithm: 'unknown', spkiSha256 })
  }
}

/** The known key with this SHA-256 (hex) of its SubjectPublicKeyInfo. */
export function knownKey(spkiSha256: string): KnownKey | undefined {
  return knownKeyBy('spki', spkiSha256)
}

/** The known key with this fingerprint, in any form in which formats store keys. */
export function knownKeyBy(form: KeyForm, fingerprint: string): KnownKey | undefined {
  return KEYS.get(`${form}:${fingerprint.toLowerCase()}`)
}

/** Known Ed25519 keys with their 32 bytes (hex): formats that name a key by some hash can be compared with them. */
export function knownEd25519Keys(): readonly { readonly key: KnownKey; readonly raw: string }[] {
  return [...KEYS].flatMap(([form, key]) => (form.startsWith('raw:') ? [{ key, raw: form.slice(4) }] : []))
}

/** The known certificate with this SHA-256 (hex) of its DER form. */
export function knownCertificate(sha256: string): KnownCertificate | undefined {
  return CERTIFICATES.get(sha256.toLowerCase())
}

/** Byte sequences that hold a known key and stand as they are in other files: search by length and SHA-256 (hex). */
export const KNOWN_BLOBS: readonly {
  readonly id: string
  readonly length: number
  readonly sha256: string
}[] = data.blobs
