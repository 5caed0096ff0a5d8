import { createHash } from 'node:crypto'
import { type Bytes, DerError, Reader, readCertificate } from '@messlatte/bytes'
import { type Stored, type StoredMember, wrapped } from './members.ts'

const V1 = 'cert'
const V2 = 'chdr'
const V1_HEADER = 32
const V2_HEADER = 12
/** SHA-256 of each root key; unused ones are zero. */
const V1_ROOTS = 4
const MAX_TABLE = 0x10000
const MAX_CHAIN = 8
const MAX_ROOTS = 4
const NO_ROOT = 0x80000000
/** Low half of the first word where an intermediate key has no offset of its signature. */
const NO_OFFSET = 0x4d43

/** A chain of X.509 certificates, the root first (spsdk, image/cert_block/cert_block_v1.py). */
export interface NxpChain {
  readonly kind: 'x509'
  /** `1.0`. */
  readonly version: string
  readonly buildNumber: number
  /** DER, without what fills up to a multiple of four bytes. */
  readonly certificates: readonly Stored[]
  readonly hash: 'sha256'
  /** One a root key: its modulus and exponent, hashed. */
  readonly rootHashes: readonly Uint8Array[]
  /** The table whose digest the fuses hold. */
  readonly table: Uint8Array
  readonly end: number
}

/** x and y, big endian. */
export interface NxpPoint {
  readonly curve: 'P-256' | 'P-384'
  readonly point: Uint8Array
}

/** A root key, and perhaps one that it signed to sign images (cert_block_v21.py). */
export interface NxpPoints {
  readonly kind: 'points'
  /** `2.1`. */
  readonly version: string
  readonly rootIndex: number
  readonly root: NxpPoint
  readonly hash: 'sha256' | 'sha384'
  /** One a root key; of a single root key, its own. */
  readonly rootHashes: readonly Uint8Array[]
  /** What the digest in the fuses is made of. */
  readonly table: Uint8Array
  readonly intermediate:
    | {
        readonly key: NxpPoint
        /** Compared with fuses: what is lower is revoked. */
        readonly constraints: number
        readonly userData: Uint8Array
        /** What the root key signed, and its signature. */
        readonly signed: Stored
        readonly signature: Uint8Array
      }
    | undefined
  readonly end: number
}

export type NxpCertificates = NxpChain | NxpPoints

/** The certificate block at `at`, of which no byte may be missing; undefined where none stands. Little endian. */
export function nxpCertificatesAt(bytes: Bytes, at: number): NxpCertificates | undefined {
  if (at + V1_HEADER > bytes.size) return undefined
  const head = new Reader(bytes.view(at, V1_HEADER), 'little')
  switch (head.latin1(4)) {
    case V1:
      return chainAt(bytes, at, head)
    case V2:
      return pointsAt(bytes, at, head)
    default:
      return undefined
  }
}

function chainAt(bytes: Bytes, at: number, head: Reader): NxpChain | undefined {
  const [major, minor, headerLength, flags] = [head.u16(), head.u16(), head.u32(), head.u32()]
  const [buildNumber, imageLength, count, length] = [head.u32(), head.u32(), head.u32(), head.u32()]
  if (major !== 1 || headerLength !== V1_HEADER || flags > 0xff || imageLength === 0) return undefined
  if (count === 0 || count > MAX_CHAIN || length > MAX_TABLE) return undefined
  const roots = at + V1_HEADER + length
  const end = roots + V1_ROOTS * 32
  if (end > bytes.size) return undefined
  const certificates: Stored[] = []
  let place = at + V1_HEADER
  for (let index = 0; index < count; index++) {
    if (place + 8 > roots) return undefined
    const reader = new Reader(bytes.view(place, 8), 'little')
    const padded = reader.u32()
    if (reader.u16() !== 0x8230 || place + 4 + padded > roots) return undefined
    const der = new Reader(bytes.view(place + 6, 2), 'big').u16() + 4
    if (der > padded || der + 4 <= padded) return undefined
    certificates.push({ at: place + 4, length: der })
    place += 4 + padded
  }
  if (place !== roots) return undefined
  const table = bytes.view(roots, V1_ROOTS * 32).slice()
  return {
    kind: 'x509',
    version: `${major}.${minor}`,
    buildNumber,
    certificates,
    hash: 'sha256',
    rootHashes: pieces(table, 32).filter((hash) => hash.some((byte) => byte !== 0)),
    table,
    end,
  }
}

