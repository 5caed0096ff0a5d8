/** Both lengths of a sequence stand in four bits each; this says that bytes follow. */
const MORE = 15
const LEAST_MATCH = 4
const OFFSET = 2

/**
 * Length of the LZ4 block at the start of `input` that gives exactly `size` bytes: its last sequence is literals only. Nothing
 * tells that length, so the sequences are passed over. Source: LZ4 Block Format Description.
 */
export function endOfBlock(input: Uint8Array, size: number): number | undefined {
  let [at, out] = [0, 0]

  function lengthFrom(nibble: number): number {
    let length = nibble
    for (let byte = nibble === MORE ? 255 : 0; byte === 255 && at < input.length; ) {
      byte = input[at++] as number
      length += byte
    }
    return length
  }

  while (at < input.length) {
    const token = input[at++] as number
    const literals = lengthFrom(token >> 4)
    at += literals
    out += literals
    if (at > input.length || out > size) return undefined
    if (out === size) return at
    if (at + OFFSET > input.length) return undefined
    const offset = (input[at] as number) + (input[at + 1] as number) * 256
    if (offset === 0 || offset > out) return undefined
    at += OFFSET
    out += lengthFrom(token & MORE) + LEAST_MATCH
  }
  return undefined
}
