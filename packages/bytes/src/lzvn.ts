import { DecodeError } from './stream-end.ts'

/** What a byte of LZVN begins: literals, a match, both; with the distance of before, or one of so many bytes. */
interface Step {
  /** Bytes of the command. */
  readonly size: number
  readonly literals: number
  readonly match: number
  /** Undefined for the distance of before. */
  readonly distance?: number
}

const END = 0x06
const NOTHING = [0x0e, 0x16]

/**
 * LZVN, as LZFSE has it for small blocks (lzfse, src/lzvn_decode_base.c). Matches may reach before `from`.
 * @returns bytes written @throws DecodeError
 */
export function lzvnBlock(input: Uint8Array, output: Uint8Array, from = 0, to = output.length): number {
  let [at, done, distance] = [0, from, 0]
  for (;;) {
    const command = input[at]
    if (command === undefined) throw new DecodeError('truncated', 'the block ends without its mark')
    if (command === END) return done - from
    if (NOTHING.includes(command)) {
      at++
      continue
    }
    const step = stepOf(command, input[at + 1] ?? 0, input[at + 2] ?? 0)
    distance = step.distance ?? distance
    const literals = at + step.size
    at = literals + step.literals
    if (at > input.length) throw new DecodeError('truncated', 'the block ends within literals')
    if (done + step.literals + step.match > to)
      throw new DecodeError('output-full', 'more comes out than there is room for')
    output.set(input.subarray(literals, at), done)
    done += step.literals
    if (step.match > 0 && (distance < 1 || distance > done))
      throw new DecodeError('corrupt', 'a match before the beginning')
    for (let index = 0; index < step.match; index++, done++) output[done] = output[done - distance] as number
  }
}

function stepOf(command: number, second: number, third: number): Step {
  const upper = command >>> 4
  if (upper === 0xf)
    return command === 0xf0
      ? { size: 2, literals: 0, match: second + 16 }
      : { size: 1, literals: 0, match: command & 15 }
  if (upper === 0xe)
    return command === 0xe0
      ? { size: 2, literals: second + 16, match: 0 }
      : { size: 1, literals: command & 15, match: 0 }
  if (upper === 0xa || upper === 0xb) {
    const word = second | (third << 8)
    const match = (((command & 7) << 2) | (word & 3)) + 3
    return { size: 3, literals: (command >>> 3) & 3, match, distance: word >>> 2 }
  }
  const both = { literals: command >>> 6, match: ((command >>> 3) & 7) + 3 }
  const kind = command & 7
  if (upper === 7 || upper === 0xd || (kind === 6 && both.literals === 0))
    throw new DecodeError('corrupt', 'a command that there is none of')
  if (kind === 6) return { size: 1, ...both }
  return kind === 7
    ? { size: 3, ...both, distance: second | (third << 8) }
    : { size: 2, ...both, distance: (kind << 8) | second }
}
