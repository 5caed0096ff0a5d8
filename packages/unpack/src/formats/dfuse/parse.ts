import { type Bytes, cString, Reader } from '@messlatte/bytes'
import { SUFFIX } from '../dfu-suffix/parse.ts'

export const MAGIC = 'DfuSe\x01'
/** Bytes of the prefix, of that of a target, and of that of an element. */
const PREFIX = 11
const TARGET = 274
const TARGET_MAGIC = 'Target'
const NAME = 255
const ELEMENT = 8
/** A file of more is none. */
const MOST_ELEMENTS = 65_536

export interface DfuElement {
  /** In the memory of the device. */
  readonly address: number
  /** Of its content. */
  readonly at: number
  /** Bytes. */
  readonly length: number
}

export interface DfuTarget {
  /** Alternate setting of the interface: which memory it is for. */
  readonly setting: number
  /** Byte string; empty where there is none. */
  readonly name: string
  readonly elements: readonly DfuElement[]
}

/** Little endian; the source is that of `dfuse`. */
export interface DfuseFile {
  /** Targets that it announces. */
  readonly count: number
  readonly targets: readonly DfuTarget[]
  /** Behind the last element; the suffix comes there. */
  readonly end: number
}

/** The file at `at`, or undefined: its targets have to make up all of its length. What the end of the bytes cuts off counts as there. */
export function parseDfuse(bytes: Bytes, at: number): DfuseFile | undefined {
  if (at + PREFIX > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, PREFIX), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const announced = at + reader.u32()
  const count = reader.u8()
  const targets: DfuTarget[] = []
  let place = at + PREFIX
  for (let index = 0; index < count && place < bytes.size; index++) {
    if (targets.length > 0 && place + TARGET > bytes.size) break
    const target = parseTarget(bytes, place, announced)
    if (!target) return undefined
    targets.push(target)
    place = target.end
  }
  if (targets.length === 0) return undefined
  // ST's own tool leaves the suffix out of the length, dfuse-pack does not.
  if (targets.length === count && place <= bytes.size)
    return place === announced || place + SUFFIX === announced ? { count, targets, end: place } : undefined
  return announced > bytes.size ? { count, targets, end: announced } : undefined
}

function parseTarget(bytes: Bytes, at: number, limit: number): (DfuTarget & { end: number }) | undefined {
  if (at + TARGET > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, TARGET), 'little')
  if (reader.latin1(TARGET_MAGIC.length) !== TARGET_MAGIC) return undefined
  const [setting, named] = [reader.u8(), reader.u32()]
  const text = cString(reader.take(NAME))
  const end = at + TARGET + reader.u32()
  const count = reader.u32()
  if (end > limit || count === 0 || count > MOST_ELEMENTS) return undefined
  const elements: DfuElement[] = []
  let place = at + TARGET
  while (elements.length < count && place + ELEMENT <= bytes.size) {
    const element = new Reader(bytes.view(place, ELEMENT), 'little')
    const [address, length] = [element.u32(), element.u32()]
    place += ELEMENT
    if (place + length > end) return undefined
    elements.push({ address, at: place, length })
    place += length
  }
  if (elements.length === count ? place !== end : elements.length === 0) return undefined
  return { setting, name: named === 0 ? '' : text, elements, end }
}
