import { type Bytes, Reader } from '@messlatte/bytes'

const VECTORS = 64
const ENTRY = 16
/** No room for a table is larger. */
const MOST = 10 * 1024
const LEAST_ENTRIES = 8
/** What fills the vectors up: later boot loaders loop in all but the first one, earlier ones load each from a list. */
export const LATER = { bytes: '\xef\xbe\xad\xde'.repeat(8), at: 32 } as const
export const EARLIER = { bytes: '\x14\xf0\x9f\xe5'.repeat(7), at: 4 } as const
const EARLIER_END = 0x12345678
/** The upper byte of a jump, for 32 and for 64 bits. */
const JUMPS: ReadonlySet<number> = new Set([0xea, 0x14])

/** U-Boot of Goke, arch/arm/cpu/armv7/gk7205v200/init_registers.c (`regentry`): little endian. */
export interface RegisterEntry {
  readonly address: number
  readonly value: number
  /** Turns of a loop. */
  readonly delay: number
  /** When it is written or waited for, and which bits. */
  readonly attributes: number
}

/** The vectors and the table at `at`, or undefined: the table is ended by an entry of zeros, and names registers only. */
export function parseHisiliconBoot(bytes: Bytes, at: number): readonly RegisterEntry[] | undefined {
  if (at + VECTORS + ENTRY > bytes.size) return undefined
  const vectors = new Reader(bytes.view(at, VECTORS), 'little')
  if (!JUMPS.has(vectors.u32() >>> 24) || !hasVectors(bytes, at)) return undefined
  const table = new Reader(bytes.view(at + VECTORS, Math.min(MOST, bytes.size - at - VECTORS)), 'little')
  const entries: RegisterEntry[] = []
  while (table.left >= ENTRY) {
    const entry = { address: table.u32(), value: table.u32(), delay: table.u32(), attributes: table.u32() }
    if (isEnd(entry)) return entries.length < LEAST_ENTRIES ? undefined : entries
    if (!isRegister(entry)) return undefined
    entries.push(entry)
  }
  return undefined
}

function hasVectors(bytes: Bytes, at: number): boolean {
  const reader = new Reader(bytes.view(at, VECTORS), 'little', LATER.at)
  if (reader.latin1(LATER.bytes.length) === LATER.bytes) return true
  reader.at = EARLIER.at
  if (reader.latin1(EARLIER.bytes.length) !== EARLIER.bytes) return false
  reader.at = VECTORS - 4
  return reader.u32() === EARLIER_END
}

function isEnd({ address, value, delay, attributes }: RegisterEntry): boolean {
  return address === 0 && value === 0 && delay === 0 && attributes === 0
}

/** Registers lie between 256 MiB and 768 MiB; an entry without one only waits. */
function isRegister({ address, value, delay, attributes }: RegisterEntry): boolean {
  if (address === 0) return value === 0 && attributes === 0 && delay !== 0
  return address % 4 === 0 && address >= 0x10000000 && address < 0x30000000 && attributes !== 0
}

/** Where the table ends, with the entry that ends it. */
export function endOf(at: number, entries: readonly RegisterEntry[]): number {
  return at + VECTORS + (entries.length + 1) * ENTRY
}
