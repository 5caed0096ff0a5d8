import { type Bytes, latin1, Reader } from '@messlatte/bytes'

const SHELL = '#!/bin/sh\n#'
/** Text up to here; then the size and number of blocks, and where each begins, big endian. */
const TEXT = 128
const [MOST_BLOCK, MOST_BLOCKS] = [16 * 1024 * 1024, 2_000_000]

/** zlib for cloop 2 and uzip; the other two are uzip's. */
const CODECS = [
  ['V2.0', 'zlib'],
  ['L3.0', 'xz'],
  ['Z4.0', 'zstd'],
] as const

export const MAGICS = CODECS.map(([version]) => `${SHELL}${version}`)

export interface Cloop {
  readonly codec: 'zlib' | 'xz' | 'zstd'
  /** Bytes. */
  readonly blockSize: number
  readonly blocks: number
  /** Where each block begins, and behind the last one: numbers of 64 bits, big endian. */
  readonly table: Uint8Array
}

/** Undefined for what is none: offsets have to ascend from behind their table. */
export function parseCloop(bytes: Bytes, at: number): Cloop | undefined {
  if (at + TEXT + 16 > bytes.size) return undefined
  const text = latin1(bytes.view(at, MAGICS[0]?.length ?? 0))
  const codec = CODECS[MAGICS.indexOf(text)]?.[1]
  const reader = new Reader(bytes.view(at + TEXT, 8), 'big')
  const [blockSize, blocks] = [reader.u32(), reader.u32()]
  if (!codec || blockSize === 0 || blockSize % 512 > 0 || blockSize > MOST_BLOCK) return undefined
  const length = 8 * (blocks + 1)
  if (blocks === 0 || blocks > MOST_BLOCKS || at + TEXT + 8 + length > bytes.size) return undefined
  const cloop = { codec, blockSize, blocks, table: bytes.view(at + TEXT + 8, length) }
  return ascends(cloop) ? cloop : undefined
}

function ascends(cloop: Cloop): boolean {
  let before = TEXT + 8 + cloop.table.length
  for (let index = 0; index <= cloop.blocks; index++) {
    const offset = offsetOf(cloop, index)
    if (!(offset >= before) || offset > Number.MAX_SAFE_INTEGER / 2) return false
    before = offset
  }
  return before > TEXT + 8 + cloop.table.length
}

/** Of a block, from the start of the image, in bytes. */
export function offsetOf({ table }: Cloop, index: number): number {
  return new Reader(table, 'big', 8 * index).size64()
}
