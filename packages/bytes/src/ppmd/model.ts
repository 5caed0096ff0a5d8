import { DecodeError } from '../stream-end.ts'
import { indexOf, UNIT, Units } from './units.ts'

/** What decodes numbers out of shares: 7z and RAR have one each. */
export interface RangeDecoder {
  /** The place within `total` at which the number lies. */
  threshold(total: number): number
  /** Takes the share of `size` from `start` on. */
  take(start: number, size: number): void
  /** Whether the number lies behind the share of `size` of 2^14. */
  bit(size: number): boolean
}

const MOST_ORDER = 64
const MOST_FREQUENCY = 124
const [INTERVAL_BITS, PERIOD_BITS, SCALE] = [7, 7, 1 << 14]
const STATE = 6
const ALL = 256
const FIRST_ESCAPES = [0x3cdd, 0x1f3f, 0x59bf, 0x48f3, 0x64a1, 0x5abc, 0x6632, 0x6051]
const ESCAPES = [25, 14, 9, 7, 5, 5, 4, 4, 4, 3, 3, 3, 2, 2, 2, 2]
/** By the number of states, less one: which probabilities a context with one state takes by the size of its suffix. */
const SUFFIX_CLASS = Uint8Array.from({ length: ALL }, (_, less) => [0, 2][less] ?? (less < 11 ? 4 : 6))
const ESCAPE_CLASS = escapeClasses()

/** 0, 1, 2, and from there on each class one longer than the one before. */
function escapeClasses(): Uint8Array {
  const classes = Uint8Array.from({ length: ALL }, (_, index) => Math.min(index, 3))
  for (let index = 3, value = 3, left = 1; index < ALL; index++) {
    classes[index] = value
    left--
    if (left === 0) {
      value++
      left = value - 2
    }
  }
  return classes
}

/** How often escapes were right: a mean, its precision, and when that grows. */
interface Escape {
  sum: number
  shift: number
  count: number
}

/**
 * PPMd, variant H, as 7z and RAR 3 have it: contexts of symbols that came before tell how often each symbol follows. A
 * context is a unit: the number of its states, the sum of their frequencies, where they lie, the next shorter context;
 * one with a single state has that state within. A state: symbol, frequency, the context or the text that follows.
 */
export class Ppmd {
  /** Bytes. */
  readonly memory: number
  readonly #memory: Units
  #order: number
  readonly #binary = new Uint16Array(128 * 64)
  readonly #escapes: Escape[] = Array.from({ length: 25 * 16 }, () => ({ sum: 0, shift: 0, count: 0 }))
  readonly #ownEscape: Escape = { sum: 0, shift: PERIOD_BITS, count: 64 }
  readonly #masked = new Uint8Array(ALL)
  readonly #candidates = new Uint32Array(ALL)
  readonly #path = new Uint32Array(MOST_ORDER)
  #least = 0
  #most = 0
  #found = 0
  #fall = 0
  #firstEscape = 0
  #wasGood = 0
  #highBits = 0
  #run = 0
  #firstRun = 0

  /** @param order of contexts, 2 to 64 @param memory bytes */
  constructor(order: number, memory: number) {
    this.#order = order
    this.memory = memory
    this.#memory = new Units(memory)
    this.#restart()
  }

  /** Forgets all that it has learnt. */
  reset(order: number): void {
    this.#order = order
    this.#restart()
  }

