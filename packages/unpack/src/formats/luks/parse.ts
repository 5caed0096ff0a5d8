import { createHash } from 'node:crypto'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'

export const MAGIC = 'LUKS\xba\xbe'
const SECTOR = 512
const V1_HEADER = 592
const V2_BINARY = 4096
/** The sizes that a header of version 2 may have, with its JSON: powers of two. */
const V2_LEAST = 16 * 1024
const V2_MOST = 4 * 1024 * 1024
const CHECKSUM_AT = 448
const CHECKSUM = 64

/** Big endian; offsets are from the start of the header, sizes in bytes. */
export interface Luks {
  readonly version: 1 | 2
  /** As dm-crypt writes it: `aes-xts-plain64`. */
  readonly cipher: string
  readonly uuid: string
  readonly payloadAt: number
  /** Undefined where it takes all that follows. */
  readonly payloadSize: number | undefined
  /** Of version 2. */
  readonly json: { readonly at: number; readonly length: number; readonly intact: boolean } | undefined
}

/**
 * The header at `at`; undefined where it is none.
 * LUKS1 On-Disk Format Specification 1.2.3, section 2; LUKS2 On-Disk Format Specification 1.1.3, sections 2 and 3.
 */
export function parseLuks(bytes: Bytes, at: number): Luks | undefined {
  if (at + V1_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, V1_HEADER), 'big')
  if (latin1(reader.take(6)) !== MAGIC) return undefined
  switch (reader.u16()) {
    case 1:
      return parseFirst(reader)
    case 2:
      return parseSecond(bytes, at)
    default:
      return undefined
  }
}

function parseFirst(reader: Reader): Luks | undefined {
  const [cipher, mode, hash] = [textOf(reader.take(32)), textOf(reader.take(32)), textOf(reader.take(32))]
  const [payload, keyBytes] = [reader.u32(), reader.u32()]
  reader.skip(20 + 32 + 4)
  const uuid = textOf(reader.take(40))
  if (!cipher || !mode || !hash || uuid === undefined || keyBytes === 0 || keyBytes > 512) return undefined
  if (payload * SECTOR < V1_HEADER) return undefined
  const json = undefined
  return {
    version: 1,
    cipher: `${cipher}-${mode}`,
    uuid,
    payloadAt: payload * SECTOR,
    payloadSize: undefined,
    json,
  }
}

function parseSecond(bytes: Bytes, at: number): Luks | undefined {
  if (at + V2_BINARY > bytes.size) return undefined
  const head = bytes.view(at, V2_BINARY)
  const reader = new Reader(head, 'big', 8)
  const size = Number(reader.u64())
  reader.skip(8 + 48)
  const algorithm = textOf(reader.take(32))
  reader.skip(64)
  const uuid = textOf(reader.take(40))
  if (algorithm === undefined || uuid === undefined || size < V2_LEAST || size > V2_MOST) return undefined
  if (!Number.isInteger(Math.log2(size)) || at + size > bytes.size) return undefined
  const length = size - V2_BINARY
  const segment = segmentIn(Buffer.from(bytes.view(at + V2_BINARY, length)))
  if (!segment) return undefined
  const intact = algorithm !== 'sha256' || sumFits(Buffer.from(bytes.view(at, size)))
  return { version: 2, uuid, ...segment, json: { at: V2_BINARY, length, intact } }
}

/** The sum is made with zeros in its own place. */
function sumFits(header: Buffer): boolean {
  const told = header.subarray(CHECKSUM_AT, CHECKSUM_AT + 32)
  const blank = Buffer.from(header).fill(0, CHECKSUM_AT, CHECKSUM_AT + CHECKSUM)
  return createHash('sha256').update(blank).digest().equals(told)
}

/** The first segment that is encrypted. */
function segmentIn(area: Buffer): Pick<Luks, 'cipher' | 'payloadAt' | 'payloadSize'> | undefined {
  const end = area.indexOf(0)
  const segments = fieldOf(parsed(area.toString('utf8', 0, end < 0 ? area.length : end)), 'segments')
  for (const segment of Object.values(segments ?? {})) {
    const { type, offset, size, encryption } = objectOf(segment) ?? {}
    if (type !== 'crypt' || typeof encryption !== 'string' || !/^[\w:-]{1,64}$/.test(encryption)) continue
    const payloadAt = Number(offset)
    const payloadSize = size === 'dynamic' ? undefined : Number(size)
    if (!Number.isSafeInteger(payloadAt) || payloadAt < V2_LEAST) return undefined
    if (payloadSize !== undefined && !(Number.isSafeInteger(payloadSize) && payloadSize > 0)) return undefined
    return { cipher: encryption, payloadAt, payloadSize }
  }
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function fieldOf(value: unknown, name: string): Readonly<Record<string, unknown>> | undefined {
  return objectOf(objectOf(value)?.[name])
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
}

/** A text that zeros fill up; undefined where it is none. */
function textOf(field: Uint8Array): string | undefined {
  return /^([\x20-\x7e]*)\0*$/.exec(latin1(field))?.[1]
}
