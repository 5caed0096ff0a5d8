import { type Bytes, Reader } from '@messlatte/bytes'
import type { PycKind } from './releases.ts'

/** Set where the object may be referred to later. */
const REFERABLE = 0x80
const MOST_DEPTH = 2000
const MOST_OBJECTS = 2_000_000

/** Bytes behind a kind, where they are always as many. */
const FIXED: Readonly<Record<string, number>> = {
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
}
/** Strings behind their length, in four bytes or in one. */
const LONG_STRINGS = 'stuaA'
const SHORT_STRINGS = 'zZ'
/** Lists behind the number of their objects. */
const LONG_LISTS = '([<>'
const SLICE_OBJECTS = 3

/** What is still to come: objects (of a dictionary: up to its end), or bytes that are passed over. */
type Pending = { objects: number } | { readonly bytes: number }

/** Behind the one object, a code object, that is marshalled at `start`; undefined for what is none. */
export function marshalEnd(bytes: Bytes, start: number, kind: PycKind): number | undefined {
  if (kindAt(bytes, start) !== 'c') return undefined
  const pending: Pending[] = [{ objects: 1 }]
  let at = start
  for (let count = 0; count < MOST_OBJECTS && pending.length < MOST_DEPTH; ) {
    const top = pending.at(-1)
    if (!top) return at
    if ('bytes' in top) {
      at += top.bytes
      pending.pop()
      continue
    }
    if (top.objects === 0) {
      pending.pop()
      continue
    }
    count++
    top.objects--
    const object = kindAt(bytes, at)
    at++
    if (object === '0') {
      if (top.objects !== Number.POSITIVE_INFINITY) return undefined
      pending.pop()
      continue
    }
    const passed = passOne(bytes, at, object, kind, pending)
    if (passed === undefined) return undefined
    at = passed
  }
  return undefined
}

function kindAt(bytes: Bytes, at: number): string {
  return String.fromCharCode((bytes.view(at, 1)[0] as number) & ~REFERABLE)
}

/** Behind what stands directly behind the kind; what lies within the object is put on the list. */
function passOne(
  bytes: Bytes,
  at: number,
  object: string,
  kind: PycKind,
  pending: Pending[],
): number | undefined {
  const word = () => new Reader(bytes.view(at, 4), 'little').u32()
  const byte = () => bytes.view(at, 1)[0] as number
  const fixed = FIXED[object]
  if (fixed !== undefined) return at + fixed
  if (LONG_STRINGS.includes(object)) return at + 4 + word()
  if (SHORT_STRINGS.includes(object)) return at + 1 + byte()
  if (LONG_LISTS.includes(object)) {
    pending.push({ objects: word() })
    return at + 4
  }
  switch (object) {
    case ')':
      pending.push({ objects: byte() })
      return at + 1
    case '{':
      pending.push({ objects: Number.POSITIVE_INFINITY })
      return at
    case ':':
      pending.push({ objects: SLICE_OBJECTS })
      return at
    // Digits of 15 bits; the sign is that of their number.
    case 'l':
      return at + 4 + 2 * Math.abs(word() | 0)
    case 'f':
      return at + 1 + byte()
    case 'x': {
      const second = at + 1 + byte()
      return second + 1 + (bytes.view(second, 1)[0] as number)
    }
    case 'c':
      pending.push({ objects: kind.behind }, { bytes: 4 }, { objects: kind.before })
      return at + 4 * kind.numbers
    default:
      return undefined
  }
}
