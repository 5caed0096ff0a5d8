import { type Bytes, latin1 } from '@messlatte/bytes'

/**
 * Where things lie depends on how many bits of the flash are written at once, which stands nowhere. All in bytes, little endian.
 * FlashDB, src/fdb_kvdb.c, `sector_hdr_data` and `kv_hdr_data`.
 */
export interface FlashLayout {
  readonly bits: number
  readonly sectorMagicAt: number
  readonly sectorHeader: number
  readonly nodeMagicAt: number
  readonly nodeHeader: number
}

export const LAYOUTS: readonly FlashLayout[] = [
  { bits: 1, sectorMagicAt: 4, sectorHeader: 16, nodeMagicAt: 4, nodeHeader: 24 },
  { bits: 8, sectorMagicAt: 8, sectorHeader: 20, nodeMagicAt: 8, nodeHeader: 28 },
  { bits: 32, sectorMagicAt: 24, sectorHeader: 36, nodeMagicAt: 20, nodeHeader: 40 },
  { bits: 64, sectorMagicAt: 48, sectorHeader: 64, nodeMagicAt: 40, nodeHeader: 64 },
  { bits: 128, sectorMagicAt: 96, sectorHeader: 112, nodeMagicAt: 80, nodeHeader: 112 },
  { bits: 256, sectorMagicAt: 192, sectorHeader: 224, nodeMagicAt: 160, nodeHeader: 224 },
]

/** The magic of sectors to that of what lies in them: FlashDB, and EasyFlash 4, which it came from. */
export const NODE_MAGICS: ReadonlyMap<string, string> = new Map([
  ['FDB0', 'KV00'],
  ['EF40', 'KV40'],
])

const STORE_STATES = 3
const DIRTY_STATES = 3
const NODE_STATES = 5
const LEAST_SECTOR = 256
const MOST_SECTOR = 1024 * 1024
/** Where there is one sector only, its size cannot be known. */
const USUAL_SECTOR = 4096

export interface FlashStore {
  readonly layout: FlashLayout
  readonly nodeMagic: string
  /** Bytes. */
  readonly sector: number
  readonly end: number
}

/** The store whose first sector begins at `at`. */
export function storeAt(bytes: Bytes, at: number): FlashStore | undefined {
  for (const layout of LAYOUTS) {
    const magic = sectorMagic(bytes, at, layout)
    const nodeMagic = magic && NODE_MAGICS.get(magic)
    if (!nodeMagic) continue
    const follows = (place: number) => sectorMagic(bytes, place, layout) === magic
    let sector = LEAST_SECTOR
    while (sector <= MOST_SECTOR && !follows(at + sector)) sector *= 2
    if (sector > MOST_SECTOR) sector = USUAL_SECTOR
    let end = at + sector
    while (follows(end)) end += sector
    return { layout, nodeMagic, sector, end: Math.min(end, bytes.size) }
  }
  return undefined
}

/** The magic of a sector whose header holds. */
function sectorMagic(bytes: Bytes, at: number, layout: FlashLayout): string | undefined {
  if (at + layout.sectorHeader > bytes.size) return undefined
  const header = bytes.view(at, layout.sectorHeader)
  const magic = latin1(header.subarray(layout.sectorMagicAt, layout.sectorMagicAt + 4))
  if (!NODE_MAGICS.has(magic)) return undefined
  // It stands for itself (no sector was ever put together with another), and what is reserved was never written.
  if (!header.subarray(layout.sectorMagicAt + 4).every((byte) => byte === 0xff)) return undefined
  const dirty = header.subarray(stateBytes(layout, STORE_STATES))
  return stateOf(header, layout, STORE_STATES) > 0 && stateOf(dirty, layout, DIRTY_STATES) > 0
    ? magic
    : undefined
}

function stateBytes({ bits }: FlashLayout, states: number): number {
  return bits === 1 ? 1 : (states * bits) / 8
}

/** How far a state has come: bits or bytes of a table are written one after the other. -1 for what is no such table. */
function stateOf(table: Uint8Array, layout: FlashLayout, states: number): number {
  const unit = layout.bits / 8
  const written = (state: number) =>
    layout.bits === 1 ? (((table[0] as number) >> (7 - state)) & 1) === 0 : table[state * unit] === 0
  let state = states
  while (state > 0 && !written(state - 1)) state--
  const length = stateBytes(layout, states)
  // Of what is written at once only the first bit or byte is, and all behind it never.
  const sound = table
    .subarray(0, length)
    .every((byte, at) => byte === 0xff || isWritten(byte, at, layout, state))
  return sound ? state : -1
}

function isWritten(byte: number, at: number, { bits }: FlashLayout, state: number): boolean {
  return bits === 1 ? (byte & (0xff >> state)) === 0xff >> state : byte === 0 && at % (bits / 8) === 0
}

export function nodeState(header: Uint8Array, layout: FlashLayout): number {
  return stateOf(header, layout, NODE_STATES)
}
