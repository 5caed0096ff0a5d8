import { DecodeError } from '@messlatte/bytes'

const CLEAR = 256
const LEAST_BITS = 9
const OUTPUT = 64 * 1024

export interface LzwOptions {
  /** Longest code, in bits, 10 to 16. */
  readonly mostBits: number
  /** Whether the code 256 clears the table. */
  readonly clears: boolean
}

/** Gives a part of the input: bytes from `at` on, up to `length`. */
type Take = (at: number, length: number) => Uint8Array

/**
 * The LZW of compress(1): codes least significant bit first, in groups of eight of one width; where the width changes or
 * the table is cleared, the rest of the group is filler. Offsets are those of the input, which has `size` bytes.
 * @returns offset behind the last code
 * @throws DecodeError, after what came before the damage has been delivered
 */
export function lzwDecode(
  take: Take,
  size: number,
  { mostBits, clears }: LzwOptions,
  write: (chunk: Uint8Array) => void,
): number {
  const prefixes = new Uint16Array(1 << mostBits)
  const suffixes = new Uint8Array(1 << mostBits)
  const lengths = new Uint32Array(1 << mostBits)
  for (let literal = 0; literal < 256; literal++) {
    suffixes[literal] = literal
    lengths[literal] = 1
  }
  const first = clears ? CLEAR + 1 : CLEAR
  // A string is at most as long as there are codes; it is written from its end.
  const out = new Uint8Array(OUTPUT + (1 << mostBits))
  let filled = 0
  let next = first
  let bits = LEAST_BITS
  let before = -1
  let beforeFirst = 0
  let at = 0
  for (;;) {
    // One group: eight codes of one width take that many bytes.
    const group = take(at, bits)
    const codes = Math.floor((group.length * 8) / bits)
    const width = bits
    for (let index = 0; index < codes; index++) {
      const code = codeAt(group, index * width, width)
      if (code === CLEAR && clears) {
        next = first
        bits = LEAST_BITS
        before = -1
        break
      }
      if (code > next || (code === next && before < 0) || (before < 0 && code >= CLEAR)) {
        write(out.subarray(0, filled))
        throw new DecodeError('corrupt', 'compress: a code that does not exist yet')
      }
      const known = code < next
      const length = known ? (lengths[code] as number) : (lengths[before] as number) + 1
      let place = filled + length - 1
      if (!known) out[place--] = beforeFirst
      for (let rest = known ? code : before; place >= filled; rest = prefixes[rest] as number)
        out[place--] = suffixes[rest] as number
      const letter = out[filled] as number
      filled += length
      if (before >= 0 && next < 1 << mostBits) {
        prefixes[next] = before
        suffixes[next] = letter
        lengths[next] = (lengths[before] as number) + 1
        next++
      }
      before = code
      beforeFirst = letter
      if (filled >= OUTPUT) {
        write(out.subarray(0, filled))
        filled = 0
      }
      if (next > (1 << bits) - 1 && bits < mostBits) {
        bits++
        break
      }
    }
    at += group.length
    if (group.length < width || at >= size) break
  }
  write(out.subarray(0, filled))
  return at
}

/** Up to 16 bits, which lie in three bytes at most. */
function codeAt(group: Uint8Array, bit: number, width: number): number {
  const byte = bit >>> 3
  const word = (group[byte] as number) | ((group[byte + 1] ?? 0) << 8) | ((group[byte + 2] ?? 0) << 16)
  return (word >>> (bit & 7)) & ((1 << width) - 1)
}
