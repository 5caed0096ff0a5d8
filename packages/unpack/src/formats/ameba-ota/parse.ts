import { type Bytes, Reader } from '@messlatte/bytes'

/** Of the first image; the second one has `OTA2`, or only `OTA`. */
export const MAGIC = 'OTA1'
export const MAGIC_AT = 8
const ENTRY_BYTES = 24
const MOST_ENTRIES = 8
const SIGNATURES = ['OTA1', 'OTA2', 'OTA\0']

/** An image in the file: Realtek's SDKs, `update_ota_target_hdr` and its like; little endian. */
export interface AmebaEntry {
  readonly signature: string
  /** Of all its bytes, modulo 2^32. */
  readonly sum: number
  /** Bytes. */
  readonly length: number
  /** From the start of the file. */
  readonly offset: number
  /** In flash. */
  readonly address: number
}

/** What the file at `at` holds, or undefined: its images have to follow each other behind the header. */
export function parseAmebaOta(bytes: Bytes, at: number): readonly AmebaEntry[] | undefined {
  if (at + 8 + ENTRY_BYTES > bytes.size) return undefined
  const count = new Reader(bytes.view(at + 4, 4), 'little').u32()
  if (count === 0 || count > MOST_ENTRIES || at + 8 + count * ENTRY_BYTES > bytes.size) return undefined
  const reader = new Reader(bytes.view(at + 8, count * ENTRY_BYTES), 'little')
  const entries: AmebaEntry[] = []
  let end = 8 + count * ENTRY_BYTES
  for (let index = 0; index < count; index++) {
    const signature = reader.latin1(4)
    const headerBytes = reader.u32()
    const [sum, length, offset, address] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
    if (!SIGNATURES.includes(signature) || headerBytes !== ENTRY_BYTES || offset < end || length === 0)
      return undefined
    entries.push({ signature: signature.replace('\0', ''), sum, length, offset, address })
    end = offset + length
  }
  return entries
}
