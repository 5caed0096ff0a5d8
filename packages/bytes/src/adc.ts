import { DecodeError } from './stream-end.ts'

/** Apple's data compression, as old disk images have it. @returns bytes written @throws DecodeError */
export function adcBlock(input: Uint8Array, output: Uint8Array): number {
  let done = 0
  for (let at = 0; at < input.length; ) {
    const command = input[at] as number
    const isLiteral = (command & 0x80) !== 0
    const size = isLiteral ? 1 : (command & 0x40) !== 0 ? 3 : 2
    const length = isLiteral
      ? (command & 0x7f) + 1
      : size === 3
        ? (command & 0x3f) + 4
        : ((command & 0x3f) >>> 2) + 3
    if (at + size + (isLiteral ? length : 0) > input.length)
      throw new DecodeError('truncated', 'the block ends within a command')
    if (done + length > output.length)
      throw new DecodeError('output-full', 'more comes out than there is room for')
    if (isLiteral) output.set(input.subarray(at + 1, at + 1 + length), done)
    else {
      const [second, third] = [input[at + 1] as number, input[at + 2] as number]
      const distance = (size === 3 ? (second << 8) | third : ((command & 3) << 8) | second) + 1
      if (distance > done) throw new DecodeError('corrupt', 'a match before the beginning')
      for (let index = 0; index < length; index++)
        output[done + index] = output[done + index - distance] as number
    }
    done += length
    at += size + (isLiteral ? length : 0)
  }
  return done
}
