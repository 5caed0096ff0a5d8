import { createHash } from 'node:crypto'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'

export const MAGIC = 'LUKS\xba\xbe'
const SECTOR = 512
const SECTOR_SIZES = [512, 1024, 2048, 4096]
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
  /** Bytes that are encrypted as one: 512 to 4096. */
  readonly sectorSize: number
  /** The number of the first sector, in units of 512 bytes. */
  readonly firstSector: number
  /** Of version 2: the name of the segment that is shown. */
  readonly segment: string | undefined
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
    sectorSize: SECTOR,
    firstSector: 0,
    segment: undefined,
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
  const segment = segmentIn(readJson(bytes, at + V2_BINARY, length))
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
function segmentIn(
  json: unknown,
): Pick<Luks, 'cipher' | 'payloadAt' | 'payloadSize' | 'sectorSize' | 'firstSector' | 'segment'> | undefined {
  for (const [segment, value] of Object.entries(fieldOf(json, 'segments') ?? {})) {
    const { type, offset, size, encryption, iv_tweak: tweak, sector_size: sectorSize } = objectOf(value) ?? {}
    if (type !== 'crypt' || typeof encryption !== 'string' || !/^[\w:-]{1,64}$/.test(encryption)) continue
    const payloadAt = Number(offset)
    const payloadSize = size === 'dynamic' ? undefined : Number(size)
    const firstSector = Number(tweak)
    if (!Number.isSafeInteger(payloadAt) || payloadAt < V2_LEAST) return undefined
    if (payloadSize !== undefined && !(Number.isSafeInteger(payloadSize) && payloadSize > 0)) return undefined
    if (!SECTOR_SIZES.includes(sectorSize as number) || !Number.isSafeInteger(firstSector) || firstSector < 0)
      return undefined
    return {
      cipher: encryption,
      payloadAt,
      payloadSize,
      sectorSize: sectorSize as number,
      firstSector,
      segment,
    }
  }
  return undefined
}

/** The object of an area that zeros fill up; undefined where it is none. */
export function readJson(bytes: Bytes, at: number, length: number): unknown {
  const area = Buffer.from(bytes.view(at, length))
  const end = area.indexOf(0)
  return parsed(area.toString('utf8', 0, end < 0 ? area.length : end))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function fieldOf(value: unknown, name: string): Readonly<Record<string, unknown>> | undefined {
  return objectOf(objectOf(value)?.[name])
}

export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
}

/** A text that zeros fill up; undefined where it is none. */
export function textOf(field: Uint8Array): string | undefined {
  return /^([\x20-\x7e]*)\0*$/.exec(latin1(field))?.[1]
}
