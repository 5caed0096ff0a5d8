import { type Bytes, memoryBytes } from '@messlatte/bytes'
import type { KeyMaterial } from '../../contract.ts'
import { loaderOffset } from '../esp-image/chips.ts'
import { type EspImage, parseEspImage } from '../esp-image/parse.ts'
import { findEspSignature } from '../esp-image/signature.ts'
import { decryptFlash, schemesFor } from '../esp-partition-table/decrypt.ts'
import { behindTable, LAST_TABLE } from '../esp-partition-table/flash.ts'
import type { EspFlash } from '../esp-partition-table/members.ts'
import { parsePartitionTable, SECTOR } from '../esp-partition-table/parse.ts'
import { copyStretch } from '../members.ts'

/** Where boot loaders begin, in the flash or in a file that leaves out what is before them. */
const LOADERS = [0, 0x1000, 0x2000]
const MEGABYTE = 1024 * 1024
/** High nibbles of the flash's size in a header: 1 MB to 128 MB. */
const LARGEST_CODE = 7

export interface FoundFlash extends EspFlash {
  readonly start: number
  readonly loaderAt: number
  /** Bytes, as the boot loader's header tells it; 0 where it does not. */
  readonly chipSize: number
}

/**
 * The flash whose first bytes, or whose boot loader, lie at `at`: a boot loader where its chip looks for one, and a table
 * behind it whose partitions all lie behind the table.
 */
export function findEspFlash(
  bytes: Bytes,
  at: number,
  keys: readonly KeyMaterial[] = [],
): FoundFlash | undefined {
  return findPlain(bytes, at) ?? (at === 0 ? findEncrypted(bytes, keys) : undefined)
}

function findPlain(bytes: Bytes, at: number): FoundFlash | undefined {
  for (const before of LOADERS) {
    const loaderAt = at + before
    const image = parseEspImage(bytes, loaderAt)
    if (!image || image.cut || image.descriptor) continue
    const start = loaderAt - loaderOffset(image.chip)
    if (start !== at && before !== 0) continue
    const found = findTable(bytes, start, findEspSignature(bytes, loaderAt, image.end)?.end ?? image.end)
    if (found) return { start, loaderAt, ...found, chipSize: chipSizeOf(image) }
  }
  return undefined
}

/** Where the file begins in the flash, and where its boot loader may then lie in the file. */
const BEGINNINGS = LOADERS.map((address) => ({ address, loaders: address === 0 ? LOADERS : [0] }))
/** Bytes that flash encryption takes at once, at most. */
const BLOCK = 128
const MAGIC = 0xe9

/** A flash whose boot loader and table are encrypted, as they are on every device that encrypts its flash. */
function findEncrypted(bytes: Bytes, keys: readonly KeyMaterial[]): FoundFlash | undefined {
  const size = Math.min(bytes.size, LAST_TABLE + SECTOR)
  if (size < 2 * SECTOR) return undefined
  for (const [key, { bytes: material }] of keys.entries()) {
    for (const scheme of schemesFor(material)) {
      const decrypted = (at: number, length: number, address: number) => {
        const data = Buffer.alloc(Math.floor(length / BLOCK) * BLOCK)
        copyStretch(bytes, at, data)
        decryptFlash(scheme, material, address + at, data)
        return data
      }
      for (const { address, loaders } of BEGINNINGS) {
        const starts = (at: number) => at + BLOCK <= size && decrypted(at, BLOCK, address)[0] === MAGIC
        if (!loaders.some(starts)) continue
        const flash = findPlain(memoryBytes(decrypted(0, size, address)), 0)
        if (flash?.start === -address) return { ...flash, proven: { key, scheme } }
      }
    }
  }
  return undefined
}

/** No field tells where the table lies: at the start of a sector, and before all that it speaks of. */
function findTable(
  bytes: Bytes,
  start: number,
  behind: number,
): Pick<FoundFlash, 'tableAt' | 'table'> | undefined {
  const first = Math.ceil((behind - start) / SECTOR) * SECTOR
  for (let offset = first; offset <= LAST_TABLE; offset += SECTOR) {
    const tableAt = start + offset
    const table = parsePartitionTable(bytes, tableAt)
    if (!table) continue
    const rows = behindTable(table)
    if (rows.length > 0 && rows.every((row) => row.offset >= offset + SECTOR)) return { tableAt, table }
  }
  return undefined
}

/** The ESP8266 counts sizes in another way, and its boot loaders mostly tell too little. */
function chipSizeOf({ family, flashSizeAndFrequency }: EspImage): number {
  const code = flashSizeAndFrequency >> 4
  return family === 'esp8266' || code > LARGEST_CODE ? 0 : MEGABYTE << code
}
