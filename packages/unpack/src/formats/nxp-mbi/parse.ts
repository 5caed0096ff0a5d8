import { type Bytes, Reader } from '@messlatte/bytes'
import { crc32HighOf } from '../cksum.ts'
import type { Stored } from '../members.ts'
import { type NxpCertificates, nxpCertificatesAt, nxpSignatureLength } from '../nxp-certificates.ts'

/** Bytes of the vector table that the header lies in. */
export const HEADER = 0x40
/** Words that are put in: length, flags, CRC or place of the certificates, load address. */
export const WORDS = [0x20, 0x24, 0x28, 0x34] as const
const LENGTH_AT = 0x20
const CRC_AT = 0x28
const LOAD_AT = 0x34
const MAX_LENGTH = 0x4000000
const MAC = 32
const KEY_STORE = 1424
/** Of an encrypted image: its first bytes, which stand again behind the certificates, and the initial vector. */
export const ENCRYPTED_HEAD = 56
export const VECTOR = 16
const KEY_STORE_FLAG = 0x8000
const VERSION_FLAG = 0x400
const MANIFEST = 'imgm'
const MANIFEST_HEADER = 20
const MANIFEST_VERSION = 0x10000
const DIGEST_FLAG = 0x80000000
const DIGESTS = ['sha256', 'sha384', 'sha512'] as const
const DIGEST_BYTES = { sha256: 32, sha384: 48, sha512: 64 } as const

/** What the lowest six bits of the flags say. Plain images (0) cannot be told from any other program. */
const TYPES = {
  1: 'signed-ram',
  2: 'crc-ram',
  3: 'encrypted-ram',
  4: 'signed-xip',
  5: 'crc-xip',
  8: 'signed-xip-nxp',
} as const
const ENCRYPTED = 3
export type MbiType = (typeof TYPES)[keyof typeof TYPES]

export interface MbiManifest {
  readonly firmwareVersion: number
  /** TrustZone's settings, a CRC, or both. */
  readonly body: Stored | undefined
  /** What stands behind the signature: the digest of all in front of that. */
  readonly digest: { readonly name: (typeof DIGESTS)[number]; readonly stored: Stored } | undefined
}

/** What a signed image has; places are absolute. */
export interface MbiSigned {
  readonly certificates: NxpCertificates
  readonly certificatesAt: number
  readonly manifest: MbiManifest | undefined
  /** TrustZone's settings behind certificates of version 1, where they stand there in clear. */
  readonly preset: Stored | undefined
  readonly signature: Stored
  /** Stretches that no signature covers: they are put in afterwards. */
  readonly mac: Stored | undefined
  readonly keyStore: Stored | undefined
}

/** NXP's user manuals ("Boot image structure"), spsdk's image/mbi. Little endian. */
export interface Mbi {
  readonly type: MbiType
  readonly flags: number
  /** Bytes, signature and all. */
  readonly length: number
  readonly loadAddress: number
  readonly imageVersion: number | undefined
  /** 0 an image, 1 what another core or a recovery boots. */
  readonly subtype: number
  readonly trustZone: 'enabled' | 'preset' | 'disabled' | 'unknown'
  /** Bytes of the program, as they were before the boot header was put in. */
  readonly programEnd: number
  readonly signed: MbiSigned | undefined
}

/** Whether the header's words fit, which is cheap; gives the type's number and the length. */
export function mbiHead(
  window: Uint8Array,
  at: number,
): { readonly type: number; length: number } | undefined {
  const reader = new Reader(window, 'little', at + LENGTH_AT)
  const [length, flags] = [reader.u32(), reader.u32()]
  const type = flags & 0x3f
  if (!(type in TYPES) || length < HEADER || length > MAX_LENGTH || length % 4 !== 0) return undefined
  // Bits that no chip gives a meaning.
  if ((flags & 0x300) !== 0 || ((flags & VERSION_FLAG) === 0 && flags >>> 16 !== 0)) return undefined
  if (type === ENCRYPTED) return { type, length }
  // The stack is aligned, and the code of the reset is Thumb's.
  return ((window[at] ?? 1) & 3) === 0 && ((window[at + 4] ?? 0) & 1) === 1 ? { type, length } : undefined
}

export function isCrcType(type: number): boolean {
  return type === 2 || type === 5
}

/** The image at `at`, or undefined; a signed one may end behind its certificates. */
export function parseMbi(bytes: Bytes, at: number): Mbi | undefined {
  if (at + HEADER > bytes.size) return undefined
  const window = bytes.view(at, HEADER)
  const head = mbiHead(window, 0)
  if (!head) return undefined
  const reader = new Reader(window, 'little', LENGTH_AT + 4)
  const [flags, place] = [reader.u32(), reader.u32()]
  const loadAddress = new Reader(window, 'little', LOAD_AT).u32()
  const known = {
    type: TYPES[head.type as keyof typeof TYPES],
    flags,
    length: head.length,
    loadAddress,
    imageVersion: (flags & VERSION_FLAG) === 0 ? undefined : flags >>> 16,
    subtype: (flags >>> 6) & 3,
    trustZone: (['enabled', 'preset', 'disabled', 'unknown'] as const)[(flags >>> 13) & 3] ?? 'unknown',
  }
  if (isCrcType(head.type))
    return place === crcOf(bytes, at, head.length)
      ? { ...known, programEnd: at + head.length, signed: undefined }
      : undefined
  if (place < HEADER || place % 4 !== 0 || place > head.length) return undefined
  const signed = signedAt(bytes, at, { ...known, place })
  return signed && { ...known, programEnd: signed.certificatesAt, signed }
}

