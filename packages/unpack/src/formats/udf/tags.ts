import { type Bytes, Reader } from '@messlatte/bytes'

/** What a descriptor is, as its tag has it (ECMA-167, sections 3/7.2.1 and 4/7.2.1). */
export const TAG = {
  anchor: 2,
  pointer: 3,
  partition: 5,
  volume: 6,
  end: 8,
  fileSet: 256,
  name: 257,
  moreExtents: 258,
  file: 261,
  extendedFile: 266,
} as const

export const TAG_BYTES = 16

interface Tag {
  readonly id: number
  /** The block at which it lies, as it says itself. */
  readonly location: number
}

/** The tag at `at`; undefined where its checksum or the sum of what it tells about differs. @throws BytesError */
export function tagAt(bytes: Bytes, at: number): Tag | undefined {
  const view = bytes.view(at, TAG_BYTES)
  const reader = new Reader(view, 'little')
  const [id, version, checksum] = [reader.u16(), reader.u16(), reader.u8()]
  if (id === 0 || (version !== 2 && version !== 3)) return undefined
  const sum = view.reduce((total, byte) => total + byte, 0)
  if (((sum - checksum) & 0xff) !== checksum) return undefined
  reader.skip(3)
  const [crc, length, location] = [reader.u16(), reader.u16(), reader.u32()]
  if (at + TAG_BYTES + length > bytes.size) return undefined
  // A sum of nothing says nothing; writers may leave it so.
  if (length > 0 && sumOf(bytes.view(at + TAG_BYTES, length)) !== crc) return undefined
  return { id, location }
}

const STRIDE = 4

/** What a byte comes to, and what it comes to with 1 to 3 zeros behind it. */
const TABLE = new Uint16Array(STRIDE * 256)
for (let byte = 0; byte < 256; byte++) {
  let sum = byte << 8
  for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum & 0x8000 ? 0x1021 : 0)
  TABLE[byte] = sum
}
for (let at = 256; at < TABLE.length; at++) {
  const before = TABLE[at - 256] as number
  TABLE[at] = (before << 8) ^ (TABLE[before >>> 8] as number)
}

/** CRC-16 with the highest bit first, beginning with 0. */
function sumOf(content: Uint8Array): number {
  const whole = content.length & ~(STRIDE - 1)
  let sum = 0
  for (let i = 0; i < whole; i += STRIDE)
    sum =
      (TABLE[0x300 | ((sum >>> 8) ^ (content[i] as number))] as number) ^
      (TABLE[0x200 | ((sum & 0xff) ^ (content[i + 1] as number))] as number) ^
      (TABLE[0x100 | (content[i + 2] as number)] as number) ^
      (TABLE[content[i + 3] as number] as number)
  for (let i = whole; i < content.length; i++)
    sum = ((sum & 0xff) << 8) ^ (TABLE[(sum >>> 8) ^ (content[i] as number)] as number)
  return sum
}
