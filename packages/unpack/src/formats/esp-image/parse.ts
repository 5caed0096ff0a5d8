import { createHash } from 'node:crypto'
import { type Bytes, consistsOf, cString, forEachWindow, Reader } from '@messlatte/bytes'
import { CHIPS, isEsp32Address, isEsp8266Address, isEsp8266Flash, loaderOffset } from './chips.ts'

const MAGIC = 0xe9
/** First byte of the outer header of an ESP8266 image of version 2, whose count of segments is always 4. */
const MAGIC_V2 = 0xea
const SEGMENTS_V2 = 4
/** Sizes in bytes. */
const SHORT_HEADER = 8
const HEADER = 24
const SEGMENT_HEADER = 8
/** esptool's ESP_IMAGE_MAX_SEGMENTS. */
const MAX_SEGMENTS = 16
const MAX_SEGMENT = 16 * 1024 * 1024
/** Flash is mapped in pages of this size, or of a multiple of it. */
const SMALLEST_PAGE = 8 * 1024
const HASH = 32
const WINDOW = 256 * 1024
const MAX_MODE = 5
/** Every checksum begins with this value. */
export const CHECKSUM_SEED = 0xef
const DESCRIPTOR_MAGIC = 0xabcd_5432

/** A stretch that the ROM or the boot loader copies or maps to `address`. */
export interface EspSegment {
  readonly address: number
  /** Offset of the data in the source, in bytes. */
  readonly at: number
  readonly length: number
  /** False for what the checksum leaves out: the flash-mapped part of version 2 images of the ESP8266, and what no header counts. */
  readonly summed: boolean
}

/** esp_app_desc_t of ESP-IDF. */
export interface EspDescriptor {
  /** Anti-rollback: compared with a counter in the fuses. */
  readonly secureVersion: number
  readonly version: string
  readonly project: string
  readonly time: string
  readonly date: string
  readonly idfVersion: string
  readonly elfSha256: string
}

/** An application or boot loader image of the ESP8266 or ESP32 family, little endian. */
export interface EspImage {
  readonly family: 'esp8266' | 'esp32'
  /** Name of the chip, where the header tells it. */
  readonly chip: string | undefined
  /** 0 QIO, 1 QOUT, 2 DIO, 3 DOUT. */
  readonly flashMode: number
  /** High nibble: size; low nibble: frequency. */
  readonly flashSizeAndFrequency: number
  readonly entryPoint: number
  /** Revisions as 100 × major + minor; the ESP32 family only. */
  readonly minimumRevision: number | undefined
  readonly maximumRevision: number | undefined
  readonly segments: readonly EspSegment[]
  /** Offset of the checksum byte, which ends a block of 16 bytes. */
  readonly checksumAt: number
  /** Offset of a SHA-256 over all before it. */
  readonly hashAt: number | undefined
  /** Offset of the CRC-32 that esptool appends to version 2 images of the ESP8266. */
  readonly crcAt: number | undefined
  readonly descriptor: EspDescriptor | undefined
  /** Behind checksum, hash and CRC; what signs the image comes behind it. */
  readonly end: number
  /** True when the bytes end before the image does. */
  readonly cut: boolean
}

interface Header {
  readonly count: number
  readonly flashMode: number
  readonly flashSizeAndFrequency: number
  readonly entryPoint: number
}

/** The image at `at`, or undefined for what is none. Layout: esptool, bin_image.py; ESP-IDF, esp_app_format.h. */
export function parseEspImage(bytes: Bytes, at: number): EspImage | undefined {
  if (at + SHORT_HEADER + SEGMENT_HEADER > bytes.size) return undefined
  return parseEsp32(bytes, at) ?? parseEsp8266(bytes, at)
}

