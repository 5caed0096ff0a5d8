import { type Bytes, latin1, Reader } from '@messlatte/bytes'

/** Bytes of the header, which tells them. */
const HEADER = 0x66
export const MAGICS = ['BOOT', 'LDR '].map((tag) => `${tag}\x66\0`)
const CHIP_AT = 21
const GROUPS_AT = 25
/** Bytes of an entry, which tells them, too. */
const ENTRY = 57
const NAME_AT = 5
const NAME = 40
const CRC = 4
const MOST_ENTRIES = 32
const MOST_SIZE = 64 * 1024 * 1024
/** The header of later chips (rockchip-idb): in the clear, and as it is stored for the flash. */
const HEAD = 'RKNS'
const HIDDEN_HEAD = '\x3c\x6d\x62\xa0'
/** Bytes that are deciphered together, of what goes to the flash. */
export const SECTOR = 512

const GROUPS = ['usb-471', 'usb-472', 'flash'] as const

export interface RockchipLoaderEntry {
  /** `usb-471` and `usb-472`, or `usb` for both, or `flash`. */
  readonly group: string
  /** Those of all its parts, where a header and what it leads to are one image. */
  readonly name: string
  readonly at: number
  /** Bytes. */
  readonly length: number
  /** As it is, deciphered as a whole, or sector by sector. */
  readonly cipher: 'none' | 'whole' | 'sectors'
}

/** Little endian; sources are those of `rockchipLoader`. */
export interface RockchipLoader {
  /** Four characters, the last one first: `033C`, `8653`. */
  readonly chip: string
  readonly entries: readonly RockchipLoaderEntry[]
  /** Behind the last entry: the CRC of all stands there. */
  readonly crcAt: number
  readonly end: number
}

/** The loader at `at`, or undefined: its entries have to follow each other. */
export function parseRockchipLoader(bytes: Bytes, at: number): RockchipLoader | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  if (!MAGICS.includes(latin1(header.subarray(0, 6)))) return undefined
  const reader = new Reader(header, 'little', GROUPS_AT)
  const raw: RawEntry[] = []
  for (const group of GROUPS) {
    const [count, from, size] = [reader.u8(), reader.u32(), reader.u8()]
    if (count > MOST_ENTRIES || (count > 0 && size !== ENTRY)) return undefined
    for (let index = 0; index < count; index++) {
      const entry = entryAt(bytes, at, from + index * ENTRY)
      if (!entry) return undefined
      raw.push({ group, ...entry })
    }
  }
  const first = raw[0]
  if (!first) return undefined
  let crcAt = first.at
  for (const entry of raw) {
    if (entry.at !== crcAt || entry.length === 0) return undefined
    crcAt += entry.length
  }
  if (crcAt - at > MOST_SIZE) return undefined
  const usb = raw.filter(({ group }) => group !== 'flash')
  const flash = raw.filter(({ group }) => group === 'flash')
  const plain = startOf(bytes, usb[0]) === HEAD
  const entries = [
    ...(plain ? joined('usb', usb, 'none') : usb.map((entry) => ({ ...entry, cipher: 'whole' as const }))),
    ...(startOf(bytes, flash[0]) === HIDDEN_HEAD
      ? joined('flash', flash, 'sectors')
      : flash.map((entry) => ({ ...entry, cipher: 'sectors' as const }))),
  ]
  const chip = latin1(header.subarray(CHIP_AT, CHIP_AT + 4))
  return { chip, entries, crcAt, end: crcAt + CRC }
}

type RawEntry = Omit<RockchipLoaderEntry, 'cipher'>

/** A header and what it tells the places of are one image. */
function joined(
  group: string,
  parts: readonly RawEntry[],
  cipher: RockchipLoaderEntry['cipher'],
): RockchipLoaderEntry[] {
  const name = parts.map((part) => part.name).join('+')
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return [{ group, name, at: (parts[0] as RawEntry).at, length, cipher }]
}

function startOf(bytes: Bytes, entry: RawEntry | undefined): string {
  return entry && entry.at + 4 <= bytes.size ? latin1(bytes.view(entry.at, 4)) : ''
}

function entryAt(bytes: Bytes, start: number, from: number) {
  const place = start + from
  if (from < HEADER || place + ENTRY > bytes.size) return undefined
  const reader = new Reader(bytes.view(place, ENTRY), 'little')
  if (reader.u8() !== ENTRY) return undefined
  reader.at = NAME_AT
  const text = Buffer.from(reader.take(NAME)).toString('utf16le')
  const name = text.replace(/\0.*$/s, '').replace(/[^\x21-\x7e]|\//g, '_')
  const [offset, length] = [reader.u32(), reader.u32()]
  return { name: name === '' || name === '.' || name === '..' ? '_' : name, at: start + offset, length }
}
