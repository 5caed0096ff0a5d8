import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import { type AvbDescriptor, parseDescriptors } from './descriptors.ts'

export const MAGIC = 'AVB0'
export const FOOTER_MAGIC = 'AVBf'
const HEADER = 256
const FOOTER = 64
/** avbtool writes 64 KiB at most; a block of more than this is none, in bytes. */
const MOST = 1024 * 1024

export interface AvbAlgorithm {
  readonly name: string
  readonly hash: 'sha256' | 'sha512'
  /** Bytes of a signature, which is RSA with PKCS #1 1.5. */
  readonly signature: number
}

/** By their numbers; 0 says that nothing is signed. */
const ALGORITHMS: readonly (AvbAlgorithm | undefined)[] = [
  undefined,
  ...(['sha256', 'sha512'] as const).flatMap((hash) =>
    [2048, 4096, 8192].map((bits) => ({
      name: `${hash.toUpperCase()}_RSA${bits}`,
      hash,
      signature: bits / 8,
    })),
  ),
]

/** A vbmeta structure; big endian. Its views alias the source. */
export interface Vbmeta {
  /** That libavb needs at least. */
  readonly required: { readonly major: number; readonly minor: number }
  /** 0 where nothing is signed; numbers that `algorithm` does not know exist. */
  readonly algorithmNumber: number
  readonly algorithm?: AvbAlgorithm
  /** The two stretches that hash and signature cover, one behind the other. */
  readonly signed: readonly [header: Uint8Array, auxiliary: Uint8Array]
  readonly hash: Uint8Array
  readonly signature: Uint8Array
  /** As AVB stores it, see `parseAvbKey`; empty where there is none. */
  readonly publicKey: Uint8Array
  readonly publicKeyMetadata: Uint8Array
  readonly descriptors: readonly AvbDescriptor[]
  /** False where the list of descriptors breaks off. */
  readonly descriptorsHold: boolean
  readonly rollbackIndex: bigint
  readonly rollbackIndexLocation: number
  readonly flags: number
  /** Bit 0 of the flags: dm-verity is off. */
  readonly hashtreeDisabled: boolean
  /** Bit 1 of the flags: nothing is verified. */
  readonly verificationDisabled: boolean
  /** What wrote it (byte string). */
  readonly release: string
  /** Offset behind it. */
  readonly end: number
}

interface Layout {
  readonly auth: number
  readonly aux: number
  readonly algorithmNumber: number
  readonly hash: Part
  readonly signature: Part
  readonly key: Part
  readonly metadata: Part
  readonly descriptors: Part
}

/** Within the authentication or the auxiliary block, in bytes. */
interface Part {
  readonly at: number
  readonly size: number
}

/** Offset behind the structure that begins at `at`, which may be behind the end of the bytes; undefined where none begins. */
export function vbmetaEnd(bytes: Bytes, at: number): number | undefined {
  const layout = at + HEADER <= bytes.size ? parseLayout(bytes.view(at, HEADER)) : undefined
  return layout && at + HEADER + layout.auth + layout.aux
}

