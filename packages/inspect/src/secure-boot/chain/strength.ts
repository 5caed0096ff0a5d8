import type { ChainStrength, Text } from '@messlatte/model'
import type { LinkHash, LinkSignature } from './facts.ts'

/** What we compare with. SOG-IS Crypto Working Group, and the German BSI; both published, neither is law by itself. */
export const CATALOGUES = {
  'sog-is': {
    title: 'SOG-IS Crypto Evaluation Scheme, Agreed Cryptographic Mechanisms, version 1.3 (February 2023)',
    status: 'published',
    checked: '2026-11-28',
  },
  'tr-02102-1': {
    title: 'BSI TR-02102-1, Cryptographic Mechanisms: Recommendations and Key Lengths',
    status: 'published',
    checked: '2026-11-28',
  },
} as const

interface Threshold {
  readonly grade: ChainStrength['grade']
  readonly source: keyof typeof CATALOGUES | undefined
  readonly text: Text
}

/** Bits of the modulus: the first line that it reaches counts. Sections 4.1 and 5.2 of SOG-IS, table 3.1 of the BSI. */
const RSA: readonly (Threshold & { readonly from: number })[] = [
  {
    from: 3000,
    grade: 'agreed',
    source: 'sog-is',
    text: { en: 'RSA of 3,000 bits or more', de: 'RSA ab 3.000 Bit' },
  },
  {
    from: 1900,
    grade: 'legacy',
    source: 'sog-is',
    text: {
      en: 'RSA below 3,000 bits: legacy, until the end of 2025',
      de: 'RSA unter 3.000 Bit: Altverfahren, bis Ende 2025',
    },
  },
  {
    from: 0,
    grade: 'insecure',
    source: 'sog-is',
    text: { en: 'RSA below 1,900 bits: not agreed', de: 'RSA unter 1.900 Bit: nicht anerkannt' },
  },
]

/** Bits of the order of the curve's group. The BSI asks for 250, from 2023 on. */
const ORDERS: Readonly<Record<string, number>> = {
  'P-192': 192,
  'P-224': 224,
  'P-256': 256,
  'P-384': 384,
  'P-521': 521,
  secp256k1: 256,
  brainpoolP256r1: 256,
  brainpoolP256t1: 256,
  brainpoolP384r1: 384,
  brainpoolP384t1: 384,
  brainpoolP512r1: 512,
  brainpoolP512t1: 512,
}
const LEAST_ORDER = 250

const CURVE_AGREED: Threshold = {
  grade: 'agreed',
  source: 'tr-02102-1',
  text: { en: 'elliptic curve of 250 bits or more', de: 'elliptische Kurve ab 250 Bit' },
}
const CURVE_BELOW: Threshold = {
  grade: 'below',
  source: 'tr-02102-1',
  text: { en: 'elliptic curve below 250 bits', de: 'elliptische Kurve unter 250 Bit' },
}
const NOT_LISTED: Threshold = {
  grade: 'unknown',
  source: undefined,
  text: { en: 'no threshold is recorded for it', de: 'dafür ist kein Schwellenwert hinterlegt' },
}
const PKCS1: Threshold = {
  grade: 'legacy',
  source: 'sog-is',
  text: { en: 'padding PKCS#1 v1.5: legacy', de: 'Padding PKCS#1 v1.5: Altverfahren' },
}
const MAC: Threshold = {
  grade: 'below',
  source: undefined,
  text: {
    en: 'symmetric: whoever can verify can also sign',
    de: 'symmetrisch: Wer prüfen kann, kann auch signieren',
  },
}

const HASHES: Readonly<Record<LinkHash, Threshold | undefined>> = {
  crc32: insecure('CRC-32', 'sog-is'),
  md5: insecure('MD5', 'sog-is'),
  sha1: insecure('SHA-1', 'tr-02102-1'),
  sha224: {
    grade: 'legacy',
    source: 'sog-is',
    text: { en: 'SHA-224: legacy, until the end of 2025', de: 'SHA-224: Altverfahren, bis Ende 2025' },
  },
  sha256: undefined,
  sha384: undefined,
  sha512: undefined,
  'sha3-256': undefined,
  'sha3-384': undefined,
  'sha3-512': undefined,
}

function insecure(name: string, source: keyof typeof CATALOGUES): Threshold {
  return { grade: 'insecure', source, text: { en: `${name}: not agreed`, de: `${name}: nicht anerkannt` } }
}

const WORST: readonly ChainStrength['grade'][] = ['insecure', 'below', 'legacy', 'unknown', 'agreed']

/** The weakest of what a signature is made of. */
export function strengthOf(
  signature: LinkSignature | undefined,
  hash: LinkHash | undefined,
): ChainStrength | undefined {
  const weakHash = hash && HASHES[hash]
  const all = [...(signature ? ofSignature(signature) : []), ...(weakHash ? [weakHash] : [])]
  const worst = WORST.flatMap((grade) => all.filter((one) => one.grade === grade))[0]
  if (!worst)
    return hash === undefined
      ? undefined
      : { grade: 'agreed', text: HASH_AGREED, source: CATALOGUES['sog-is'].title }
  return {
    grade: worst.grade,
    text: worst.text,
    source: worst.source ? CATALOGUES[worst.source].title : null,
  }
}

const HASH_AGREED: Text = { en: 'hash of 256 bits or more', de: 'Hash ab 256 Bit' }

function ofSignature(signature: LinkSignature): readonly Threshold[] {
  switch (signature.type) {
    case 'rsa': {
      const size = RSA.find(({ from }) => signature.bits >= from) ?? NOT_LISTED
      return signature.padding === 'pkcs1' ? [size, PKCS1] : [size]
    }
    case 'ecdsa': {
      const order = ORDERS[signature.curve]
      return [order === undefined ? NOT_LISTED : order >= LEAST_ORDER ? CURVE_AGREED : CURVE_BELOW]
    }
    case 'ed25519':
      return [CURVE_AGREED]
    case 'mac':
      return [MAC]
    case 'other':
      return [NOT_LISTED]
  }
}

const PADDINGS = { pkcs1: 'PKCS#1 v1.5', pss: 'PSS', raw: 'raw' } as const

const HASH_NAMES: Readonly<Record<LinkHash, string>> = {
  crc32: 'CRC-32',
  md5: 'MD5',
  sha1: 'SHA-1',
  sha224: 'SHA-224',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
  'sha3-256': 'SHA3-256',
  'sha3-384': 'SHA3-384',
  'sha3-512': 'SHA3-512',
}

/** `RSA-3072 (PSS), SHA-256`; the same in both languages. */
export function algorithmName(
  signature: LinkSignature | undefined,
  hash: LinkHash | undefined,
): string | undefined {
  const names = [...(signature ? [signatureName(signature)] : []), ...(hash ? [HASH_NAMES[hash]] : [])]
  return names.length === 0 ? undefined : names.join(', ')
}

function signatureName(signature: LinkSignature): string {
  switch (signature.type) {
    case 'rsa':
      return `RSA-${signature.bits} (${PADDINGS[signature.padding]})`
    case 'ecdsa':
      return `ECDSA ${signature.curve}`
    case 'ed25519':
      return 'Ed25519'
    case 'mac':
    case 'other':
      return signature.name
  }
}