  #restart(): void {
    const memory = this.#memory
    memory.reset()
    this.#fall = this.#order
    this.#firstRun = -Math.min(this.#order, 12) - 1
    this.#run = this.#firstRun
    this.#wasGood = 0
    memory.high -= UNIT
    const context = memory.high
    this.#least = context
    this.#most = context
    memory.u32[(context + 8) >>> 2] = 0
    memory.u16[context >>> 1] = ALL
    memory.u16[(context >>> 1) + 1] = ALL + 1
    this.#found = memory.low
    memory.u32[(context + 4) >>> 2] = memory.low
    memory.low += (ALL / 2) * UNIT
    for (let symbol = 0; symbol < ALL; symbol++) {
      const state = this.#found + symbol * STATE
      memory.bytes[state] = symbol
      memory.bytes[state + 1] = 1
      this.#follow(state, 0)
    }
    for (let row = 0; row < 128; row++)
      for (let column = 0; column < 64; column++)
        this.#binary[row * 64 + column] =
          SCALE - Math.floor((FIRST_ESCAPES[column & 7] as number) / (row + 2))
    for (const [index, estimate] of this.#escapes.entries()) {
      estimate.shift = PERIOD_BITS - 4
      estimate.sum = (5 * (index >>> 4) + 10) << estimate.shift
      estimate.count = 4
    }
  }

  #count(context: number): number {
    return this.#memory.u16[context >>> 1] as number
  }

  #sum(context: number): number {
    return this.#memory.u16[(context >>> 1) + 1] as number
  }

  #setSum(context: number, sum: number): void {
    this.#memory.u16[(context >>> 1) + 1] = sum
  }

  #states(context: number): number {
    return this.#memory.u32[(context >>> 2) + 1] as number
  }

  #suffix(context: number): number {
    return this.#memory.u32[(context >>> 2) + 2] as number
  }

  #symbol(state: number): number {
    return this.#memory.bytes[state] as number
  }

  #frequency(state: number): number {
    return this.#memory.bytes[state + 1] as number
  }

  #setFrequency(state: number, frequency: number): void {
    this.#memory.bytes[state + 1] = frequency
  }

  #successor(state: number): number {
    const { u16 } = this.#memory
    return ((u16[(state >>> 1) + 1] as number) | ((u16[(state >>> 1) + 2] as number) << 16)) >>> 0
  }

  #follow(state: number, successor: number): void {
    this.#memory.u16[(state >>> 1) + 1] = successor
    this.#memory.u16[(state >>> 1) + 2] = successor >>> 16
  }

  #copyState(to: number, from: number): void {
    this.#memory.bytes.copyWithin(to, from, from + STATE)
  }

  #swap(a: number, b: number): void {
    const { u16 } = this.#memory
    for (let index = 0; index < STATE / 2; index++) {
      const kept = u16[(a >>> 1) + index] as number
      u16[(a >>> 1) + index] = u16[(b >>> 1) + index] as number
      u16[(b >>> 1) + index] = kept
    }
  }

  /** The state of a symbol, which the context has. */
  #stateOf(context: number, symbol: number): number {
    let state = this.#states(context)
    for (let left = this.#count(context); this.#symbol(state) !== symbol; state += STATE)
      if (--left === 0)
        throw new DecodeError('corrupt', 'PPMd: a context without a symbol that it has to have')
    return state
  }

  /** The next symbol; undefined for the mark of the end. @throws DecodeError */
  decode(range: RangeDecoder): number | undefined {
    const memory = this.#memory
    let count = this.#count(this.#least)
    this.#masked.fill(0)
    if (count !== 1) {
      const sum = this.#sum(this.#least)
      const at = range.threshold(sum)
      let state = this.#states(this.#least)
      let high = this.#frequency(state)
      if (at < high) {
        range.take(0, high)
        this.#found = state
        const symbol = this.#symbol(state)
        this.#first(sum)
        return symbol
      }
      this.#wasGood = 0
      for (let left = count - 1; left > 0; left--) {
        state += STATE
        const frequency = this.#frequency(state)
        high += frequency
        if (high <= at) continue
        range.take(high - frequency, frequency)
        this.#found = state
        const symbol = this.#symbol(state)
        this.#other()
        return symbol
      }
      if (at >= sum) throw new DecodeError('corrupt', 'PPMd: a number outside of its range')
      this.#highBits = highBits(this.#symbol(this.#found))
      range.take(high, sum - high)
      for (let index = count - 1; index >= 0; index--, state -= STATE) this.#masked[this.#symbol(state)] = 1
    } else {
      const state = this.#least + 2
      const place = this.#binaryPlace(state)
      const probability = this.#binary[place] as number
      const mean = (probability + 32) >>> PERIOD_BITS
      if (!range.bit(probability)) {
        this.#binary[place] = probability + (1 << INTERVAL_BITS) - mean
        this.#found = state
        const symbol = this.#symbol(state)
        const frequency = this.#frequency(state)
        this.#setFrequency(state, frequency + (frequency < 128 ? 1 : 0))
        this.#wasGood = 1
        this.#run++
        this.#next()
        return symbol
      }
      this.#binary[place] = probability - mean
      this.#firstEscape = ESCAPES[(probability - mean) >>> 10] as number
      this.#masked[this.#symbol(state)] = 1
      this.#wasGood = 0
    }
    for (;;) {
      do {
        this.#fall++
        this.#least = this.#suffix(this.#least)
        if (this.#least === 0) return undefined
      } while (this.#count(this.#least) === count)
      const unmasked = this.#count(this.#least) - count
      let [high, found] = [0, 0]
      for (let state = this.#states(this.#least); found < unmasked; state += STATE) {
        if (state + STATE > memory.bytes.length)
          throw new DecodeError('corrupt', 'PPMd: a context without states')
        if (this.#masked[this.#symbol(state)] === 1) continue
        high += this.#frequency(state)
        this.#candidates[found++] = state
      }
      const estimate = this.#escape(count, unmasked)
      const share = estimate === this.#ownEscape ? 1 : shareOf(estimate)
      const total = share + high
      const at = range.threshold(total)
      if (at < high) {
        let [index, sum] = [0, 0]
        for (;;) {
          sum += this.#frequency(this.#candidates[index] as number)
          if (sum > at) break
          index++
        }
        const state = this.#candidates[index] as number
        const frequency = this.#frequency(state)
        range.take(sum - frequency, frequency)
        learn(estimate)
        this.#found = state
        const symbol = this.#symbol(state)
        this.#afterEscape()
        return symbol
      }
      if (at >= total) throw new DecodeError('corrupt', 'PPMd: a number outside of its range')
      range.take(high, total - high)
      estimate.sum = (estimate.sum + total) & 0xffff
      for (let index = 0; index < found; index++)
        this.#masked[this.#symbol(this.#candidates[index] as number)] = 1
      count = this.#count(this.#least)
    }
  }

  #binaryPlace(state: number): number {
    this.#highBits = highBits(this.#symbol(this.#found))
    return (
      (this.#frequency(state) - 1) * 64 +
      this.#wasGood +
      (SUFFIX_CLASS[this.#count(this.#suffix(this.#least)) - 1] as number) +
      this.#highBits +
      2 * highBits(this.#symbol(state)) +
      ((this.#run >>> 26) & 0x20)
    )
  }

  #escape(masked: number, unmasked: number): Escape {
    const context = this.#least
    const count = this.#count(context)
    if (count === ALL) return this.#ownEscape
    const index =
      (ESCAPE_CLASS[unmasked - 1] as number) * 16 +
      (unmasked < this.#count(this.#suffix(context)) - count ? 1 : 0) +
      (this.#sum(context) < 11 * count ? 2 : 0) +
      (masked > unmasked ? 4 : 0) +
      this.#highBits
    return this.#escapes[index] as Escape
  }

  /** The first state of its context was right. */
  #first(sum: number): void {
    const frequency = this.#frequency(this.#found)
    this.#wasGood = 2 * frequency > sum ? 1 : 0
    this.#run += this.#wasGood
    this.#setSum(this.#least, sum + 4)
    this.#setFrequency(this.#found, frequency + 4)
    if (frequency + 4 > MOST_FREQUENCY) this.#rescale()
    this.#next()
  }

  /** Another one was; it moves up when it is the more frequent one. */
  #other(): void {
    const state = this.#found
    this.#setFrequency(state, this.#frequency(state) + 4)
    this.#setSum(this.#least, this.#sum(this.#least) + 4)
    if (this.#frequency(state) > this.#frequency(state - STATE)) {
      this.#swap(state, state - STATE)
      this.#found = state - STATE
      if (this.#frequency(this.#found) > MOST_FREQUENCY) this.#rescale()
    }
    this.#next()
  }

  #afterEscape(): void {
    this.#setSum(this.#least, this.#sum(this.#least) + 4)
    const frequency = this.#frequency(this.#found) + 4
    this.#setFrequency(this.#found, frequency)
    if (frequency > MOST_FREQUENCY) this.#rescale()
    this.#run = this.#firstRun
    this.#update()
  }

  #next(): void {
    const context = this.#successor(this.#found)
    if (this.#fall === 0 && context > this.#memory.text) {
      this.#least = context
      this.#most = context
    } else this.#update()
  }

  /** Halves all frequencies of the context, and sorts its states; those that are left with none go. */
  #rescale(): void {
    const context = this.#least
    const first = this.#states(context)
    const kept = this.#memory.bytes.slice(this.#found, this.#found + STATE)
    this.#memory.bytes.copyWithin(first + STATE, first, this.#found)
    this.#memory.bytes.set(kept, first)
    let escapes = this.#sum(context) - this.#frequency(first)
    const more = this.#fall === 0 ? 0 : 1
    this.#setFrequency(first, (this.#frequency(first) + 4 + more) >>> 1)
    let sum = this.#frequency(first)
    const count = this.#count(context)
    let state = first
    for (let index = 1; index < count; index++) {
      state += STATE
      escapes -= this.#frequency(state)
      const frequency = (this.#frequency(state) + more) >>> 1
      this.#setFrequency(state, frequency)
      sum += frequency
      if (frequency > this.#frequency(state - STATE)) this.#moveUp(first, state)
    }
    if (this.#frequency(state) === 0 && this.#dropStates(context, first, state, count, escapes)) return
    const gone = count - this.#count(context)
    escapes += gone
    this.#setSum(context, sum + escapes - (escapes >> 1))
    this.#found = this.#states(context)
  }

  #moveUp(first: number, from: number): void {
    const kept = this.#memory.bytes.slice(from, from + STATE)
    let state = from
    do {
      this.#copyState(state, state - STATE)
      state -= STATE
    } while (state !== first && (kept[1] as number) > this.#frequency(state - STATE))
    this.#memory.bytes.set(kept, state)
  }

  /** @returns whether one state is left, which has no list any more */
  #dropStates(context: number, first: number, last: number, count: number, escapes: number): boolean {
    const memory = this.#memory
    let gone = 0
    for (let state = last; this.#frequency(state) === 0; state -= STATE) gone++
    const left = count - gone
    memory.u16[context >>> 1] = left
    const before = (count + 1) >>> 1
    if (left !== 1) {
      const after = (left + 1) >>> 1
      if (before !== after) memory.u32[(context >>> 2) + 1] = memory.shrink(first, before, after)
      return false
    }
    const kept = memory.bytes.slice(first, first + STATE)
    let frequency = kept[1] as number
    for (let sum = escapes + gone; ; ) {
      frequency -= frequency >>> 1
      sum >>= 1
      if (sum <= 1) break
    }
    kept[1] = frequency
    memory.put(first, indexOf(before))
    memory.bytes.set(kept, context + 2)
    this.#found = context + 2
    return true
  }

  /** What was found is added to all longer contexts, which become ones that it follows. */
  #update(): void {
    const memory = this.#memory
    const symbol = this.#symbol(this.#found)
    const frequency = this.#frequency(this.#found)
    let follows = this.#successor(this.#found)
    if (frequency < MOST_FREQUENCY / 4 && this.#suffix(this.#least) !== 0) this.#raiseSuffix(symbol)
    if (this.#fall === 0) {
      const context = this.#extend(true)
      if (context === 0) {
        this.#restart()
        return
      }
      this.#least = context
      this.#most = context
      this.#follow(this.#found, context)
      return
    }
    memory.bytes[memory.text++] = symbol
    let successor = memory.text
    if (memory.text >= memory.start) {
      this.#restart()
      return
    }
    if (follows !== 0) {
      if (follows <= successor) {
        follows = this.#extend(false)
        if (follows === 0) {
          this.#restart()
          return
        }
      }
      this.#fall--
      if (this.#fall === 0) {
        successor = follows
        if (this.#most !== this.#least) memory.text--
      }
    } else {
      this.#follow(this.#found, successor)
      follows = this.#least
    }
    const count = this.#count(this.#least)
    const others = this.#sum(this.#least) - count - (this.#frequency(this.#found) - 1)
    for (let context = this.#most; context !== this.#least; context = this.#suffix(context)) {
      if (context === 0) throw new DecodeError('corrupt', 'PPMd: contexts that do not lead to each other')
      if (!this.#grow(context, count)) {
        this.#restart()
        return
      }
      this.#add(context, symbol, others, successor)
    }
    this.#least = follows
    this.#most = follows
  }

  #raiseSuffix(symbol: number): void {
    const context = this.#suffix(this.#least)
    if (this.#count(context) === 1) {
      const state = context + 2
      const frequency = this.#frequency(state)
      if (frequency < 32) this.#setFrequency(state, frequency + 1)
      return
    }
    let state = this.#stateOf(context, symbol)
    if (state !== this.#states(context) && this.#frequency(state) >= this.#frequency(state - STATE)) {
      this.#swap(state, state - STATE)
      state -= STATE
    }
    const frequency = this.#frequency(state)
    if (frequency < MOST_FREQUENCY - 9) {
      this.#setFrequency(state, frequency + 2)
      this.#setSum(context, this.#sum(context) + 2)
    }
  }

  /** Room for one more state. @returns false when there is none */
  #grow(context: number, countBelow: number): boolean {
    const memory = this.#memory
    const count = this.#count(context)
    if (count === 1) {
      const list = memory.allot(0)
      if (list === 0) return false
      this.#copyState(list, context + 2)
      memory.u32[(context >>> 2) + 1] = list
      const frequency = this.#frequency(list)
      const raised = frequency < MOST_FREQUENCY / 4 - 1 ? frequency * 2 : MOST_FREQUENCY - 4
      this.#setFrequency(list, raised)
      this.#setSum(context, raised + this.#firstEscape + (countBelow > 3 ? 1 : 0))
      return true
    }
    if ((count & 1) === 0) {
      const units = count >>> 1
      const index = indexOf(units)
      if (index !== indexOf(units + 1)) {
        const list = memory.allot(index + 1)
        if (list === 0) return false
        const old = this.#states(context)
        memory.bytes.copyWithin(list, old, old + units * UNIT)
        memory.put(old, index)
        memory.u32[(context >>> 2) + 1] = list
      }
    }
    const sum = this.#sum(context)
    const isSmall = 4 * count <= countBelow && sum <= 8 * count
    this.#setSum(context, sum + (2 * count < countBelow ? 1 : 0) + (isSmall ? 2 : 0))
    return true
  }

  #add(context: number, symbol: number, others: number, successor: number): void {
    const memory = this.#memory
    const count = this.#count(context)
    const sum = this.#sum(context)
    const weight = 2 * this.#frequency(this.#found) * (sum + 6)
    const all = others + sum
    const isRare = weight < 6 * all
    const frequency = isRare
      ? 1 + (weight > all ? 1 : 0) + (weight >= 4 * all ? 1 : 0)
      : 4 + (weight >= 9 * all ? 1 : 0) + (weight >= 12 * all ? 1 : 0) + (weight >= 15 * all ? 1 : 0)
    this.#setSum(context, sum + (isRare ? 3 : frequency))
    const state = this.#states(context) + count * STATE
    this.#follow(state, successor)
    memory.bytes[state] = symbol
    memory.bytes[state + 1] = frequency
    memory.u16[context >>> 1] = count + 1
  }

  /** Contexts of one state for the symbols that were not followed by one yet. @returns the longest; 0 when there is no room */
  #extend(skip: boolean): number {
    const memory = this.#memory
    const branch = this.#successor(this.#found)
    const symbol = this.#symbol(this.#found)
    let context = this.#least
    let length = 0
    if (!skip) this.#path[length++] = this.#found
    while (this.#suffix(context) !== 0) {
      context = this.#suffix(context)
      const state = this.#count(context) === 1 ? context + 2 : this.#stateOf(context, symbol)
      const successor = this.#successor(state)
      if (successor !== branch) {
        context = successor
        if (length === 0) return context
        break
      }
      if (length >= MOST_ORDER) throw new DecodeError('corrupt', 'PPMd: contexts that are too long')
      this.#path[length++] = state
    }
    const next = memory.bytes[branch] as number
    const frequency = this.#firstFrequency(context, next)
    while (length > 0) {
      const made = memory.context()
      if (made === 0) return 0
      memory.u16[made >>> 1] = 1
      memory.bytes[made + 2] = next
      memory.bytes[made + 3] = frequency
      this.#follow(made + 2, branch + 1)
      memory.u32[(made >>> 2) + 2] = context
      this.#follow(this.#path[--length] as number, made)
      context = made
    }
    return context
  }

  #firstFrequency(context: number, symbol: number): number {
    if (this.#count(context) === 1) return this.#frequency(context + 2)
    const share = this.#frequency(this.#stateOf(context, symbol)) - 1
    const others = this.#sum(context) - this.#count(context) - share
    if (2 * share <= others) return 1 + (5 * share > others ? 1 : 0)
    return (1 + Math.floor((2 * share + 3 * others - 1) / (2 * others))) & 0xff
  }
}

/** Letters and what lies above them are told apart from the rest. */
function highBits(symbol: number): number {
  return symbol >= 0x40 ? 8 : 0
}

function shareOf(estimate: Escape): number {
  const share = estimate.sum >>> estimate.shift
  estimate.sum -= share
  return share === 0 ? 1 : share
}

function learn(estimate: Escape): void {
  if (estimate.shift >= PERIOD_BITS) return
  estimate.count--
  if (estimate.count > 0) return
  estimate.sum = (estimate.sum << 1) & 0xffff
  estimate.count = (3 << estimate.shift) & 0xff
  estimate.shift++
}
