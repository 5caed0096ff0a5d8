import { crc32 } from 'node:zlib'
import { type Bytes, Reader } from '@messlatte/bytes'

/** Bytes of an entry; each has a sector of flash to itself. */
export const ENTRY = 32
export const SECTOR = 4096

/** States of a slot; nothing is written where rollback is not used. */
const STATES: ReadonlyMap<number, string> = new Map([
  [0, 'new'],
  [1, 'pending-verify'],
  [2, 'valid'],
  [3, 'invalid'],
  [4, 'aborted'],
  [0xffff_ffff, 'undefined'],
])

/** One of the two entries that say which slot is booted: esp_ota_select_entry_t of ESP-IDF, little endian. */
export interface OtaSelect {
  /** Slot (sequence - 1) modulo the count of slots is booted; the entry with the higher one counts. */
  readonly sequence: number
  readonly state: string
}

/** The entry at `at`; undefined for what is none, or has a CRC that differs. */
export function parseOtaSelect(bytes: Bytes, at: number): OtaSelect | undefined {
  if (at + ENTRY > bytes.size) return undefined
  const view = bytes.view(at, ENTRY)
  const reader = new Reader(view, 'little')
  const sequence = reader.u32()
  reader.skip(20)
  const state = STATES.get(reader.u32())
  if (state === undefined || sequence === 0 || sequence === 0xffff_ffff) return undefined
  // Of ESP-IDF's CRC, which begins at what ours ends with: the check is zlib's with a first value of all ones.
  return crc32(view.subarray(0, 4), 0xffff_ffff) === reader.u32() ? { sequence, state } : undefined
}
