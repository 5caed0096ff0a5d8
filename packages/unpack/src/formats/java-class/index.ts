import { type Bytes, Lens } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'

const MAGIC = '\xca\xfe\xba\xbe'
/** Of Java 1.1 and later; universal programs of macOS have the same magic and a small number there. */
const [OLDEST, NEWEST] = [45, 80]
/** Bytes of a constant behind its tag; what is not listed is none. */
const CONSTANTS: Readonly<Record<number, number>> = {
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 2,
  8: 2,
  9: 4,
  10: 4,
  11: 4,
  12: 4,
  15: 3,
  16: 2,
  17: 4,
  18: 4,
  19: 2,
  20: 2,
}
const TEXT = 1
/** Numbers of eight bytes count twice. */
const WIDE = [5, 6]

export const javaClass = inlay(
  {
    name: 'java-class',
    title: 'Java classes',
    references: ['The Java Virtual Machine Specification, section 4.1'],
    limits: ['nothing is read but lengths'],
    magic: [{ bytes: MAGIC, at: 0 }],
    carve: true,
  },
  (bytes, at) => {
    const cursor = new Cursor(bytes, at + 6)
    const version = cursor.u16()
    if (version < OLDEST || version > NEWEST) return undefined
    if (!cursor.passConstants()) return undefined
    cursor.pass(6)
    cursor.pass(2 * cursor.u16())
    // Fields, then methods.
    for (let kind = 0; kind < 2; kind++) {
      for (let left = cursor.u16(); left > 0; left--) {
        cursor.pass(6)
        cursor.passAttributes()
      }
    }
    cursor.passAttributes()
    return cursor.at
  },
)

class Cursor {
  at: number
  readonly #lens: Lens

  constructor(bytes: Bytes, at: number) {
    this.#lens = new Lens(bytes, 'big')
    this.at = at
  }

  pass(length: number): void {
    this.at += length
  }

  u16(): number {
    this.at += 2
    return this.#lens.u16(this.at - 2)
  }

  passConstants(): boolean {
    // One more than there are.
    const count = this.u16()
    for (let index = 1; index < count; index++) {
      const tag = this.#lens.u8(this.at)
      this.at++
      const length = tag === TEXT ? this.u16() : CONSTANTS[tag]
      if (length === undefined) return false
      this.at += length
      if (WIDE.includes(tag)) index++
    }
    return count > 1
  }

  passAttributes(): void {
    for (let left = this.u16(); left > 0; left--) this.at += 6 + this.#lens.u32(this.at + 2)
  }
}
