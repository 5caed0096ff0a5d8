import { latin1 } from '../reader.ts'

/** Of all blocks together. */
const MOST_BLOCKS = 1000

/** The blocks of a PEM file with this label (RFC 7468), decoded; DER comes out as it is. */
export function pemBlocks(bytes: Uint8Array, label: string): readonly Uint8Array[] {
  if (bytes[0] === 0x30) return [bytes]
  const [begin, end] = [`-----BEGIN ${label}-----`, `-----END ${label}-----`]
  const text = latin1(bytes)
  const blocks: Uint8Array[] = []
  for (
    let at = text.indexOf(begin);
    at >= 0 && blocks.length < MOST_BLOCKS;
    at = text.indexOf(begin, at + 1)
  ) {
    const stop = text.indexOf(end, at)
    if (stop < 0) break
    blocks.push(Buffer.from(text.slice(at + begin.length, stop), 'base64'))
    at = stop
  }
  return blocks
}
