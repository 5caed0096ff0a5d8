import { DecodeError } from '../stream-end.ts'
import { AdaptiveCode } from './adaptive-code.ts'
import { BackwardBits } from './backward-bits.ts'
import { Choice, ChoiceReader } from './choices.ts'
import { DISTANCE_SLOTS, distanceSymbols, LENGTH_SLOTS, type Slots } from './slots.ts'
import { undoX86 } from './x86.ts'

const LITERALS = 256
const POWERS = 8
/** By their power of two and distance, in one number. */
const POWER = 2 ** 32

/**
 * Undoes LZMS, of one chunk: decisions from its start on, symbols from its end on. Fills all of `output`.
 * Facts: wimlib, src/lzms_decompress.c and src/lzms_common.c.
 * @throws DecodeError
 */
export function lzms(input: Uint8Array, output: Uint8Array): void {
  if (input.length < 4 || input.length % 2 !== 0)
    throw new DecodeError('corrupt', `lzms: a chunk of ${input.length} bytes`)
  const choices = new ChoiceReader(input)
  const symbols = new BackwardBits(input)
  const distances = distanceSymbols(output.length)
  const literalCode = new AdaptiveCode(LITERALS, 1024)
  const distanceCode = new AdaptiveCode(distances, 1024)
  const lengthCode = new AdaptiveCode(LENGTH_SLOTS.bits.length, 512)
  const deltaCode = new AdaptiveCode(distances, 1024)
  const powerCode = new AdaptiveCode(POWERS, 512)
  const isMatch = new Choice(16)
  const isDelta = new Choice(32)
  const recentMatches = new Recent()
  const recentDeltas = new Recent()
  let out = 0

  /** @throws DecodeError */
  function lengthAt(): number {
    const length = numberIn(LENGTH_SLOTS, lengthCode, symbols)
    if (length > output.length - out) throw new DecodeError('corrupt', 'lzms: a match goes over the end')
    return length
  }

  function copyMatch(): void {
    const known = recentMatches.choose(choices)
    const distance = known ?? numberIn(DISTANCE_SLOTS, distanceCode, symbols)
    recentMatches.used(distance)
    const length = lengthAt()
    if (distance > out) throw new DecodeError('corrupt', 'lzms: a match reaches too far back')
    for (const end = out + length; out < end; out++) output[out] = output[out - distance] as number
  }

  /** Bytes that differ from those before as others did. */
  function copyDelta(): void {
    let pair = recentDeltas.choose(choices)
    if (pair === undefined) {
      const power = powerCode.decode(symbols)
      pair = power * POWER + numberIn(DISTANCE_SLOTS, deltaCode, symbols)
    }
    recentDeltas.used(pair)
    const length = lengthAt()
    const span = 2 ** Math.floor(pair / POWER)
    const distance = (pair % POWER) * span
    if (distance + span > out) throw new DecodeError('corrupt', 'lzms: a match reaches too far back')
    for (const end = out + length; out < end; out++)
      output[out] =
        (output[out - distance] as number) +
        (output[out - span] as number) -
        (output[out - distance - span] as number)
  }

  while (out < output.length) {
    if (choices.next(isMatch) === 0) {
      output[out++] = literalCode.decode(symbols)
      recentMatches.settle()
      recentDeltas.settle()
    } else if (choices.next(isDelta) === 0) {
      recentDeltas.settle()
      copyMatch()
    } else {
      recentMatches.settle()
      copyDelta()
    }
    if (symbols.isOver) throw new DecodeError('truncated', 'lzms: it ends within its data')
  }
  undoX86(output)
}

function numberIn({ bits, bases }: Slots, code: AdaptiveCode, symbols: BackwardBits): number {
  const slot = code.decode(symbols)
  return (bases[slot] as number) + symbols.number(bits[slot] as number)
}

/** The last three; the one that was used last comes among them when the item behind it has been read. */
class Recent {
  readonly #known = [1, 2, 3, 4]
  readonly #isKnown = new Choice(64)
  readonly #isSecond = new Choice(64)
  readonly #isThird = new Choice(64)
  /** 1 where the first one may not be chosen yet. */
  #fresh = 0

  /** Takes the one that is chosen out; undefined where a new one is told. */
  choose(choices: ChoiceReader): number | undefined {
    if (choices.next(this.#isKnown) === 0) return undefined
    const place = choices.next(this.#isSecond) === 0 ? 0 : choices.next(this.#isThird) === 0 ? 1 : 2
    const [chosen] = this.#known.splice(place + this.#fresh, 1)
    return chosen
  }

  used(one: number): void {
    this.#known.unshift(one)
    this.#known.length = 4
    this.#fresh = 1
  }

  settle(): void {
    this.#fresh = 0
  }
}
