import { type BitReader, PrefixCode } from '../prefix-code.ts'
import { DecodeError } from '../stream-end.ts'

const CODES = 20

/**
 * Lengths of codes, which are themselves in a prefix code: 16 and 17 repeat the last one, 18 and 19 stand for zeros.
 * @param before what lengths are added to, modulo 16 @throws DecodeError
 */
export function readLengths(reader: BitReader, count: number, before?: Uint8Array): Uint8Array {
  const code = PrefixCode.withGaps(readLengthsOfLengths(reader))
  const lengths = new Uint8Array(count)
  for (let at = 0; at < count; ) {
    const symbol = code.decode(reader)
    if (reader.isOver) throw new DecodeError('truncated', 'RAR: the data ends early')
    if (symbol < 16) {
      lengths[at] = (symbol + (before?.[at] ?? 0)) & 15
      at++
      continue
    }
    const repeat = symbol % 2 === 0 ? reader.bits(3) + 3 : reader.bits(7) + 11
    if (symbol < 18 && at === 0) throw new DecodeError('corrupt', 'RAR: nothing to repeat')
    lengths.fill(symbol < 18 ? (lengths[at - 1] as number) : 0, at, at + repeat)
    at += repeat
  }
  return lengths
}

/** Four bits each; 15 with a number behind it stands for zeros. */
function readLengthsOfLengths(reader: BitReader): Uint8Array {
  const lengths = new Uint8Array(CODES)
  for (let at = 0; at < CODES; ) {
    const length = reader.bits(4)
    const zeros = length === 15 ? reader.bits(4) : 0
    if (zeros > 0) at += zeros + 2
    else lengths[at++] = length
  }
  return lengths
}

/** Cuts lengths into the codes that they belong to, one behind the other. @throws DecodeError */
export function codesOf(lengths: Uint8Array, sizes: readonly number[]): PrefixCode[] {
  let end = 0
  return sizes.map((size) => {
    end += size
    return PrefixCode.withGaps(lengths.subarray(end - size, end))
  })
}
