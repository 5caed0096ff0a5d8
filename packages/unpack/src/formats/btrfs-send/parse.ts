import { type Bytes, cString, MAX_VIEW, Reader } from '@messlatte/bytes'
import { crc32c } from '../crc32c.ts'

export const MAGIC = 'btrfs-stream\0'
export const HEADER = 17
const [COMMAND, SUM_AT] = [10, 6] as const
const LAST_VERSION = 3
/** Since version 2 it comes last, and has no length of its own. */
const DATA = 19

/** The version at `start`; undefined for what is none. @throws BytesError */
export function versionAt(bytes: Bytes, start: number): number | undefined {
  const reader = new Reader(bytes.view(start, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const version = reader.u32()
  return version >= 1 && version <= LAST_VERSION ? version : undefined
}

/** Where a value lies in the source. */
interface Value {
  readonly at: number
  readonly view: Uint8Array
}

/** What to do, with values by their numbers (fs/btrfs/send.h of Linux). */
export class Command {
  readonly kind: number
  readonly holds: boolean
  readonly end: number
  readonly #values: ReadonlyMap<number, Value>

  constructor(kind: number, holds: boolean, end: number, values: ReadonlyMap<number, Value>) {
    this.kind = kind
    this.holds = holds
    this.end = end
    this.#values = values
  }

  value(number: number): Value | undefined {
    return this.#values.get(number)
  }

  /** A path or a name, as a byte string. */
  text(number: number): string | undefined {
    const view = this.#values.get(number)?.view
    return view && cString(view)
  }

  /** A number of 64 bits; what is beyond 2^53 is none. */
  number(number: number): number | undefined {
    const view = this.#values.get(number)?.view
    const value = view?.length === 8 ? new Reader(view, 'little').size64() : Number.NaN
    return Number.isFinite(value) ? value : undefined
  }

  /** Seconds since 1970. */
  time(number: number): number | undefined {
    const view = this.#values.get(number)?.view
    return view?.length === 12 ? Number(BigInt.asIntN(64, new Reader(view, 'little').u64())) : undefined
  }
}

/** The command at `at`; undefined for what is none, or is cut off. */
export function commandAt(bytes: Bytes, at: number, version: number): Command | undefined {
  if (at + COMMAND > bytes.size) return undefined
  const head = new Reader(bytes.view(at, COMMAND), 'little')
  const [length, kind, told] = [head.u32(), head.u16(), head.u32()]
  const end = at + COMMAND + length
  if (kind === 0 || kind > 64 || end > bytes.size || length + COMMAND > MAX_VIEW) return undefined
  const view = bytes.view(at, COMMAND + length)
  const values = valuesOf(view, at, version)
  return values && new Command(kind, sumOf(view) === told, end, values)
}

/** Its own four bytes count as zeros. */
function sumOf(view: Uint8Array): number {
  const head = Uint8Array.from(view.subarray(0, COMMAND))
  head.fill(0, SUM_AT)
  return crc32c(view.subarray(COMMAND), crc32c(head, 0))
}

function valuesOf(view: Uint8Array, start: number, version: number): ReadonlyMap<number, Value> | undefined {
  const reader = new Reader(view, 'little', COMMAND)
  const values = new Map<number, Value>()
  while (reader.left > 0) {
    if (reader.left < 2) return undefined
    const number = reader.u16()
    const isRest = number === DATA && version >= 2
    if (!isRest && reader.left < 2) return undefined
    const length = isRest ? reader.left : reader.u16()
    if (length > reader.left) return undefined
    values.set(number, { at: start + reader.at, view: reader.take(length) })
  }
  return values
}

/** Bytes as hexadecimal digits. */
export function hexOf(view: Uint8Array): string {
  return Buffer.from(view).toString('hex')
}
