import { type Bytes, DecodeError, lz4Block, lzmaAloneStream, PartError, sliceBytes } from '@messlatte/bytes'
import type { EntryMeta, Sink } from '../../contract.ts'
import type { Stored } from '../members.ts'
import { packedBytes } from '../packed-member.ts'

/** How a program is packed; of each kind, the name of its tag begins with `program-` and this. */
export type Packing = 'lz4' | 'lzma'

/** Bytes: no chip with this boot loader has more memory. */
const MOST_PROGRAM = 16 * 1024 * 1024
/** Bytes that one byte of LZ4 makes at most. */
const MOST_RATIO = 255

/** Shows a program as the boot loader writes it. */
export function showPacked(
  bytes: Bytes,
  meta: EntryMeta,
  { at, length }: Stored,
  packing: Packing,
  sink: Sink,
): void {
  if (length > MOST_PROGRAM) {
    sink.problem('unsupported', 'it is packed, and larger than the memory of any chip', meta.path)
    sink.slice(meta, at, length)
    return
  }
  sink.stream(meta, (write) => {
    try {
      if (packing === 'lzma') return lzmaAloneStream(sliceBytes(bytes, at, length), 0, write)
      unpackLz4(packedBytes(bytes, { at, packed: length }), write)
      return { end: length, checksum: 'none' }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      const { code, message } = error
      return { end: length, checksum: 'none', problem: { code, message } }
    }
  })
}

/** One block without a frame, so that nothing tells its size. @throws DecodeError, after what came before the damage was written */
function unpackLz4(packed: Uint8Array, write: (chunk: Uint8Array) => void): void {
  const output = Buffer.alloc(Math.min(MOST_PROGRAM, packed.length * MOST_RATIO))
  try {
    write(output.subarray(0, lz4Block(packed, output)))
  } catch (error) {
    if (error instanceof PartError) write(output.subarray(0, error.written))
    if (error instanceof DecodeError && error.code === 'output-full')
      throw new DecodeError('corrupt', 'more comes out than fits into any chip')
    throw error
  }
}
