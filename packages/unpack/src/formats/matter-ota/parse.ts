import { type Bytes, Reader } from '@messlatte/bytes'
import { flatStructure, type TlvValue } from './tlv.ts'

export const MAGIC = '\x1e\xf1\xee\x1b'
/** Bytes in front of the header's structure. */
const FIXED = 16
const MOST_HEADER = 4096

/** Matter Core Specification, section 11.21.2: little endian. */
export interface MatterOtaHeader {
  readonly vendor: number
  readonly product: number
  readonly version: number
  /** Byte string of UTF-8. */
  readonly versionText: string
  /** Of the payload, from the start of the file. */
  readonly payloadAt: number
  /** Bytes. */
  readonly payloadBytes: number
  readonly digestType: number
  readonly digest: Uint8Array
}

/** The header at `at`; undefined where its sizes do not agree with each other. */
export function parseMatterOta(bytes: Bytes, at: number): MatterOtaHeader | undefined {
  if (at + FIXED > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, FIXED), 'little')
  if (reader.latin1(4) !== MAGIC) return undefined
  const [total, headerBytes] = [reader.size64(), reader.u32()]
  if (headerBytes > MOST_HEADER || at + FIXED + headerBytes > bytes.size) return undefined
  const members = flatStructure(bytes.view(at + FIXED, headerBytes))
  const payloadAt = FIXED + headerBytes
  const payloadBytes = numberOf(members?.get(4))
  const digest = members?.get(9)
  if (!members || payloadBytes === undefined || payloadAt + payloadBytes !== total) return undefined
  if (!(digest instanceof Uint8Array)) return undefined
  const text = members.get(3)
  return {
    vendor: numberOf(members.get(0)) ?? 0,
    product: numberOf(members.get(1)) ?? 0,
    version: numberOf(members.get(2)) ?? 0,
    versionText: text instanceof Uint8Array ? Buffer.from(text).toString('latin1') : '',
    payloadAt,
    payloadBytes,
    digestType: numberOf(members.get(8)) ?? 0,
    digest,
  }
}

function numberOf(value: TlvValue | undefined): number | undefined {
  return typeof value === 'bigint' && value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : undefined
}

/** The hash behind a digest type of the Named Information Hash Algorithm Registry (IANA); some keep its first bytes only. */
export function hashOfType(type: number): string | undefined {
  return HASHES[type]
}

const HASHES: Readonly<Record<number, string>> = {
  1: 'sha256',
  2: 'sha256',
  3: 'sha256',
  4: 'sha256',
  5: 'sha256',
  6: 'sha256',
  7: 'sha384',
  8: 'sha512',
  9: 'sha3-224',
  10: 'sha3-256',
  11: 'sha3-384',
  12: 'sha3-512',
}
