import { type Bytes, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { type Blocks, readPair } from './metadata.ts'

/** The first tag of a log (a name of eight bytes, that of a superblock) and its data: at 4 in a block. */
export const MAGIC = '\xf0\x0f\xff\xf7littlefs'
export const MAGIC_AT = 4
/** Where formatting puts the settings: behind the magic and a tag. */
const SETTINGS_AT = 20
/** Bytes. */
const SETTINGS = 24
const LEAST_BLOCK = 104
const MAX_BLOCK = 1024 * 1024
const LEAST_COUNT = 2
const MAX_VERSION = 0x0002_0001
const MIN_VERSION = 0x0002_0000

export interface LfsSettings {
  readonly version: number
  /** Bytes. */
  readonly blockSize: number
  readonly blockCount: number
}

/** The file system whose blocks 0 and 1 begin at `at`; undefined for what is none. */
export function readFileSystem(bytes: Bytes, at: number): Blocks | undefined {
  if (at + SETTINGS_AT + SETTINGS > bytes.size) return undefined
  if (new Reader(bytes.view(at + MAGIC_AT, 12), 'little').latin1(12) !== MAGIC) return undefined
  const first = readSettings(bytes, at + SETTINGS_AT)
  if (!first) return undefined
  const blocks = blocksOf(bytes, at, first)
  const log = readPair(blocks, [0, 1])
  const inline = log?.entries[0]?.kind === 'superblock' ? log.entries[0].inline : undefined
  if (!inline || inline.length < SETTINGS) return undefined
  // A file system that has grown says so in a later commit.
  const latest = readSettings(bytes, inline.at)
  return latest?.blockSize === first.blockSize ? blocksOf(bytes, at, latest) : undefined
}

function readSettings(bytes: Bytes, at: number): LfsSettings | undefined {
  const reader = new Reader(bytes.view(at, SETTINGS), 'little')
  const [version, blockSize, blockCount] = [reader.u32(), reader.u32(), reader.u32()]
  if (version < MIN_VERSION || version > MAX_VERSION) return undefined
  if (blockSize < LEAST_BLOCK || blockSize > MAX_BLOCK || blockCount < LEAST_COUNT) return undefined
  return { version, blockSize, blockCount }
}

function blocksOf(bytes: Bytes, start: number, { blockSize, blockCount }: LfsSettings): Blocks {
  const region: Region = { start, end: Math.min(start + blockSize * blockCount, bytes.size) }
  return { bytes, region, blockSize, blockCount }
}
