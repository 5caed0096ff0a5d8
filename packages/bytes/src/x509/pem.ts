import { latin1 } from '../reader.ts'
import { textBetween } from '../text-blocks.ts'

/** Of all blocks together. */
const MOST_BLOCKS = 1000

/** The blocks of a PEM file with this label (RFC 7468), decoded; DER comes out as it is. */
export function pemBlocks(bytes: Uint8Array, label: string): readonly Uint8Array[] {
  if (bytes[0] === 0x30) return [bytes]
  const [begin, end] = [`-----BEGIN ${label}-----`, `-----END ${label}-----`]
  return textBetween(latin1(bytes), begin, end, MOST_BLOCKS).map((block) => Buffer.from(block, 'base64'))
}