function pointsAt(bytes: Bytes, at: number, head: Reader): NxpPoints | undefined {
  const [minor, major, size, flags] = [head.u16(), head.u16(), head.u32(), head.u32()]
  const curve = curveOf(flags)
  const [rootIndex, count] = [(flags >>> 8) & 15, (flags >>> 4) & 15]
  if (major !== 2 || !curve || count === 0 || count > MAX_ROOTS || rootIndex >= count) return undefined
  const { width, hash } = WIDTHS[curve]
  const tableLength = count > 1 ? count * width : 0
  const rootsEnd = V2_HEADER + 4 + tableLength + 2 * width
  if (size < rootsEnd || size > MAX_TABLE || at + size > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, size), 'little', V2_HEADER + 4)
  const hashes = reader.take(tableLength).slice()
  const root = { curve, point: reader.take(2 * width).slice() }
  const isAlone = (flags & NO_ROOT) !== 0
  const intermediate = isAlone ? undefined : intermediateIn(bytes, { at, size, from: rootsEnd }, width)
  if (isAlone ? size !== rootsEnd : !intermediate) return undefined
  return {
    kind: 'points',
    version: `${major}.${minor}`,
    rootIndex,
    root,
    hash,
    rootHashes: count > 1 ? pieces(hashes, width) : [],
    table: count > 1 ? hashes : root.point,
    intermediate,
    end: at + size,
  }
}

interface Block {
  readonly at: number
  readonly size: number
  /** Where the intermediate key begins, from `at`. */
  readonly from: number
}

function intermediateIn(
  bytes: Bytes,
  { at, size, from }: Block,
  rootWidth: number,
): NxpPoints['intermediate'] {
  const reader = new Reader(bytes.view(at + from, size - from), 'little')
  if (reader.left < 12) return undefined
  const first = reader.u32()
  const hasOffset = (first & 0xffff) !== NO_OFFSET
  const constraints = hasOffset ? reader.u32() : first
  const curve = curveOf(reader.u32())
  if (!curve) return undefined
  const keyEnd = (hasOffset ? 12 : 8) + 2 * WIDTHS[curve].width
  const signatureAt = size - from - 2 * rootWidth
  if (signatureAt < keyEnd || (hasOffset && first !== signatureAt)) return undefined
  const point = reader.take(2 * WIDTHS[curve].width).slice()
  const userData = reader.take(signatureAt - keyEnd).slice()
  return {
    key: { curve, point },
    constraints,
    userData,
    signed: { at: at + V2_HEADER, length: from + signatureAt - V2_HEADER },
    signature: reader.take(2 * rootWidth).slice(),
  }
}

const WIDTHS = { 'P-256': { width: 32, hash: 'sha256' }, 'P-384': { width: 48, hash: 'sha384' } } as const

function curveOf(flags: number): NxpPoint['curve'] | undefined {
  switch (flags & 15) {
    case 1:
      return 'P-256'
    case 2:
      return 'P-384'
    default:
      return undefined
  }
}

/** Bytes of what the last key of a block signs; undefined where a certificate has a key of another kind. */
export function nxpSignatureLength(bytes: Bytes, certificates: NxpCertificates): number | undefined {
  if (certificates.kind === 'points')
    return (certificates.intermediate?.key ?? certificates.root).point.length
  const { at, length } = certificates.certificates.at(-1) as Stored
  try {
    const { key } = readCertificate(bytes.view(at, length))
    return key?.type === 'rsa' ? Math.ceil(key.bits / 8) : undefined
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

/** Digest of the table of root keys, as fuses hold it. */
export function nxpRootDigest({ hash, table }: NxpCertificates): string {
  return createHash(hash).update(table).digest('hex')
}

/** Certificates, or the intermediate key's data. */
export function nxpCertificateMembers(block: NxpCertificates): readonly StoredMember[] {
  if (block.kind === 'points') return []
  return block.certificates.map((content, index) => ({ meta: wrapped(`certificate-${index}.der`), content }))
}

/** What a block says, as JSON. */
export function nxpCertificateSummary(block: NxpCertificates): object {
  const { version, rootHashes } = block
  const roots = {
    version,
    rootKeyHashes: rootHashes.map(hex),
    rootKeyTableHash: nxpRootDigest(block),
  }
  if (block.kind === 'x509')
    return { ...roots, buildNumber: block.buildNumber, chain: block.certificates.length }
  const { rootIndex, root, intermediate } = block
  return {
    ...roots,
    rootIndex,
    rootKey: { curve: root.curve, point: hex(root.point) },
    intermediateKey: intermediate && {
      curve: intermediate.key.curve,
      point: hex(intermediate.key.point),
      constraints: intermediate.constraints,
      userData: hex(intermediate.userData),
    },
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

function pieces(table: Uint8Array, width: number): readonly Uint8Array[] {
  return Array.from({ length: table.length / width }, (_, index) =>
    table.subarray(index * width, (index + 1) * width),
  )
}
