import type { Bytes } from '@messlatte/bytes'
import { describeBytes } from '../../entropy.ts'
import { parseEspImage } from '../esp-image/parse.ts'
import { parseNvsPage } from '../esp-nvs/parse.ts'
import { parseOtaSelect } from '../esp-otadata/parse.ts'
import { APP, DATA, type EspPartition, type EspPartitionTable, isErased, SECTOR } from './parse.ts'

/** Where ESP-IDF puts the table unless a project says otherwise. */
const USUAL = 0x8000
/** Bits per byte, of a sector. */
const RANDOM = 7.5
/** Boot loaders with more in them push the table up. */
export const LAST_TABLE = 0x4_0000
const SUBTYPE_OTADATA = 0
const SUBTYPE_NVS = 2

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

/** Boot loaders and the table itself lie before it. */
export function behindTable({ partitions }: EspPartitionTable): readonly EspPartition[] {
  return partitions.filter(({ type }) => type !== 2 && type !== 3)
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

/** Whether the start of a partition is what its type says; undefined where that cannot be told. */
export function holdsItsKind(bytes: Bytes, at: number, partition: EspPartition): boolean | undefined {
  const { type, subtype, encrypted } = partition
  let fits: boolean | undefined
  if (type === APP) fits = parseEspImage(bytes, at) !== undefined
  else if (type === DATA && subtype === SUBTYPE_NVS) fits = parseNvsPage(bytes, at) !== undefined
  else if (type === DATA && subtype === SUBTYPE_OTADATA) fits = parseOtaSelect(bytes, at) !== undefined
  if (fits !== false) return fits
  // Flash encryption covers applications and OTA data whether they are marked or not; the latter are too short to tell.
  const mayBe = type === APP ? looksRandom(bytes, at) : subtype === SUBTYPE_OTADATA
  return encrypted || mayBe ? undefined : false
}

function looksRandom(bytes: Bytes, at: number): boolean {
  const length = Math.min(SECTOR, bytes.size - at)
  return describeBytes(bytes, at, length).entropy > RANDOM
}
