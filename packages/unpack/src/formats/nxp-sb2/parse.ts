import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'
import { type NxpChain, nxpCertificatesAt, nxpSignatureLength } from '../nxp-certificates.ts'
import { nxpTime } from '../nxp-time.ts'

export const BLOCK = 16
export const MAGIC = 'STMP'
export const MAGIC_AT = 20
const SECOND_MAGIC = 'sgtl'
const HEADER = 96
/** HMAC-SHA256 of the table of HMACs of the first section. */
const MAC = 32
/** Wrapped keys: of the cipher and of the HMACs, 32 bytes each; the rest is zero. */
const KEY_BLOB = 80
export const WRAPPED = 72
const CERTIFICATES_AT = HEADER + MAC + KEY_BLOB
const DIGEST = 32
const DIGEST_FLAG = 0x8000
const MAX_BLOCKS = 0x4000000

/** A file of version 2.1 (NXP, "Secure Binary"; spsdk 3.12.0, spsdk/sbfile/sb2). Little endian; places are absolute. */
export interface Sb2 {
  readonly nonce: Uint8Array
  readonly flags: number
  readonly firstSection: number
  readonly productVersion: string
  readonly componentVersion: string
  readonly buildNumber: number
  readonly created: string | undefined
  readonly keyBlob: Stored
  readonly certificates: NxpChain
  /** SHA-256 of the sections, in front of the signature. */
  readonly digest: Stored | undefined
  readonly signature: Stored
  readonly sectionsAt: number
  readonly end: number
}

/** The file that begins at `at`, or undefined; its sections may be cut off. */
export function parseSb2(bytes: Bytes, at: number): Sb2 | undefined {
  if (at + CERTIFICATES_AT > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  const nonce = reader.take(16).slice()
  reader.skip(4)
  if (reader.latin1(4) !== MAGIC || reader.u8() !== 2 || reader.u8() !== 1) return undefined
  const [flags, blocks] = [reader.u16(), reader.u32()]
  const [firstTag, firstSection, certificatesAt, headerBlocks] = [
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u16(),
  ]
  reader.skip(6)
  if (reader.latin1(4) !== SECOND_MAGIC || certificatesAt !== CERTIFICATES_AT) return undefined
  if (headerBlocks !== HEADER / BLOCK || blocks > MAX_BLOCKS) return undefined
  // Microseconds.
  const created = nxpTime(reader.u64() / 1_000_000n)
  const [productVersion, componentVersion] = [versionOf(reader), versionOf(reader)]
  const buildNumber = reader.u32()
  const certificates = nxpCertificatesAt(bytes, at + CERTIFICATES_AT)
  if (certificates?.kind !== 'x509') return undefined
  const length = nxpSignatureLength(bytes, certificates)
  if (length === undefined) return undefined
  // The block of certificates fills whole blocks of the cipher.
  const behind = at + CERTIFICATES_AT + Math.ceil((certificates.end - at - CERTIFICATES_AT) / BLOCK) * BLOCK
  const digest = (flags & DIGEST_FLAG) === 0 ? undefined : { at: behind, length: DIGEST }
  const signature = { at: behind + (digest ? DIGEST : 0), length }
  const sectionsAt = signature.at + length
  // spsdk counts that digest neither in the length nor in the place of the first section.
  const uncounted = digest && at + firstTag * BLOCK + DIGEST === sectionsAt ? DIGEST : 0
  const end = at + blocks * BLOCK + uncounted
  if (end <= sectionsAt || sectionsAt >= bytes.size) return undefined
  return {
    nonce,
    flags,
    firstSection,
    productVersion,
    componentVersion,
    buildNumber,
    created,
    keyBlob: { at: at + HEADER + MAC, length: WRAPPED },
    certificates,
    digest,
    signature,
    sectionsAt,
    end,
  }
}

/** Three numbers of four decimal digits (BCD, big endian), two bytes between. */
function versionOf(reader: Reader): string {
  const numbers = Array.from({ length: 3 }, () => {
    const value = reader.u16()
    reader.skip(2)
    return (((value & 0xff) << 8) | (value >>> 8)).toString(16)
  })
  return numbers.join('.')
}
