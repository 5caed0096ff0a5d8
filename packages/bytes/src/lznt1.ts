import { DecodeError } from './stream-end.ts'

/** Bytes of a chunk, unpacked. */
const CHUNK = 4096

/**
 * Undoes LZNT1, as NTFS compresses: chunks of up to 4096 bytes, each by itself. What no chunk fills stays as it is.
 * Facts: [MS-XCA], section 2.5.
 * @returns bytes of `output` that chunks have filled
 * @throws DecodeError
 */
export function lznt1(input: Uint8Array, output: Uint8Array): number {
  let at = 0
  let out = 0
  while (at + 2 <= input.length && out < output.length) {
    const header = (input[at] as number) | ((input[at + 1] as number) << 8)
    // A zero ends it.
    if (header === 0) break
    const length = (header & 0xfff) + 1
    const chunk = input.subarray(at + 2, at + 2 + length)
    if (chunk.length < length) throw new DecodeError('truncated', 'LZNT1: a chunk is cut off')
    const target = output.subarray(out, out + CHUNK)
    if (header & 0x8000) decodeChunk(chunk, target)
    else target.set(chunk.subarray(0, target.length))
    at += 2 + length
    out += target.length
  }
  return out
}

/** Eight bits tell literals and matches; the more a chunk has filled, the more bits of a match are its distance. */
function decodeChunk(input: Uint8Array, output: Uint8Array): void {
  let at = 0
  let out = 0
  while (at < input.length && out < output.length) {
    const flags = input[at++] as number
    for (let bit = 0; bit < 8 && at < input.length && out < output.length; bit++) {
      if (((flags >>> bit) & 1) === 0) {
        output[out++] = input[at++] as number
        continue
      }
      if (at + 2 > input.length) throw new DecodeError('truncated', 'LZNT1: a match is cut off')
      const word = (input[at] as number) | ((input[at + 1] as number) << 8)
      at += 2
      const lengthBits = 12 - distanceBitsOver(out)
      const distance = (word >>> lengthBits) + 1
      const length = (word & ((1 << lengthBits) - 1)) + 3
      if (distance > out) throw new DecodeError('corrupt', 'LZNT1: a match reaches too far back')
      for (const end = Math.min(out + length, output.length); out < end; out++)
        output[out] = output[out - distance] as number
    }
  }
}

/** Bits of a distance beyond the four that it has at least. */
function distanceBitsOver(filled: number): number {
  return filled <= 16 ? 0 : 28 - Math.clz32(filled - 1)
}