function readHeader(bytes: Bytes, at: number, magic: number): Header | undefined {
  if (at + SHORT_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, SHORT_HEADER), 'little')
  if (reader.u8() !== magic) return undefined
  const [count, flashMode, flashSizeAndFrequency] = [reader.u8(), reader.u8(), reader.u8()]
  const frequency = flashSizeAndFrequency & 15
  if (count < 1 || count > MAX_SEGMENTS || flashMode > MAX_MODE) return undefined
  if (flashSizeAndFrequency >= 0xa0 || (frequency > 3 && frequency !== 15)) return undefined
  return { count, flashMode, flashSizeAndFrequency, entryPoint: reader.u32() }
}

function parseEsp32(bytes: Bytes, at: number): EspImage | undefined {
  const header = readHeader(bytes, at, MAGIC)
  if (!header || at + HEADER + SEGMENT_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at + SHORT_HEADER, HEADER - SHORT_HEADER), 'little')
  reader.skip(4)
  const chip = CHIPS.get(reader.u16())
  reader.skip(1)
  const [minimumRevision, maximumRevision] = [reader.u16(), reader.u16()]
  const reserved = reader.u32()
  const hashed = reader.u8()
  if (chip === undefined || reserved !== 0 || hashed > 1) return undefined
  const found = readSegments(bytes, at + HEADER, header.count, isEsp32Address)
  if (!found || header.entryPoint === 0 || !isEsp32Address(header.entryPoint)) return undefined
  const checksumAt = checksumBehind(at, found.end)
  const hashAt = hashed === 1 ? checksumAt + 1 : undefined
  const mapped = hashed === 0 ? segmentsBehind(bytes, at, checksumAt + 1, loaderOffset(chip)) : []
  const segments = [...found.segments, ...mapped]
  const last = mapped.at(-1)
  const end = last ? endBehind(last) : checksumAt + 1 + (hashed === 1 ? HASH : 0)
  return {
    ...whatHeaderTells(header),
    family: 'esp32',
    chip,
    minimumRevision,
    maximumRevision,
    segments,
    checksumAt,
    hashAt,
    crcAt: undefined,
    descriptor: descriptorOf(bytes, segments),
    end: Math.min(end, bytes.size),
    cut: end > bytes.size,
  }
}

/**
 * What `esptool elf2image --ram-only-header` writes for boot without a second stage (Zephyr, NuttX): the header counts only what
 * the ROM loads, and behind the checksum come the segments that the program itself maps, each behind a segment of zeros for
 * address 0 that moves it to where its page wants it.
 */
function segmentsBehind(bytes: Bytes, start: number, from: number, before: number): readonly EspSegment[] {
  const segments: EspSegment[] = []
  for (let at = from; segments.length < MAX_SEGMENTS; ) {
    const pair = readSegments(bytes, at, 2, (address) => address === 0 || isEsp32Address(address))
    const [filler, mapped] = pair?.segments ?? []
    if (!pair || !filler || filler.address !== 0 || !isBlank(bytes, filler)) break
    segments.push({ ...filler, summed: false })
    if (!mapped) break
    const misplaced = (mapped.at - start + before - mapped.address) % SMALLEST_PAGE
    if (mapped.address === 0 || misplaced !== 0) return segments.slice(0, -1)
    segments.push({ ...mapped, summed: false })
    at = pair.end
  }
  return segments
}

/** Behind zeros there is always the header of what they move. */
function endBehind({ address, at, length }: EspSegment): number {
  return at + length + (address === 0 ? SEGMENT_HEADER : 0)
}

/** Zeros as far as there are bytes, and at least some. */
function isBlank(bytes: Bytes, { at, length }: EspSegment): boolean {
  const there = Math.min(length, bytes.size - at)
  return there > 0 && consistsOf(bytes.view(at, there), 0)
}