/** The structure at `at`; undefined for what is none, or is not all there. */
export function parseVbmeta(bytes: Bytes, at = 0): Vbmeta | undefined {
  const end = vbmetaEnd(bytes, at)
  if (end === undefined || end > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const { auth, aux, algorithmNumber, hash, signature, key, metadata, descriptors } = parseLayout(
    header,
  ) as Layout
  const authentication = bytes.view(at + HEADER, auth)
  const auxiliary = bytes.view(at + HEADER + auth, aux)
  const partOf = (block: Uint8Array, part: Part) => block.subarray(part.at, part.at + part.size)
  const reader = new Reader(header, 'big', 4)
  const required = { major: reader.u32(), minor: reader.u32() }
  reader.at = 112
  const [rollbackIndex, flags, rollbackIndexLocation] = [reader.u64(), reader.u32(), reader.u32()]
  const algorithm = ALGORITHMS[algorithmNumber]
  const list = parseDescriptors(partOf(auxiliary, descriptors))
  return {
    required,
    algorithmNumber,
    ...(algorithm && { algorithm }),
    signed: [header, auxiliary],
    hash: partOf(authentication, hash),
    signature: partOf(authentication, signature),
    publicKey: partOf(auxiliary, key),
    publicKeyMetadata: partOf(auxiliary, metadata),
    descriptors: list.descriptors,
    descriptorsHold: list.holds,
    rollbackIndex,
    rollbackIndexLocation,
    flags,
    hashtreeDisabled: (flags & 1) !== 0,
    verificationDisabled: (flags & 2) !== 0,
    release: cString(header.subarray(128, 176)),
    end,
  }
}

/** Refuses what contradicts itself: every part has to lie in its block, and to be as long as its algorithm says. */
function parseLayout(header: Uint8Array): Layout | undefined {
  const reader = new Reader(header, 'big')
  if (latin1(reader.take(4)) !== MAGIC || reader.u32() !== 1) return undefined
  reader.skip(4)
  const [auth, aux, algorithmNumber] = [reader.size64(), reader.size64(), reader.u32()]
  if (auth % 64 !== 0 || aux % 64 !== 0 || !(auth <= MOST && aux <= MOST)) return undefined
  const part = (): Part => ({ at: reader.size64(), size: reader.size64() })
  const [hash, signature, key, metadata, descriptors] = [part(), part(), part(), part(), part()]
  const isWithin = ({ at, size }: Part, block: number) => at + size <= block
  if (!isWithin(hash, auth) || !isWithin(signature, auth)) return undefined
  if (![key, metadata, descriptors].every((one) => isWithin(one, aux))) return undefined
  const algorithm = ALGORITHMS[algorithmNumber]
  if (algorithm) {
    if (hash.size !== (algorithm.hash === 'sha256' ? 32 : 64)) return undefined
    if (signature.size !== algorithm.signature) return undefined
  } else if (algorithmNumber === 0 && auth !== 0) return undefined
  return { auth, aux, algorithmNumber, hash, signature, key, metadata, descriptors }
}

/** What stands at the end of a partition whose first bytes are not its vbmeta; sizes and offsets from its start. */
export interface AvbFooter {
  /** Bytes of the partition before anything was added. */
  readonly originalSize: number
  readonly vbmetaAt: number
  readonly vbmetaSize: number
  /** Offset behind it. */
  readonly end: number
}

/** The footer at `at`, or undefined for what is none. */
export function parseAvbFooter(bytes: Bytes, at: number): AvbFooter | undefined {
  if (at < 0 || at + FOOTER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, FOOTER), 'big')
  if (reader.latin1(4) !== FOOTER_MAGIC || reader.u32() !== 1) return undefined
  reader.skip(4)
  const [originalSize, vbmetaAt, vbmetaSize] = [reader.size64(), reader.size64(), reader.size64()]
  if (!(originalSize <= vbmetaAt && vbmetaSize >= HEADER && vbmetaSize <= HEADER + 2 * MOST)) return undefined
  if (!Number.isFinite(vbmetaAt) || reader.take(28).some((byte) => byte !== 0)) return undefined
  return { originalSize, vbmetaAt, vbmetaSize, end: at + FOOTER }
}

/** The footer at the end of a whole partition. */
export function footerOfPartition(bytes: Bytes): AvbFooter | undefined {
  return parseAvbFooter(bytes, bytes.size - FOOTER)
}

/** The vbmeta of a whole partition: at its start, or where its footer says; with the offset at which it lies. */
export function vbmetaOfPartition(
  bytes: Bytes,
): { readonly at: number; readonly vbmeta: Vbmeta; readonly footer?: AvbFooter } | undefined {
  const footer = footerOfPartition(bytes)
  const at = footer?.vbmetaAt ?? 0
  const vbmeta = parseVbmeta(bytes, at)
  return vbmeta && { at, vbmeta, ...(footer && { footer }) }
}

/** An RSA key as AVB stores it; the exponent is 65537. */
export interface AvbKey {
  readonly bits: number
  /** Big endian, as long as the key. */
  readonly modulus: Uint8Array
}

/** The key in a `publicKey`, or undefined for what is none: bits, a word for Montgomery, the modulus, and R² modulo it. */
export function parseAvbKey(blob: Uint8Array): AvbKey | undefined {
  if (blob.length < 8) return undefined
  const reader = new Reader(blob, 'big')
  const bits = reader.u32()
  if (bits % 8 !== 0 || bits === 0 || blob.length !== 8 + bits / 4) return undefined
  reader.skip(4)
  return { bits, modulus: reader.take(bits / 8) }
}
