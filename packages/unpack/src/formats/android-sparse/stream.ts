import { type Bytes, BytesError, forEachWindow, Reader, type StreamEnd } from '@messlatte/bytes'
import { type Chunk, chunksOf, type SparseHeader } from './parse.ts'

type Write = (chunk: Uint8Array) => void

const WINDOW = 64 * 1024
const ZEROS = Buffer.alloc(WINDOW)

/** The content chunk by chunk, where they are too many to be kept. `write` may throw to stop. */
export function sparseStream(bytes: Bytes, start: number, header: SparseHeader, write: Write): StreamEnd {
  let end = start
  try {
    for (const chunk of chunksOf(bytes, start, header)) {
      writeChunk(bytes, chunk, write)
      end = Math.min(chunk.end, bytes.size)
    }
    return { end, checksum: 'none' }
  } catch (error) {
    if (!(error instanceof BytesError)) throw error
    return { end: bytes.size, checksum: 'none', problem: { code: 'truncated', message: error.message } }
  }
}

/** @throws BytesError */
function writeChunk(bytes: Bytes, { type, length, at, end }: Chunk, write: Write): void {
  if (type === 'raw') {
    forEachWindow(bytes, at, Math.min(end, bytes.size), WINDOW, 0, (window) => {
      write(window)
      return true
    })
    return
  }
  const word = type === 'fill' ? new Reader(bytes.view(at, 4), 'little').u32() : 0
  const filled = word === 0 ? ZEROS : Buffer.from(new Uint32Array(WINDOW / 4).fill(word).buffer)
  for (let done = 0; done < length; done += WINDOW) write(filled.subarray(0, length - done))
}
