import { crc32 } from 'node:zlib'
import { type Bytes, Reader } from '@messlatte/bytes'

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
}

export interface EspSignatureBlock {
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
  if (sector + BLOCK > bytes.size || !bytes.view(end, sector - end).every((byte) => byte === 0xff))
    return undefined
  const blocks: EspSignatureBlock[] = []
  for (let at = sector; at + BLOCK <= bytes.size && blocks.length < MAX_BLOCKS; at += BLOCK) {
    const block = bytes.view(at, BLOCK)
    const version = block[1]
    if (block[0] !== BLOCK_MAGIC || (version !== 2 && version !== 3)) break
    const crcMatches =
      crc32(block.subarray(0, BLOCK_CRC_AT)) === new Reader(block, 'little', BLOCK_CRC_AT).u32()
    blocks.push({ at, length: BLOCK, kind: version === 2 ? 'rsa-3072' : 'ecdsa', crcMatches })
  }
  return blocks.length > 0 ? { scheme: 'v2', blocks, end: Math.min(sector + SECTOR, bytes.size) } : undefined
}

/** Four zeros are a weak sign: r and s have to look like numbers, too. */
function findV1(bytes: Bytes, end: number): EspSignature | undefined {
  if (end + V1_LENGTH > bytes.size) return undefined
  const block = bytes.view(end, V1_LENGTH)
  if (!block.subarray(0, 4).every((byte) => byte === 0)) return undefined
  if (new Set(block.subarray(4)).size < LEAST_DISTINCT) return undefined
  const only = { at: end, length: V1_LENGTH, kind: 'ecdsa-p256', crcMatches: undefined } as const
  return { scheme: 'v1', blocks: [only], end: end + V1_LENGTH }
}
