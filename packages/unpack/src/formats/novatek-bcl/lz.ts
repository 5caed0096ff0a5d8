import { DecodeError } from '@messlatte/bytes'

/**
 * LZ77 of the Basic Compression Library 1 (lz.c): the first byte marks a match of length and distance, or itself where a zero
 * follows. It ends with its input, or where the output is full. @returns bytes written @throws DecodeError
 */
export function unpackLz(input: Uint8Array, output: Uint8Array): number {
  const marker = input[0]
  let from = 1
  let to = 0

  const number = (): number => {
    for (let value = 0; ; ) {
      const byte = input[from++]
      if (byte === undefined) throw new DecodeError('truncated', 'LZ77: the data ends early')
      value = value * 128 + (byte & 0x7f)
      if (value > output.length) throw new DecodeError('corrupt', 'LZ77: the data is damaged')
      if (byte < 0x80) return value
    }
  }

  while (from < input.length && to < output.length) {
    const symbol = input[from++] as number
    if (symbol !== marker) {
      output[to++] = symbol
      continue
    }
    const length = number()
    if (length === 0) {
      output[to++] = symbol
      continue
    }
    const distance = number()
    if (distance === 0 || distance > to || length > output.length - to)
      throw new DecodeError('corrupt', 'LZ77: the data is damaged')
    // A match may reach into itself.
    for (const end = to + length; to < end; to++) output[to] = output[to - distance] as number
  }
  return to
}
