import { crc32 } from 'node:zlib'
import { type Bytes, consistsOf, Reader } from '@messlatte/bytes'

const SECTOR = 4096
/** Secure boot 2 keeps its blocks in one sector of flash; sizes in bytes. */
const BLOCK = 1216
const MAX_BLOCKS = 3
const BLOCK_MAGIC = 0xe7
const BLOCK_CRC_AT = 1196
/** Secure boot 1: a version, which is 0, then r and s. */
const V1_LENGTH = 68
/** Random numbers of 64 bytes have about 56 distinct ones. */
const LEAST_DISTINCT = 40

/** What signs an image, as it lies behind it. Whether a signature is right is not decided here. */
export interface EspSignature {
  readonly scheme: 'v1' | 'v2'
  /** Offsets of the blocks in the source. */
  readonly blocks: readonly EspSignatureBlock[]
  /** Offset behind the signature: of version 2, behind its sector. */
  readonly end: number
  /** True when the bytes end before the first block of version 2 does. */
  readonly cut: boolean
}

export interface EspSignatureBlock {
  /** Its place among the three of version 2; 0 for version 1. */
  readonly index: number
  readonly at: number
  readonly length: number
  readonly kind: 'ecdsa-p256' | 'rsa-3072' | 'ecdsa'
  /** Version 1 has none. */
  readonly crcMatches: boolean | undefined
}

/**
 * What signs the image that lies at `start` and ends at `end`; undefined where nothing does. Layout: ESP-IDF, secure boot
 * version 1 (esp_secure_boot_sig_block_t) and version 2 (ets_secure_boot_sig_block_t).
 */
export function findEspSignature(bytes: Bytes, start: number, end: number): EspSignature | undefined {
  return findV2(bytes, start, end) ?? findV1(bytes, end)
}

function findV2(bytes: Bytes, start: number, end: number): EspSignature | undefined {
  const sector = start + Math.ceil((end - start) / SECTOR) * SECTOR
  if (sector + 2 > bytes.size) return undefined
  const padded = consistsOf(bytes.view(end, sector - end), 0xff)
  const blocks: EspSignatureBlock[] = []
  for (let index = 0; index < MAX_BLOCKS; index++) {
    const at = sector + index * BLOCK
    if (at + BLOCK > bytes.size) break
    const block = bytes.view(at, BLOCK)
    if (!beginsBlock(block)) continue
    const crcMatches =
      crc32(block.subarray(0, BLOCK_CRC_AT)) === new Reader(block, 'little', BLOCK_CRC_AT).u32()
    blocks.push({ index, at, length: BLOCK, kind: block[1] === 2 ? 'rsa-3072' : 'ecdsa', crcMatches })
  }
  // Padding that was tampered with does not hide a block whose checksum holds.
  if (!padded && !blocks.some(({ crcMatches }) => crcMatches)) return undefined
  const cut = sector + BLOCK > bytes.size && beginsBlock(bytes.view(sector, 2))
  if (blocks.length === 0 && !cut) return undefined
  return { scheme: 'v2', blocks, end: Math.min(sector + SECTOR, bytes.size), cut }
}

function beginsBlock(view: Uint8Array): boolean {
  return view[0] === BLOCK_MAGIC && (view[1] === 2 || view[1] === 3)
}

/** Four zeros are a weak sign: r and s have to look like numbers, too. */
function findV1(bytes: Bytes, end: number): EspSignature | undefined {
  if (end + V1_LENGTH > bytes.size) return undefined
  const block = bytes.view(end, V1_LENGTH)
  if (!block.subarray(0, 4).every((byte) => byte === 0)) return undefined
  if (new Set(block.subarray(4)).size < LEAST_DISTINCT) return undefined
  const only = { index: 0, at: end, length: V1_LENGTH, kind: 'ecdsa-p256', crcMatches: undefined } as const
  return { scheme: 'v1', blocks: [only], end: end + V1_LENGTH, cut: false }
}