/** CRC-32/MPEG-2 of all but the word in which it stands; undefined where the bytes end before. */
function crcOf(bytes: Bytes, at: number, length: number): number | undefined {
  if (at + length > bytes.size) return undefined
  const head = crc32HighOf(bytes, at, CRC_AT, 0xffffffff)
  return crc32HighOf(bytes, at + CRC_AT + 4, length - CRC_AT - 4, head)
}

interface Head {
  readonly type: MbiType
  readonly flags: number
  readonly length: number
  readonly place: number
  readonly trustZone: Mbi['trustZone']
}

function signedAt(bytes: Bytes, at: number, head: Head): MbiSigned | undefined {
  const { type, flags, length, place, trustZone } = head
  const inRam = type === 'signed-ram' || type === 'encrypted-ram'
  const hasStore = inRam && (flags & KEY_STORE_FLAG) !== 0
  const certificatesAt = at + place + (inRam ? MAC : 0) + (hasStore ? KEY_STORE : 0)
  const certificates = nxpCertificatesAt(bytes, certificatesAt)
  if (!certificates) return undefined
  const end = at + length
  const manifest = certificates.kind === 'points' ? manifestAt(bytes, certificates.end, end) : undefined
  if (certificates.kind === 'points' && !manifest) return undefined
  const signatureLength = nxpSignatureLength(bytes, certificates)
  if (signatureLength === undefined) return undefined
  const signature = {
    at: end - (manifest?.digest?.stored.length ?? 0) - signatureLength,
    length: signatureLength,
  }
  const encrypted = type === 'encrypted-ram' ? ENCRYPTED_HEAD + VECTOR : 0
  const behind = signature.at - encrypted - (manifest?.end ?? certificates.end)
  // Behind certificates of version 1 TrustZone's settings stand, which say nothing of their length.
  if (behind < 0 || (behind > 0 && (manifest !== undefined || trustZone !== 'preset'))) return undefined
  const preset = behind > 0 && encrypted === 0 ? { at: certificates.end, length: behind } : undefined
  return {
    certificates,
    certificatesAt,
    manifest,
    preset,
    signature,
    mac: inRam ? { at: at + HEADER, length: MAC } : undefined,
    keyStore: hasStore ? { at: at + HEADER + MAC, length: KEY_STORE } : undefined,
  }
}

/** The manifest that stands at `at`, of an image that ends at `imageEnd`. */
function manifestAt(bytes: Bytes, at: number, imageEnd: number): (MbiManifest & { end: number }) | undefined {
  if (at + MANIFEST_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, MANIFEST_HEADER), 'little')
  if (reader.latin1(4) !== MANIFEST || reader.u32() !== MANIFEST_VERSION) return undefined
  const [firmwareVersion, length, flags] = [reader.u32(), reader.u32(), reader.u32()]
  const end = at + length
  const name = flags >= DIGEST_FLAG ? DIGESTS[(flags & 15) - 1] : undefined
  if (length < MANIFEST_HEADER || end > imageEnd || (flags >= DIGEST_FLAG && !name)) return undefined
  const digestBytes = name ? DIGEST_BYTES[name] : 0
  const body = { at: at + MANIFEST_HEADER, length: length - MANIFEST_HEADER }
  return {
    firmwareVersion,
    body: body.length > 0 ? body : undefined,
    digest: name && { name, stored: { at: imageEnd - digestBytes, length: digestBytes } },
    end,
  }
}

/** TrustZone's settings, and whether the CRC behind them holds; undefined where there is none. */
export function mbiSettings(
  bytes: Bytes,
  start: number,
  { manifest, preset }: MbiSigned,
): { readonly settings: Stored | undefined; readonly crc: 'matches' | 'differs' | undefined } {
  const body = manifest?.body
  if (!body || body.length < 4 || manifest.digest) return { settings: body ?? preset, crc: undefined }
  const at = body.at + body.length - 4
  const matches =
    crc32HighOf(bytes, start, at - start, 0xffffffff) === new Reader(bytes.view(at, 4), 'little').u32()
  // Only some families have it, and none says so: a word alone is nothing else.
  if (!matches)
    return body.length === 4 ? { settings: undefined, crc: 'differs' } : { settings: body, crc: undefined }
  return { settings: body.length > 4 ? { at: body.at, length: body.length - 4 } : undefined, crc: 'matches' }
}
