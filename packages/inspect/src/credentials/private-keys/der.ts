import type { Bytes } from '@messlatte/bytes'

const SEQUENCE = 0x30
/** No key or certificate that is worth looking at is longer. */
const MOST_LENGTH = 64 * 1024

/** The bytes of the DER SEQUENCE that starts here, with its header; undefined where there is none of 64 KiB or less. */
export function sequenceAt(bytes: Bytes, offset: number): Uint8Array | undefined {
  if (offset < 0 || offset + 4 > bytes.size) return undefined
  const [tag, first = 0, second = 0, third = 0] = bytes.view(offset, 4)
  if (tag !== SEQUENCE) return undefined
  const total = totalLength(first, second, third)
  if (total === undefined || total > MOST_LENGTH || offset + total > bytes.size) return undefined
  return bytes.view(offset, total)
}

/** Header and content, from the length bytes; DER takes the shortest form only. */
function totalLength(first: number, second: number, third: number): number | undefined {
  if (first < 0x80) return 2 + first
  if (first === 0x81) return second < 0x80 ? undefined : 3 + second
  if (first === 0x82) return second === 0 ? undefined : 4 + second * 256 + third
  return undefined
}
