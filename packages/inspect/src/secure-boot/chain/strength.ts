import type { ChainStrength, Text } from '@messlatte/model'
import type { LinkHash, LinkSignature } from './facts.ts'

/** What we compare with. None of these is law by itself. */
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
  'ts-119-312': {
    title: 'ETSI TS 119 312 V1.5.1 (2024), Cryptographic Suites, after SOG-IS',
    status: 'published',
    checked: '2026-11-28',
  },
} as const

/** Where else the same was read: the catalogues themselves were not at hand. */
export const CONFIRMATIONS = {
  suite:
    'machine-readable suite of ETSI TS 119 312 V1.5.1 (policy 1.5.1 of 2024-10-13), as the European DSS library carries it',
  bnetza:
    'Bundesnetzagentur, notice of 2024-09-06 on RSA with 2048 bits, and the suite of ETSI TS 119 312 V1.5.1',
  ct: "c't 4/2024, page 36, on TR-02102-1 of January 2023",
} as const

interface Threshold {
  readonly grade: ChainStrength['grade']
  readonly source: keyof typeof CATALOGUES | undefined
  readonly text: Text
  /** `not-found`: our own reading, for which no public transcription was found. */
  readonly confirmed: keyof typeof CONFIRMATIONS | 'not-found' | 'no-claim'
}

/** Bits of the modulus: the first line that it reaches counts. Sections 4.1 and 5.2 of SOG-IS, table 3.1 of the BSI. */
const RSA: readonly (Threshold & { readonly from: number })[] = [
  {
    from: 3000,
    grade: 'agreed',
    source: 'sog-is',
    text: { en: 'RSA of 3,000 bits or more', de: 'RSA ab 3.000 Bit' },
    confirmed: 'suite',
  },
  {
    from: 1900,
    grade: 'legacy',
    source: 'sog-is',
    text: {
      en: 'RSA below 3,000 bits: legacy, until the end of 2025 (ETSI TS 119 312 V1.5.1: 2028; BSI: 3,000 bits from 2024 on)',
      de: 'RSA unter 3.000 Bit: Altverfahren, bis Ende 2025 (ETSI TS 119 312 V1.5.1: 2028; BSI: ab 2024 3.000 Bit)',
    },
    confirmed: 'bnetza',
  },
  {
    from: 0,
    grade: 'insecure',
    source: 'sog-is',
    text: { en: 'RSA below 1,900 bits: not agreed', de: 'RSA unter 1.900 Bit: nicht anerkannt' },
    confirmed: 'suite',
  },
]

/** Curves that the suite after SOG-IS lists, and the bits of the order of other ones: the BSI asks for 250. */
const LISTED: ReadonlySet<string> = new Set([
  'P-256',
  'P-384',
  'P-521',
  'brainpoolP256r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
])
const ORDERS: Readonly<Record<string, number>> = {
  'P-192': 192,
  'P-224': 224,
  secp256k1: 256,
  brainpoolP256t1: 256,
  brainpoolP384t1: 384,
  brainpoolP512t1: 512,
}
const LEAST_ORDER = 250

const CURVE_AGREED: Threshold = {
  grade: 'agreed',
  source: 'ts-119-312',
  text: { en: 'elliptic curve that is listed', de: 'elliptische Kurve, die geführt wird' },
  confirmed: 'suite',
}
const CURVE_BELOW: Threshold = {
  grade: 'below',
  source: 'tr-02102-1',
  text: { en: 'elliptic curve below 250 bits', de: 'elliptische Kurve unter 250 Bit' },
  confirmed: 'not-found',
}
const CURVE_UNLISTED: Threshold = {
  grade: 'unknown',
  source: 'ts-119-312',
  text: {
    en: 'elliptic curve of 250 bits or more that is not listed; newer editions may list it',
    de: 'elliptische Kurve ab 250 Bit, die nicht geführt wird; neuere Ausgaben führen sie vielleicht',
  },
  confirmed: 'suite',
}
const NOT_LISTED: Threshold = {
  grade: 'unknown',
  source: undefined,
  text: { en: 'no threshold is recorded for it', de: 'dafür ist kein Schwellenwert hinterlegt' },
  confirmed: 'no-claim',
}
const PKCS1: Threshold = {
  grade: 'legacy',
  source: 'sog-is',
  text: {
    en: 'padding PKCS#1 v1.5: legacy (ETSI TS 119 312 V1.5.1: until the end of 2028)',
    de: 'Padding PKCS#1 v1.5: Altverfahren (ETSI TS 119 312 V1.5.1: bis Ende 2028)',
  },
  confirmed: 'suite',
}
const MAC: Threshold = {
  grade: 'below',
  source: undefined,
  text: {
    en: 'symmetric: whoever can verify can also sign',
    de: 'symmetrisch: Wer prüfen kann, kann auch signieren',
  },
  confirmed: 'no-claim',
}

const HASHES: Readonly<Record<LinkHash, Threshold | undefined>> = {
  crc32: insecure('CRC-32', 'sog-is'),
  md5: insecure('MD5', 'sog-is'),
  sha1: insecure('SHA-1', 'sog-is'),
  sha224: {
    grade: 'legacy',
    source: 'sog-is',
    text: {
      en: 'SHA-224: legacy (ETSI TS 119 312 V1.5.1: until the end of 2028)',
      de: 'SHA-224: Altverfahren (ETSI TS 119 312 V1.5.1: bis Ende 2028)',
    },
    confirmed: 'suite',
  },
  sha256: undefined,
  sha384: undefined,
  sha512: undefined,
  'sha3-256': undefined,
  'sha3-384': undefined,
  'sha3-512': undefined,
}

function insecure(name: string, source: keyof typeof CATALOGUES): Threshold {
  const text = { en: `${name}: not agreed`, de: `${name}: nicht anerkannt` }
  return { grade: 'insecure', source, text, confirmed: 'suite' }
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
      if (LISTED.has(signature.curve)) return [CURVE_AGREED]
      const order = ORDERS[signature.curve]
      return [order === undefined ? NOT_LISTED : order >= LEAST_ORDER ? CURVE_UNLISTED : CURVE_BELOW]
    }
    case 'ed25519':
      return [CURVE_UNLISTED]
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
