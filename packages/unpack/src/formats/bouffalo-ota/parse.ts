import { type Bytes, cString, Reader } from '@messlatte/bytes'

export const MAGIC = 'BL60X_OTA_Ver1.0'
/** Bytes; the image lies behind it. */
export const HEADER = 512
const VERSIONS_AT = 0x20
const VERSION = 16
const HASH = 32
const KINDS: readonly string[] = ['RAW', 'XZ']

/** Little endian; the source is that of `bouffaloOta`. */
export interface BouffaloOta {
  /** `RAW` or `XZ`. */
  readonly kind: string
  /** Of the image. */
  readonly length: number
  readonly hardware: string
  readonly software: string
  /** SHA-256 of the image. */
  readonly hash: Uint8Array
}

/** The header at `at`; undefined where it is none. */
export function parseBouffaloOta(bytes: Bytes, at: number): BouffaloOta | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const kind = reader.latin1(4).trimEnd()
  const length = reader.u32()
  if (!KINDS.includes(kind) || length === 0) return undefined
  reader.at = VERSIONS_AT
  const [hardware, software] = [cString(reader.take(VERSION)), cString(reader.take(VERSION))]
  return { kind, length, hardware, software, hash: reader.take(HASH) }
}
