import { type Bytes, Reader } from '@messlatte/bytes'

const END = 'PK\x05\x06'
const END_SIZE = 22
const MOST_COMMENT = 65_535

/** The number of the disk of which these bytes are the end, as its end record tells it: 0 for an archive in one piece. */
export function diskOfZip(bytes: Bytes): number {
  const length = Math.min(bytes.size, END_SIZE + MOST_COMMENT)
  const tail = Buffer.from(bytes.view(bytes.size - length, length))
  const at = tail.lastIndexOf(END, -1, 'latin1')
  return at < 0 || at + END_SIZE > tail.length ? 0 : new Reader(tail, 'little', at + 4).u16()
}
