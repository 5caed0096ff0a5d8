import type { Bytes } from '../bytes.ts'
import { DecodeError } from '../stream-end.ts'
import { LowBits } from './low-bits.ts'

const CODES = 8192
const [LEAST_BITS, MOST_BITS] = [9, 13]
/** Tells what the code behind it is: 1 for longer codes, 2 for room among them. */
const CONTROL = 256
const [LONGER, CLEAR] = [1, 2]
const FREE = 0xffff
const OUTPUT = 64 * 1024

/** PKZIP's method 1 (APPNOTE.TXT, section 5.1): LZW whose codes that nothing goes on from are used again. @throws DecodeError, after what came before the damage has been delivered */
export function unshrink(source: Bytes, size: number, write: (chunk: Uint8Array) => void): void {
  const bits = new LowBits(source, 0)
  const parents = new Uint16Array(CODES).fill(FREE)
  const values = new Uint8Array(CODES)
  for (let code = 0; code < CONTROL; code++) {
    parents[code] = CONTROL
    values[code] = code
  }
  const text = new Uint8Array(CODES)
  const out = new Uint8Array(OUTPUT + CODES)
  let [filled, done, width, next] = [0, 0, LEAST_BITS, CONTROL + 1]
  let before = -1
  let beforeFirst = 0

  /** The code that is made next. */
  function firstFree(): number {
    while (next < CODES && parents[next] !== FREE) next++
    return next
  }

  /** What a code stands for, from its end on, at the end of `text`. @returns where it begins */
  function spell(code: number): number {
    let at = CODES
    for (let one = code; one !== CONTROL; one = parents[one] as number) {
      if (at === 0) throw new DecodeError('corrupt', 'shrink: a code that stands for itself')
      // The string before, and its first byte again: also where room was made within it.
      const isFree = parents[one] === FREE
      text[--at] = isFree ? beforeFirst : (values[one] as number)
      if (!isFree) continue
      if (before < 0 || one !== firstFree())
        throw new DecodeError('corrupt', 'shrink: a code that means nothing')
      one = before
      if (at === 0 || parents[one] === FREE)
        throw new DecodeError('corrupt', 'shrink: a code that means nothing')
      text[--at] = values[one] as number
    }
    return at
  }

  try {
    while (done < size) {
      const code = bits.bits(width)
      if (bits.isOver) throw new DecodeError('truncated', 'shrink: the data ends early')
      if (code === CONTROL) {
        const what = bits.bits(width)
        if (what === LONGER && width < MOST_BITS) width++
        else if (what === CLEAR) {
          clear(parents)
          next = CONTROL + 1
        } else throw new DecodeError('corrupt', 'shrink: an order that there is not')
        continue
      }
      const at = spell(code)
      const string = text.subarray(at, Math.min(CODES, at + size - done))
      out.set(string, filled)
      filled += string.length
      done += string.length
      beforeFirst = text[at] as number
      if (before >= 0) {
        const made = firstFree()
        if (made < CODES) {
          parents[made] = before
          values[made] = beforeFirst
        }
      }
      before = code
      if (filled >= OUTPUT) {
        write(out.subarray(0, filled))
        filled = 0
      }
    }
  } finally {
    if (filled > 0) write(out.subarray(0, filled))
  }
}

/** Gives up all codes from which no other one goes on. */
function clear(parents: Uint16Array): void {
  const isParent = new Uint8Array(CODES)
  for (let code = CONTROL + 1; code < CODES; code++) {
    const parent = parents[code] as number
    if (parent !== FREE) isParent[parent] = 1
  }
  for (let code = CONTROL + 1; code < CODES; code++) if (isParent[code] === 0) parents[code] = FREE
}
