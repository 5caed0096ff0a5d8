import { type Bytes, BytesError, createLzx, createQuantum, DecodeError, inflateRaw } from '@messlatte/bytes'
import type { Sink } from '../../contract.ts'
import { type CabBlock, type CabFolder, holds, parseBlock } from './parse.ts'

/** Of each block but the last of a folder, in bytes; matches reach back as far. */
const BLOCK_SIZE = 32_768
const MSZIP = 2

/** What is compressed together, over one cabinet or several. */
export interface WholeFolder extends Pick<CabFolder, 'method' | 'windowBits'> {
  readonly pieces: readonly {
    /** Where its blocks begin in the source, and how many there are. */
    readonly at: number
    readonly blocks: number
    /** Bytes that a maker reserved in the head of each. */
    readonly reserve: number
  }[]
}

/** Writes all that comes out of a folder. Checksums that differ are told, and the data is taken all the same. @throws DecodeError */
export function decodeFolder(
  bytes: Bytes,
  start: number,
  folder: WholeFolder,
  problem: Sink['problem'],
  write: (chunk: Uint8Array) => void,
): void {
  const unpack = unpackerOf(folder)
  let told = false
  /** Of a block that goes on in the next cabinet. */
  let begun: Uint8Array | undefined
  for (const piece of folder.pieces) {
    let at = piece.at
    for (let index = 0; index < piece.blocks; index++) {
      const { block, data } = readBlock(bytes, at, piece.reserve)
      if (!holds(block, data) && !told) {
        told = true
        problem('checksum', `the checksum of the data at 0x${(at - start).toString(16)} differs`)
      }
      at = block.dataAt + block.packed
      const whole: Uint8Array = begun ? Buffer.concat([begun, data]) : data
      begun = undefined
      if (block.size === 0 && block.packed > 0) {
        if (index + 1 < piece.blocks) throw new DecodeError('corrupt', 'cab: a block of nothing')
        begun = whole
        continue
      }
      const content = unpack(whole, block)
      if (content.length > 0) write(content)
    }
  }
  if (begun) throw new DecodeError('unsupported', 'cab: the data goes on in a cabinet that is not there')
}

/** What comes out of the next block. @throws DecodeError */
type UnpackBlock = (data: Uint8Array, block: CabBlock) => Uint8Array

/** @throws DecodeError */
function unpackerOf({ method, windowBits }: WholeFolder): UnpackBlock {
  switch (method) {
    case 'mszip':
      return createInflater()
    case 'lzx': {
      const lzx = createLzx(windowBits)
      return (data, { size }) => lzx.frame(data, size)
    }
    case 'quantum': {
      const quantum = createQuantum(windowBits)
      return (data, { size }) => quantum.frame(data, size)
    }
    default:
      return (data) => data
  }
}

function createInflater(): UnpackBlock {
  let history: Uint8Array = new Uint8Array(0)
  return (data, block) => {
    const content = inflateBlock(data, block, history)
    history =
      content.length === BLOCK_SIZE ? content : Buffer.concat([history, content]).subarray(-BLOCK_SIZE)
    return content
  }
}

/** @throws DecodeError */
function readBlock(bytes: Bytes, at: number, reserve: number): { block: CabBlock; data: Uint8Array } {
  try {
    const block = parseBlock(bytes, at, reserve)
    return { block, data: bytes.view(block.dataAt, block.packed) }
  } catch (error) {
    if (error instanceof BytesError)
      throw new DecodeError('truncated', 'cab: the cabinet ends within its data')
    throw error
  }
}

/** @throws DecodeError */
function inflateBlock(data: Uint8Array, { size }: CabBlock, history: Uint8Array): Uint8Array {
  if (data[0] !== 0x43 || data[1] !== 0x4b || size > BLOCK_SIZE)
    throw new DecodeError('corrupt', 'cab: a block of MSZIP does not begin as one')
  const content = Buffer.alloc(size)
  const written = inflateRaw(data.subarray(MSZIP), content, history.length > 0 ? history : undefined)
  if (written !== size) throw new DecodeError('corrupt', 'cab: a block gives less than it says')
  return content
}