function parseEsp8266(bytes: Bytes, at: number): EspImage | undefined {
  const outer = readHeader(bytes, at, MAGIC_V2)
  if (outer && outer.count !== SEGMENTS_V2) return undefined
  const first = outer && readSegments(bytes, at + SHORT_HEADER, 1, (address) => address === 0)
  if (outer && (!first || !isEsp8266Address(outer.entryPoint))) return undefined
  const mapped = (first?.segments ?? []).map((segment) => ({ ...segment, summed: false }))
  const from = first ? first.end : at
  // What is cut within the mapped part has no second header to check: the first one says too little.
  const header = readHeader(bytes, from, MAGIC)
  if (!header) return undefined
  const found = readSegments(bytes, from + SHORT_HEADER, header.count, isEsp8266Address)
  if (!found || !isEntry(header.entryPoint, found)) return undefined
  const checksumAt = checksumBehind(at, found.end)
  const crcAt = outer ? checksumAt + 1 : undefined
  const hashAt = outer || !isVersion3(bytes, at, checksumAt + 1, found) ? undefined : checksumAt + 1
  const end = checksumAt + (outer ? 5 : 1) + (hashAt === undefined ? 0 : HASH)
  return {
    ...whatHeaderTells(header),
    family: 'esp8266',
    chip: undefined,
    minimumRevision: undefined,
    maximumRevision: undefined,
    segments: [...mapped, ...found.segments],
    checksumAt,
    hashAt,
    crcAt,
    descriptor: undefined,
    end: Math.min(end, bytes.size),
    cut: end > bytes.size,
  }
}

/** Images of the RTOS SDK map flash, and end with a SHA-256 of which no field tells: it is one where it fits. */
function isVersion3(bytes: Bytes, start: number, hashAt: number, { segments }: Found): boolean {
  if (!segments.some(({ address }) => isEsp8266Flash(address)) || hashAt + HASH > bytes.size) return false
  return sha256Between(bytes, start, hashAt).equals(bytes.view(hashAt, HASH))
}

/** Of the bytes from `start` to before `end`. */
export function sha256Between(bytes: Bytes, start: number, end: number): Buffer {
  const hash = createHash('sha256')
  forEachWindow(bytes, start, end, WINDOW, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest()
}

function whatHeaderTells({ flashMode, flashSizeAndFrequency, entryPoint }: Header): Omit<Header, 'count'> {
  return { flashMode, flashSizeAndFrequency, entryPoint }
}

interface Found {
  readonly segments: readonly EspSegment[]
  readonly end: number
  /** False when the bytes end before the last one does. */
  readonly whole: boolean
}

function readSegments(
  bytes: Bytes,
  start: number,
  count: number,
  isAddress: (address: number) => boolean,
): Found | undefined {
  const segments: EspSegment[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    if (at + SEGMENT_HEADER > bytes.size) return index > 0 ? { segments, end: at, whole: false } : undefined
    const reader = new Reader(bytes.view(at, SEGMENT_HEADER), 'little')
    const [address, length] = [reader.u32(), reader.u32()]
    if (!isAddress(address) || length > MAX_SEGMENT || length % 4 !== 0) return undefined
    segments.push({ address, at: at + SEGMENT_HEADER, length, summed: true })
    at += SEGMENT_HEADER + length
  }
  return { segments, end: at, whole: at <= bytes.size }
}

/** Short headers say little: the entry point has to lie in what is loaded, unless the segment that holds it is cut off. */
function isEntry(entry: number, found: Found): boolean {
  if (!found.whole) return isEsp8266Address(entry)
  return found.segments.some(({ address, length }) => entry >= address && entry < address + length)
}

/** The checksum byte fills a block of 16 bytes, counted from the start of the image. */
function checksumBehind(start: number, end: number): number {
  return start + Math.floor((end - start) / 16) * 16 + 15
}

function descriptorOf(bytes: Bytes, segments: readonly EspSegment[]): EspDescriptor | undefined {
  for (const { at, length } of segments) {
    if (length < 256 || at + 256 > bytes.size) continue
    const reader = new Reader(bytes.view(at, 256), 'little')
    if (reader.u32() !== DESCRIPTOR_MAGIC) continue
    const secureVersion = reader.u32()
    reader.skip(8)
    const text = (size: number) => cString(reader.take(size))
    return {
      secureVersion,
      version: text(32),
      project: text(32),
      time: text(16),
      date: text(16),
      idfVersion: text(32),
      elfSha256: Buffer.from(reader.take(32)).toString('hex'),
    }
  }
  return undefined
}
