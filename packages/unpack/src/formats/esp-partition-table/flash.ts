import { type Bytes, memoryBytes } from '@messlatte/bytes'
import { entropyOf } from '../../entropy.ts'
import { parseEspImage } from '../esp-image/parse.ts'
import { nvsKeyIn } from '../esp-nvs/decrypt.ts'
import { parseNvsPage } from '../esp-nvs/parse.ts'
import { parseOtaSelect } from '../esp-otadata/parse.ts'
import { APP, DATA, type EspPartition, type EspPartitionTable, isErased, SECTOR } from './parse.ts'

/** Where ESP-IDF puts the table unless a project says otherwise. */
const USUAL = 0x8000
/** Bits per byte, of a sector. */
const RANDOM = 7.5
/** Boot loaders with more in them push the table up. */
export const LAST_TABLE = 0x4_0000
/** Types. */
const BOOT_LOADER = 2
const TABLE = 3
const SUBTYPE_OTADATA = 0
const SUBTYPE_NVS = 2
const SUBTYPE_NVS_KEYS = 4

/**
 * Where the flash begins whose table lies at `at`; undefined where the bytes do not show it. Offsets of partitions count
 * from there, and no field tells where the table itself lies: the contents at the offsets decide. Where the bytes begin
 * within the flash, its start is negative.
 */
export function findFlashStart(bytes: Bytes, at: number, table: EspPartitionTable): number | undefined {
  const first = Math.min(...behindTable(table).map(({ offset }) => offset))
  const offsets = new Set([USUAL, first - SECTOR])
  for (let offset = SECTOR; offset <= LAST_TABLE; offset += SECTOR) offsets.add(offset)
  let best: { readonly start: number; readonly score: number } | undefined
  for (const offset of offsets) {
    if (!(offset > 0 && offset + SECTOR <= first)) continue
    const score = scoreOf(bytes, at - offset, table)
    if (score > (best?.score ?? 0)) best = { start: at - offset, score }
  }
  return best?.start
}

/** The boot loader and the table itself lie before it; those for an update or a recovery behind the first partition. */
export function behindTable({ partitions }: EspPartitionTable): readonly EspPartition[] {
  const first = Math.min(...partitions.filter((row) => !isOfStart(row)).map(({ offset }) => offset))
  return partitions.filter((row) => !isOfStart(row) || row.offset > first)
}

/** Boot loaders and tables, whatever they are for. */
function isOfStart({ type }: EspPartition): boolean {
  return type === BOOT_LOADER || type === TABLE
}

/** How many partitions hold what they are for, minus how many hold something else; what is erased says nothing. */
function scoreOf(bytes: Bytes, start: number, table: EspPartitionTable): number {
  let score = 0
  for (const partition of behindTable(table)) {
    const at = start + partition.offset
    if (at + SECTOR > bytes.size || isErased(bytes.view(at, 64))) continue
    const fits = holdsItsKind(bytes, at, partition)
    if (fits !== undefined) score += fits ? 1 : -1
  }
  return score
}

/** Flash encryption covers these whether they are marked or not. ESP-IDF documentation, Flash Encryption, "Encrypted partitions". */
export function isCovered(row: EspPartition): boolean {
  const { type, subtype, encrypted } = row
  const always = type === DATA && (subtype === SUBTYPE_OTADATA || subtype === SUBTYPE_NVS_KEYS)
  return encrypted || type === APP || isOfStart(row) || always
}

export function isNvs({ type, subtype }: EspPartition): boolean {
  return type === DATA && subtype === SUBTYPE_NVS
}

export function isNvsKeys({ type, subtype }: EspPartition): boolean {
  return type === DATA && subtype === SUBTYPE_NVS_KEYS
}

/** Whether the start of a partition is what its type says; undefined where that cannot be told. */
export function holdsItsKind(bytes: Bytes, at: number, partition: EspPartition): boolean | undefined {
  const { type, subtype } = partition
  let fits: boolean | undefined
  if (type === APP) fits = parseEspImage(bytes, at) !== undefined
  else if (isNvs(partition)) fits = parseNvsPage(bytes, at) !== undefined
  else if (type === DATA && subtype === SUBTYPE_OTADATA) fits = parseOtaSelect(bytes, at) !== undefined
  else if (isNvsKeys(partition))
    fits = nvsKeyIn(bytes.view(at, Math.min(SECTOR, bytes.size - at))) !== undefined
  if (fits !== false) return fits
  // Of what is encrypted without a mark, only applications are long enough to tell.
  if (type === APP && !partition.encrypted) return looksRandom(bytes, at) ? undefined : false
  return isCovered(partition) ? undefined : false
}

/** Bytes of a partition that are looked at, how many of them are taken, and how many are enough. */
const REACH = 64 * 1024
const TAKEN = 4096
const ENOUGH = 2048
/** What flash encryption writes at once; a unit that reads erased was never written. */
const UNIT = 16
/** Bits per byte: of so few bytes that are encrypted, the least is 7.7. */
const UNEVEN = 7.3

/** Whether what was written to the start of a partition is too uneven to be encrypted, whatever its mark says. */
export function looksPlain(bytes: Bytes, at: number, length: number): boolean {
  const view = bytes.view(at, Math.min(REACH, length))
  const written = Buffer.alloc(TAKEN)
  let taken = 0
  for (let from = 0; from + UNIT <= view.length && taken < TAKEN; from += UNIT) {
    const unit = view.subarray(from, from + UNIT)
    if (isErased(unit)) continue
    written.set(unit, taken)
    taken += UNIT
  }
  return taken >= ENOUGH && entropyOf(memoryBytes(written), 0, taken) < UNEVEN
}

function looksRandom(bytes: Bytes, at: number): boolean {
  const length = Math.min(SECTOR, bytes.size - at)
  return entropyOf(bytes, at, length) > RANDOM
}
