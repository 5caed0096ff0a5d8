import { type Bytes, Reader } from '@messlatte/bytes'

/** By the mark in front: what it holds. */
const KINDS: Readonly<Record<string, string>> = { 'LOADER  ': 'u-boot', 'TOS     ': 'trusted-os' }
export const MAGICS = Object.keys(KINDS)
export const HEADER = 2048
const RESERVED_AT = 0x60
const RESERVED_END = 0x400
const SIGNATURE_TAG = 'SIGN'
const MOST = 64 * 1024 * 1024

/** Little endian; sources are those of `rockchipUboot`. */
export interface RockchipUboot {
  readonly kind: string
  readonly address: number
  /** Bytes behind the header. */
  readonly length: number
  readonly crc: number
  /** Undefined where there is none. */
  readonly signature: { readonly at: number; readonly length: number } | undefined
}

/** The header at `at`, or undefined. */
export function parseRockchipUboot(bytes: Bytes, at: number): RockchipUboot | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'little')
  const kind = KINDS[reader.latin1(8)]
  reader.skip(8)
  const [address, length, crc, hash] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  if (kind === undefined || length === 0 || length > MOST || hash > 32) return undefined
  if (header.subarray(RESERVED_AT, RESERVED_END).some((byte) => byte !== 0)) return undefined
  return { kind, address, length, crc, signature: signatureIn(header) }
}

function signatureIn(header: Uint8Array): RockchipUboot['signature'] {
  const reader = new Reader(header, 'little', RESERVED_END)
  if (reader.latin1(4) !== SIGNATURE_TAG) return undefined
  const length = reader.u32()
  return length > 0 && reader.at + length <= HEADER ? { at: reader.at, length } : undefined
}
