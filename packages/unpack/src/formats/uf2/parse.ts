import { type Bytes, cString, Reader } from '@messlatte/bytes'
import { Runs, type Stretch } from '../stretches.ts'

/** Bytes of a block, and of what it can carry. */
export const BLOCK = 512
const MAX_PAYLOAD = 476
const DATA_AT = 32
/** `UF2\n` and 0x9E5D5157, little endian. */
export const MAGIC = 'UF2\n\x57\x51\x5d\x9e'
const END_MAGIC = 0x0ab1_6f30

const FLAG_NOT_FLASH = 0x1
const FLAG_FILE = 0x1000
const FLAG_FAMILY = 0x2000

/** A block, little endian (microsoft/uf2, README.md, "File format"). */
export interface Uf2Block {
  /** True where it is not to be written. */
  readonly notFlash: boolean
  /** In flash, or in a file. */
  readonly address: number
  /** Bytes. */
  readonly length: number
  readonly number: number
  readonly count: number
  readonly family: number | undefined
  /** Of a block of a file: its name (byte string). */
  readonly fileName: string | undefined
}

/** The block at `at`, or undefined for what is none. */
export function parseUf2Block(bytes: Bytes, at: number): Uf2Block | undefined {
  if (at + BLOCK > bytes.size) return undefined
  const view = bytes.view(at, BLOCK)
  const reader = new Reader(view, 'little')
  if (reader.latin1(8) !== MAGIC || new Reader(view, 'little', BLOCK - 4).u32() !== END_MAGIC)
    return undefined
  const [flags, address, length] = [reader.u32(), reader.u32(), reader.u32()]
  const [number, count, family] = [reader.u32(), reader.u32(), reader.u32()]
  if (length > MAX_PAYLOAD || number >= count) return undefined
  const isFile = (flags & FLAG_FILE) !== 0
  return {
    notFlash: (flags & FLAG_NOT_FLASH) !== 0,
    address,
    length,
    number,
    count,
    family: (flags & FLAG_FAMILY) !== 0 ? family : undefined,
    fileName: isFile ? cString(view.subarray(DATA_AT + length, BLOCK - 4)) : undefined,
  }
}

/** What belongs together: the blocks of one family, or of one file within. */
export interface Uf2Part {
  readonly family: number | undefined
  readonly fileName: string | undefined
  readonly stretches: readonly Stretch[]
  readonly blocks: number
  /** Blocks that are announced and not there. */
  readonly missing: number
}

interface Growing extends Pick<Uf2Part, 'family' | 'fileName'> {
  readonly runs: Runs
  readonly numbers: Set<number>
  count: number
}

export interface Uf2File {
  readonly parts: readonly Uf2Part[]
  /** Blocks that are not for the flash. */
  readonly notFlash: number
  /** Behind the last block. */
  readonly end: number
}

/** The blocks from `start` on, one behind the other; undefined for what is none. */
export function readUf2File(bytes: Bytes, start: number): Uf2File | undefined {
  const parts = new Map<string, Growing>()
  let [at, notFlash] = [start, 0]
  for (let block = parseUf2Block(bytes, at); block; block = parseUf2Block(bytes, at)) {
    const { family, fileName, address, length, number, count } = block
    at += BLOCK
    if (block.notFlash) {
      notFlash++
      continue
    }
    const name = `${family}/${fileName ?? ''}`
    const part = parts.get(name) ?? {
      family,
      fileName,
      runs: new Runs(),
      numbers: new Set<number>(),
      count: 0,
    }
    parts.set(name, part)
    part.numbers.add(number)
    part.count = Math.max(part.count, count)
    part.runs.add({ address, length, from: at - BLOCK, to: at })
  }
  if (at === start) return undefined
  return { parts: [...parts.values()].map(finish), notFlash, end: at }
}

/** The tools for the RP2350 begin with a single block of this family that announces two (erratum E10 of the chip). */
const RP2_ABSOLUTE = 0xe48b_ff57

function finish({ family, fileName, runs, numbers, count }: Growing): Uf2Part {
  const missing = family === RP2_ABSOLUTE ? 0 : count - numbers.size
  return { family, fileName, stretches: runs.stretches(), blocks: numbers.size, missing }
}

/** What the blocks of a run carry for one part, in the order of the file. */
export function* dataOf(
  bytes: Bytes,
  { family, fileName }: Pick<Uf2Part, 'family' | 'fileName'>,
  from: number,
  to: number,
): Generator<Uint8Array> {
  for (let at = from; at < to; at += BLOCK) {
    const block = parseUf2Block(bytes, at)
    if (block && !block.notFlash && block.family === family && block.fileName === fileName)
      yield bytes.view(at + DATA_AT, block.length)
  }
}
