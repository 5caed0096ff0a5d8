import { type Bytes, Lens } from '@messlatte/bytes'
import type { PycKind } from './releases.ts'

/** Set where the object may be referred to later. */
const REFERABLE = 0x80
const MOST_DEPTH = 2000
const MOST_OBJECTS = 2_000_000

/** Bytes behind a kind, where they are always as many; by the kind's character. */
const FIXED: readonly (number | undefined)[] = byCharacter({
  N: 0,
  F: 0,
  T: 0,
  S: 0,
  '.': 0,
  i: 4,
  I: 8,
  g: 8,
  y: 16,
  r: 4,
  R: 4,
})
const CODE = 'c'.charCodeAt(0)
/** Of a dictionary. */
const END = '0'.charCodeAt(0)
const SLICE_OBJECTS = 3

/** In the place of a number of objects: the four bytes of a line's number, which are no object. */
const LINE = -1
const DICTIONARY = Number.POSITIVE_INFINITY

function byCharacter(values: Readonly<Record<string, number>>): readonly (number | undefined)[] {
  return Array.from({ length: REFERABLE }, (_, code) => values[String.fromCharCode(code)])
}

/** Behind the one object, a code object, that is marshalled at `start`; undefined for what is none. */
export function marshalEnd(bytes: Bytes, start: number, kind: PycKind): number | undefined {
  const lens = new Lens(bytes, 'little')
  if (kindAt(lens, start) !== CODE) return undefined
  /** How many objects are still to come, of each one that holds others. */
  const pending = [1]
  let at = start
  for (let count = 0; count < MOST_OBJECTS && pending.length < MOST_DEPTH; ) {
    if (pending.length === 0) return at
    const left = pending.pop() as number
    if (left === 0) continue
    if (left === LINE) {
      at += 4
      continue
    }
    count++
    const object = kindAt(lens, at)
    at++
    if (object === END) {
      if (left !== DICTIONARY) return undefined
      continue
    }
    pending.push(left - 1)
    const passed = passOne(lens, at, object, kind, pending)
    if (passed === undefined) return undefined
    at = passed
  }
  return undefined
}

function kindAt(lens: Lens, at: number): number {
  return lens.u8(at) & ~REFERABLE
}

/** Behind what stands directly behind the kind; what lies within the object is put on the list. */
function passOne(
  lens: Lens,
  at: number,
  object: number,
  kind: PycKind,
  pending: number[],
): number | undefined {
  const fixed = FIXED[object]
  if (fixed !== undefined) return at + fixed
  switch (String.fromCharCode(object)) {
    // Strings behind their length.
    case 'z':
    case 'Z':
      return at + 1 + lens.u8(at)
    case 's':
    case 't':
    case 'u':
    case 'a':
    case 'A':
      return at + 4 + lens.u32(at)
    // Lists behind the number of their objects.
    case ')':
      pending.push(lens.u8(at))
      return at + 1
    case '(':
    case '[':
    case '<':
    case '>':
      pending.push(lens.u32(at))
      return at + 4
    case '{':
      pending.push(DICTIONARY)
      return at
    case ':':
      pending.push(SLICE_OBJECTS)
      return at
    // Digits of 15 bits; the sign is that of their number.
    case 'l':
      return at + 4 + 2 * Math.abs(lens.u32(at) | 0)
    case 'f':
      return at + 1 + lens.u8(at)
    case 'x': {
      const second = at + 1 + lens.u8(at)
      return second + 1 + lens.u8(second)
    }
    case 'c':
      pending.push(kind.behind, LINE, kind.before)
      return at + 4 * kind.numbers
    default:
      return undefined
  }
}
