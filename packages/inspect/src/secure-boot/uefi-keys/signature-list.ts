import { DerError, Reader, readCertificate } from '@messlatte/bytes'
import { GUID_SIZE, guidText } from '@messlatte/unpack'

/** A certificate in a list. */
export interface ListedCertificate {
  /** GUID of who put it there, upper case. */
  readonly owner: string
  /** Base64. */
  readonly der: string
  readonly sha256: string
  readonly spkiSha256: string
  readonly subject: string
}

/** A digest in a list: of an image, or of the signed part of a certificate. */
export interface ListedHash {
  readonly of: 'image' | 'certificate'
  readonly algorithm: 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'
  /** Lower-case hex. */
  readonly value: string
}

export interface SignatureLists {
  readonly certificates: readonly ListedCertificate[]
  readonly hashes: readonly ListedHash[]
  /** Entries of other types (bare keys), and certificates that cannot be read. */
  readonly others: number
}

/** EFI_SIGNATURE_LIST, little endian: type, size of all, of the header, and of each entry. UEFI 2.10, section 32.4.1. */
const HEADER = 28
const X509 = 'A5C059A1-94E4-4AA7-87B5-AB155C2BF072'
const HASHES: Readonly<Record<string, Omit<ListedHash, 'value'> & { readonly bytes: number }>> = {
  '826CA512-CF10-4AC9-B187-BE01496631BD': { of: 'image', algorithm: 'sha1', bytes: 20 },
  '0B6E5233-A65C-44C9-9407-D9AB83BFC8BD': { of: 'image', algorithm: 'sha224', bytes: 28 },
  'C1C41626-504C-4092-ACA9-41F936934328': { of: 'image', algorithm: 'sha256', bytes: 32 },
  'FF3E5307-9FD0-48C9-85F1-8AD56C701E01': { of: 'image', algorithm: 'sha384', bytes: 48 },
  '093E0FAE-A6C4-4F50-9F1B-D41E2B89C19A': { of: 'image', algorithm: 'sha512', bytes: 64 },
  '3BD2A492-96C0-4079-B420-FCF98EF103ED': { of: 'certificate', algorithm: 'sha256', bytes: 32 },
  '7076876E-80C2-4EE6-AAD2-28B349A6865B': { of: 'certificate', algorithm: 'sha384', bytes: 48 },
  '446DBF63-2502-4CDA-BCFA-2465D2B0FE9D': { of: 'certificate', algorithm: 'sha512', bytes: 64 },
}
/** Entries; the largest list of revoked images has some 500. */
const MOST_ENTRIES = 4096
const MOST_CERTIFICATES = 64

/** All lists that follow each other up to the end; undefined where they do not end there. */
export function parseSignatureLists(bytes: Uint8Array): SignatureLists | undefined {
  const certificates: ListedCertificate[] = []
  const hashes: ListedHash[] = []
  let others = 0
  let entries = 0
  for (let at = 0; at < bytes.length; ) {
    if (at + HEADER > bytes.length) return undefined
    const reader = new Reader(bytes, 'little', at)
    const type = guidText(reader.take(GUID_SIZE))
    const [size, header, entry] = [reader.u32(), reader.u32(), reader.u32()]
    const room = size - HEADER - header
    if (room < 0 || at + size > bytes.length || entry <= GUID_SIZE || room % entry !== 0) return undefined
    for (let place = at + HEADER + header; place < at + size; place += entry) {
      if (++entries > MOST_ENTRIES) return { certificates, hashes, others }
      const owner = guidText(bytes.subarray(place, place + GUID_SIZE))
      const data = bytes.subarray(place + GUID_SIZE, place + entry)
      const hash = HASHES[type]
      const certificate = type === X509 ? listed(data, owner) : undefined
      if (certificate && certificates.length < MOST_CERTIFICATES) certificates.push(certificate)
      else if (hash && data.length >= hash.bytes) hashes.push(hashOf(hash, data))
      else others++
    }
    at += size
  }
  return { certificates, hashes, others }
}

function hashOf(
  { of, algorithm, bytes }: Omit<ListedHash, 'value'> & { readonly bytes: number },
  data: Uint8Array,
): ListedHash {
  return { of, algorithm, value: Buffer.from(data.subarray(0, bytes)).toString('hex') }
}

/** A certificate as lists and firmware files hold it; undefined for what is none. */
export function listed(der: Uint8Array, owner: string): ListedCertificate | undefined {
  try {
    const { sha256, spkiSha256, subject } = readCertificate(der)
    return { owner, der: Buffer.from(der).toString('base64'), sha256, spkiSha256, subject: subject.text }
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}
