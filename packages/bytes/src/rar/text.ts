import { Ppmd, type RangeDecoder } from '../ppmd/model.ts'
import { DecodeError } from '../stream-end.ts'

const TOP = 2 ** 24
const BOTTOM = 2 ** 15
const MEBIBYTE = 1024 * 1024
/** Each costs memory that is new; an archive uses one. */
const MOST_MODELS = 16
const [FRESH, HAS_ESCAPE, ORDER] = [0x20, 0x40, 0x1f]
const USUAL_ESCAPE = 2

export type TextStep =
  | { readonly kind: 'literal'; readonly symbol: number }
  | { readonly kind: 'match'; readonly distance: number; readonly length: number }
  | { readonly kind: 'filter' | 'tables' | 'end' }

/** Text of RAR 3: PPMd, with a symbol that says that what follows is none. */
export class Text {
  readonly #range = new RarRange()
  #model: Ppmd | undefined
  #models = 0
  #escape = USUAL_ESCAPE
  #byte: () => number = () => 0

  /** Bytes of the next content; what was learnt is kept. */
  open(next: () => number): void {
    this.#byte = next
    this.#range.source = next
  }

  /** @param flags whether the model begins anew, whether the symbol is told, and the order @throws DecodeError */
  begin(flags: number): void {
    const isFresh = (flags & FRESH) !== 0
    const memory = isFresh ? (this.#byte() + 1) * MEBIBYTE : 0
    if ((flags & HAS_ESCAPE) !== 0) this.#escape = this.#byte()
    this.#range.begin()
    if (isFresh) this.#renew((flags & ORDER) + 1, memory)
    else if (!this.#model) throw new DecodeError('corrupt', 'RAR: text without a model')
  }

  #renew(told: number, memory: number): void {
    const order = told > 16 ? 16 + (told - 16) * 3 : told
    if (order === 1) throw new DecodeError('corrupt', 'RAR: text of order 1')
    if (this.#model?.memory === memory) {
      this.#model.reset(order)
      return
    }
    this.#models++
    if (this.#models > MOST_MODELS) throw new DecodeError('unsupported', `RAR: over ${MOST_MODELS} models`)
    this.#model = new Ppmd(order, memory)
  }

  /** @throws DecodeError */
  symbol(): number {
    const symbol = this.#model?.decode(this.#range)
    if (symbol === undefined) throw new DecodeError('corrupt', 'RAR: text that ends early')
    return symbol
  }

  /** @throws DecodeError */
  next(): TextStep {
    const symbol = this.symbol()
    if (symbol !== this.#escape) return { kind: 'literal', symbol }
    switch (this.symbol()) {
      case 0:
        return { kind: 'tables' }
      case 2:
        return { kind: 'end' }
      case 3:
        return { kind: 'filter' }
      case 4: {
        const distance = this.symbol() * 0x1_0000 + this.symbol() * 0x100 + this.symbol() + 2
        return { kind: 'match', distance, length: this.symbol() + 32 }
      }
      case 5:
        return { kind: 'match', distance: 1, length: this.symbol() + 4 }
      default:
        return { kind: 'literal', symbol }
    }
  }
}

/** A range with a lower end, which is cut where it would become too small. */
class RarRange implements RangeDecoder {
  source: () => number = () => 0
  #low = 0
  #range = 0
  /** Counts from the lower end on. */
  #code = 0

  begin(): void {
    this.#low = 0
    this.#range = 0xffff_ffff
    this.#code = 0
    for (let index = 0; index < 4; index++) this.#code = ((this.#code << 8) | this.source()) >>> 0
  }

  threshold(total: number): number {
    this.#range = Math.floor(this.#range / total)
    if (this.#range === 0) throw new DecodeError('corrupt', 'RAR: an empty range')
    return Math.floor(this.#code / this.#range)
  }

  take(start: number, size: number): void {
    const from = start * this.#range
    this.#low = (this.#low + from) >>> 0
    this.#code = (this.#code - from) >>> 0
    this.#range = (this.#range * size) >>> 0
    for (;;) {
      if ((this.#low ^ (this.#low + this.#range)) >>> 0 >= TOP) {
        if (this.#range >= BOTTOM) return
        this.#range = -this.#low & (BOTTOM - 1)
      }
      this.#code = ((this.#code << 8) | this.source()) >>> 0
      this.#range = (this.#range << 8) >>> 0
      this.#low = (this.#low << 8) >>> 0
    }
  }

  bit(size: number): boolean {
    const isBehind = this.threshold(1 << 14) >= size
    if (isBehind) this.take(size, (1 << 14) - size)
    else this.take(0, size)
    return isBehind
  }
}
