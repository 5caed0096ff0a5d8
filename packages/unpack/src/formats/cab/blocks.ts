import { type Bytes, BytesError, DecodeError, inflateRaw } from '@messlatte/bytes'
import type { Sink } from '../../contract.ts'
import { type CabBlock, type CabFolder, holds, parseBlock } from './parse.ts'

/** Of each block but the last of a folder, in bytes; matches reach back as far. */
const BLOCK_SIZE = 32_768
const MSZIP = 2

/** Writes all that comes out of a folder. Checksums that differ are told, and the data is taken all the same. @throws DecodeError */
export function decodeFolder(
  bytes: Bytes,
  start: number,
  { dataAt, blocks, method }: CabFolder,
  reserve: number,
  problem: Sink['problem'],
  write: (chunk: Uint8Array) => void,
): void {
  let at = start + dataAt
  let history: Uint8Array = new Uint8Array(0)
  let told = false
  for (let index = 0; index < blocks; index++) {
    const { block, data } = readBlock(bytes, at, reserve)
    if (!holds(block, data) && !told) {
      told = true
      problem('checksum', `the checksum of the data at 0x${(at - start).toString(16)} differs`)
    }
    const content = method === 'mszip' ? inflateBlock(data, block, history) : data
    if (content.length > 0) write(content)
    history =
      content.length === BLOCK_SIZE ? content : Buffer.concat([history, content]).subarray(-BLOCK_SIZE)
    at = block.dataAt + block.packed
  }
}

/** @throws DecodeError */
function readBlock(bytes: Bytes, at: number, reserve: number): { block: CabBlock; data: Uint8Array } {
  try {
    const block = parseBlock(bytes, at, reserve)
    if (block.size === 0 && block.packed > 0)
      throw new DecodeError('unsupported', 'cab: the data goes on in another cabinet')
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
