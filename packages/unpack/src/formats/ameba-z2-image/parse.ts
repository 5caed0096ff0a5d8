import { type Bytes, latin1, Reader } from '@messlatte/bytes'

/** Bytes that stand for valid settings, in the file system table behind the first header and in each section. */
export const VALID = '\0\x01\x02\x03\x04\x05\x06\x07'
/** Hash over the first header, and keys: in front of the first image only. */
const SIGNATURE = 32
const KEYS = 192
export const HEADER = 96
/** "FST" in the sources: how the image is hashed and encrypted. */
const SETTINGS = 96
const SECTION = 96
const ENTRY = 32
const HASH = 32
const SUM = 4
/** Bytes to which a last image is filled up. */
const BLOCK = 0x40
const LAST = 0xffffffff
/** Bytes of flash that these chips have at most. */
const MOST = 16 * 1024 * 1024
const MOST_IMAGES = 16
const MOST_SECTIONS = 64
const SETTINGS_VALID_AT = 8
const SECTION_VALID_AT = 16
export const MAGIC_AT = SIGNATURE + KEYS + HEADER + SETTINGS_VALID_AT

/** By their numbers in the sources. */
const IMAGES: readonly (string | undefined)[] = [
  undefined,
  undefined,
  ...['fwhs-s', 'fwhs-ns', 'fwls', 'isp', 'voe', 'wln', 'xip', 'cpfw', 'wowln', 'cinit'],
]
const MEMORIES: Readonly<Record<number, string>> = {
  128: 'dtcm',
  129: 'itcm',
  130: 'sram',
  131: 'psram',
  132: 'lpddr',
  133: 'xip',
}

export interface AmebaZ2Section {
  /** Which memory it is for. */
  readonly memory: string
  readonly address: number
  readonly at: number
  /** Bytes. */
  readonly length: number
}

export interface AmebaZ2Part {
  readonly kind: string
  readonly encrypted: boolean
  /** Of what is behind its header. */
  readonly at: number
  /** Bytes. */
  readonly length: number
  /** Empty where it is encrypted, or cut off. */
  readonly sections: readonly AmebaZ2Section[]
}

/** Little endian; sources are those of `amebaZ2Image`. */
export interface AmebaZ2Image {
  readonly parts: readonly AmebaZ2Part[]
  /** Where the sum of all bytes stands, behind the hash of the last part, filled up; undefined where the bytes end before. */
  readonly sumAt: number | undefined
  readonly end: number
}

/** The firmware at `at`, or undefined. */
export function parseAmebaZ2(bytes: Bytes, at: number): AmebaZ2Image | undefined {
  const parts: AmebaZ2Part[] = []
  let headerAt = at + SIGNATURE + KEYS
  for (;;) {
    const found = parsePart(bytes, headerAt)
    // What the end of the bytes cuts off belongs to it.
    if (!found && parts.length > 0 && headerAt + HEADER + SETTINGS > bytes.size)
      return { parts, sumAt: undefined, end: bytes.size }
    if (!found || parts.length === MOST_IMAGES) return undefined
    const { next, ...part } = found
    if (parts.length === 0 && !part.encrypted && part.sections.length === 0) return undefined
    parts.push(part)
    const end = part.at + part.length + HASH
    if (next === LAST) {
      const sumAt = at + Math.ceil((end - at) / BLOCK) * BLOCK
      return { parts, sumAt, end: sumAt + SUM }
    }
    if (headerAt + next < end || headerAt + next - at > MOST) return undefined
    headerAt += next
  }
}

function parsePart(bytes: Bytes, headerAt: number): (AmebaZ2Part & { next: number }) | undefined {
  if (headerAt + HEADER + SETTINGS > bytes.size) return undefined
  const reader = new Reader(bytes.view(headerAt, HEADER), 'little')
  const [length, next] = [reader.u32(), reader.u32()]
  const [kind, encrypted] = [IMAGES[reader.u8()], reader.u8()]
  const at = headerAt + HEADER
  if (kind === undefined || encrypted > 1 || length < SETTINGS || length > MOST) return undefined
  if (latin1(bytes.view(at + SETTINGS_VALID_AT, VALID.length)) !== VALID) return undefined
  const sections = encrypted === 1 ? [] : parseSections(bytes, at + SETTINGS, at + length)
  return sections && { kind, encrypted: encrypted === 1, at, length, sections, next }
}

function parseSections(bytes: Bytes, from: number, limit: number): AmebaZ2Section[] | undefined {
  const sections: AmebaZ2Section[] = []
  let place = from
  while (sections.length < MOST_SECTIONS) {
    const at = place + SECTION + ENTRY
    if (at > limit) return undefined
    if (at > bytes.size) return sections
    const reader = new Reader(bytes.view(place, SECTION + ENTRY), 'little')
    reader.skip(4)
    const [next, memory] = [reader.u32(), MEMORIES[reader.u8()]]
    reader.at = SECTION_VALID_AT
    if (memory === undefined || reader.latin1(VALID.length) !== VALID) return undefined
    reader.at = SECTION
    const [length, address] = [reader.u32(), reader.u32()]
    if (at + length > limit) return undefined
    sections.push({ memory, address, at, length })
    if (next === LAST) return sections
    if (place + next < at + length) return undefined
    place += next
  }
  return undefined
}
