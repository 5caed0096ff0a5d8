import { createHash, type Hash } from 'node:crypto'

/** Digests that signatures here are made over, as Node.js names them. */
export type DigestName =
  | 'md5'
  | 'sha1'
  | 'sha224'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha512-256'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512'

interface Digest {
  /** Object identifier, dotted. */
  readonly oid: string
  /** DER of a DigestInfo up to the digest, hex; RFC 8017, section 9.2. */
  readonly prefix: string
}

export const DIGESTS: Readonly<Record<DigestName, Digest>> = {
  md5: { oid: '1.2.840.113549.2.5', prefix: '3020300c06082a864886f70d020505000410' },
  sha1: { oid: '1.3.14.3.2.26', prefix: '3021300906052b0e03021a05000414' },
  sha224: { oid: '2.16.840.1.101.3.4.2.4', prefix: '302d300d06096086480165030402040500041c' },
  sha256: { oid: '2.16.840.1.101.3.4.2.1', prefix: '3031300d060960864801650304020105000420' },
  sha384: { oid: '2.16.840.1.101.3.4.2.2', prefix: '3041300d060960864801650304020205000430' },
  sha512: { oid: '2.16.840.1.101.3.4.2.3', prefix: '3051300d060960864801650304020305000440' },
  'sha512-256': { oid: '2.16.840.1.101.3.4.2.6', prefix: '3031300d060960864801650304020605000420' },
  'sha3-256': { oid: '2.16.840.1.101.3.4.2.8', prefix: '3031300d060960864801650304020805000420' },
  'sha3-384': { oid: '2.16.840.1.101.3.4.2.9', prefix: '3041300d060960864801650304020905000430' },
  'sha3-512': { oid: '2.16.840.1.101.3.4.2.10', prefix: '3051300d060960864801650304020a05000440' },
}

const BY_OID: ReadonlyMap<string, DigestName> = new Map(
  Object.entries(DIGESTS).map(([name, { oid }]) => [oid, name as DigestName]),
)

export function digestOfOid(oid: string): DigestName | undefined {
  return BY_OID.get(oid)
}

/** Collisions can be made: whoever had something signed may hold two contents with one signature. */
export function isBrokenDigest(name: DigestName): boolean {
  return name === 'md5' || name === 'sha1'
}

export function createDigest(name: DigestName): Hash {
  return createHash(name)
}

export function digest(name: DigestName, ...pieces: readonly Uint8Array[]): Buffer {
  const hash = createDigest(name)
  for (const piece of pieces) hash.update(piece)
  return hash.digest()
}
