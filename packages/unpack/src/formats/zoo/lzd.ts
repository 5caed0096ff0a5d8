import { DecodeError } from '@messlatte/bytes'

const [CLEAR, END, FIRST] = [256, 257, 258] as const
const [LEAST_BITS, MOST_BITS] = [9, 13] as const
const MOST_CODES = 1 << MOST_BITS
const OUTPUT = 64 * 1024

/**
 * The LZW of zoo: codes of 9 to 13 bits, least significant bit first, without filler; 256 clears the table, 257 ends it.
 * @throws DecodeError, after what came before the damage has been delivered
 */
export function lzdDecode(input: Uint8Array, write: (chunk: Uint8Array) => void): void {
  const prefixes = new Uint16Array(MOST_CODES)
  const suffixes = new Uint8Array(MOST_CODES)
  const lengths = new Uint16Array(MOST_CODES)
  for (let literal = 0; literal < CLEAR; literal++) {
    suffixes[literal] = literal
    lengths[literal] = 1
  }
  // A string is at most as long as there are codes; it is written from its end.
  const out = new Uint8Array(OUTPUT + MOST_CODES)
  let filled = 0
  let [next, bits, before, beforeFirst, held, count, at] = [FIRST, LEAST_BITS as number, -1, 0, 0, 0, 0]

  function fail(code: 'truncated' | 'corrupt', message: string): never {
    write(out.subarray(0, filled))
    throw new DecodeError(code, `zoo LZW: ${message}`)
  }

  for (;;) {
    while (count < bits) {
      if (at >= input.length) fail('truncated', 'the data ends early')
      held |= (input[at++] as number) << count
      count += 8
    }
    const code = held & ((1 << bits) - 1)
    held >>>= bits
    count -= bits
    if (code === END) break
    if (code === CLEAR) {
      next = FIRST
      bits = LEAST_BITS
      before = -1
      continue
    }
    if (code > next || (code === next && before < 0) || (before < 0 && code >= CLEAR))
      fail('corrupt', 'a code that does not exist yet')
    const known = code < next
    const length = known ? (lengths[code] as number) : (lengths[before] as number) + 1
    let place = filled + length - 1
    if (!known) out[place--] = beforeFirst
    for (let rest = known ? code : before; place >= filled; rest = prefixes[rest] as number)
      out[place--] = suffixes[rest] as number
    beforeFirst = out[filled] as number
    filled += length
    if (before >= 0 && next < MOST_CODES) {
      prefixes[next] = before
      suffixes[next] = beforeFirst
      lengths[next] = (lengths[before] as number) + 1
      next++
      if (next === 1 << bits && bits < MOST_BITS) bits++
    }
    before = code
    if (filled >= OUTPUT) {
      write(out.subarray(0, filled))
      filled = 0
    }
  }
  write(out.subarray(0, filled))
}
