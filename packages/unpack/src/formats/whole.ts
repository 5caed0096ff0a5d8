import { DecodeError } from '@messlatte/bytes'

/**
 * All that a decoder writes.
 * @param most bytes
 * @throws DecodeError, also where more comes out
 */
export function wholeOf(most: number, unpack: (write: (chunk: Uint8Array) => void) => void): Buffer {
  const chunks: Buffer[] = []
  let length = 0
  unpack((chunk) => {
    length += chunk.length
    if (length > most) throw new DecodeError('unsupported', `over ${most} bytes come out`)
    chunks.push(Buffer.from(chunk))
  })
  return Buffer.concat(chunks)
}
