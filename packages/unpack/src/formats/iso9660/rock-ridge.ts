import { BytesError, latin1, Reader } from '@messlatte/bytes'
import { secondsOf } from './record.ts'

/** What the fields of System Use (SUSP) and Rock Ridge (RRIP) tell of a name. */
export interface RockRidge {
  /** Byte string; undefined where the plain name counts. */
  readonly name: string | undefined
  readonly attributes: { readonly mode: number; readonly uid: number; readonly gid: number } | undefined
  /** Byte string. */
  readonly target: string | undefined
  readonly device: { readonly major: number; readonly minor: number } | undefined
  readonly mtime: number | undefined
  /** Block of the directory that was moved elsewhere and belongs here. */
  readonly child: number | undefined
  /** Whether it was moved here and belongs elsewhere. */
  readonly moved: boolean
  /** Bytes of a content that zisofs packed. */
  readonly packed: number | undefined
}

/** Fields of one name may lie in so many areas. */
const MOST_AREAS = 32

/** Bytes that each area begins with and that are none of ours; undefined where the root says nothing of SUSP. */
export function skippedBytes(system: Uint8Array): number | undefined {
  const at = latin1(system).indexOf('SP\x07\x01\xbe\xef')
  return at === 0 || at === 15 ? system[at + 6] : undefined
}

/** Reads fields, and goes on where they continue. `areaAt` gives bytes by block, offset and length. @throws BytesError */
export function readRockRidge(
  system: Uint8Array,
  areaAt: (block: number, offset: number, length: number) => Uint8Array,
): RockRidge {
  const read = new FieldReader()
  let area: Uint8Array | undefined = system
  for (let count = 0; area && count < MOST_AREAS; count++) {
    const next = read.area(area)
    area = next && attempt(() => areaAt(next.block, next.offset, next.length))
  }
  return read.result()
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (error instanceof BytesError) return undefined
    throw error
  }
}

interface Continuation {
  readonly block: number
  readonly offset: number
  readonly length: number
}

class FieldReader {
  #name: string | undefined
  #target: string | undefined
  #open = false
  #rest: Omit<RockRidge, 'name' | 'target'> = {
    attributes: undefined,
    device: undefined,
    mtime: undefined,
    child: undefined,
    moved: false,
    packed: undefined,
  }

  result(): RockRidge {
    return { name: this.#name, target: this.#target, ...this.#rest }
  }

  area(view: Uint8Array): Continuation | undefined {
    let next: Continuation | undefined
    for (let at = 0; at + 4 <= view.length; ) {
      const length = view[at + 2] as number
      if (length < 4 || at + length > view.length) break
      const kind = latin1(view.subarray(at, at + 2))
      const field = view.subarray(at + 4, at + length)
      if (kind === 'ST') break
      if (kind === 'CE' && field.length >= 24) {
        const [block, offset, size] = [0, 8, 16].map((from) => little(field, from))
        next = { block: block as number, offset: offset as number, length: size as number }
      } else this.#field(kind, field)
      at += length
    }
    return next
  }

  #field(kind: string, field: Uint8Array): void {
    if (kind === 'NM' && field.length >= 1) {
      // The directory itself and its parent have no name.
      if (((field[0] as number) & 6) === 0) this.#name = (this.#name ?? '') + latin1(field.subarray(1))
    } else if (kind === 'SL' && field.length >= 1) this.#link(field.subarray(1))
    else if (kind === 'PX' && field.length >= 32) {
      const [mode, uid, gid] = [0, 16, 24].map((from) => little(field, from))
      this.#rest = {
        ...this.#rest,
        attributes: { mode: mode as number, uid: uid as number, gid: gid as number },
      }
    } else if (kind === 'PN' && field.length >= 16) {
      this.#rest = { ...this.#rest, device: deviceOf(little(field, 0), little(field, 8)) }
    } else if (kind === 'TF' && field.length >= 1) this.#rest = { ...this.#rest, mtime: modified(field) }
    else if (kind === 'CL' && field.length >= 8) this.#rest = { ...this.#rest, child: little(field, 0) }
    else if (kind === 'RE') this.#rest = { ...this.#rest, moved: true }
    else if (kind === 'ZF' && field.length >= 12 && latin1(field.subarray(0, 2)) === 'pz')
      this.#rest = { ...this.#rest, packed: little(field, 4) }
    else if (kind === 'ZF' && field.length >= 12 && latin1(field.subarray(0, 2)) === 'PZ')
      this.#rest = { ...this.#rest, packed: new Reader(field, 'little', 4).size64() }
  }

  /** Components of a target: flags, length, text. Parts of one component go on. */
  #link(view: Uint8Array): void {
    for (let at = 0; at + 2 <= view.length; ) {
      const [flags, length] = [view[at] as number, view[at + 1] as number]
      const text = flags & 2 ? '.' : flags & 4 ? '..' : latin1(view.subarray(at + 2, at + 2 + length))
      if (flags & 8) this.#target = '/'
      else {
        const before = this.#target
        const joined = before === undefined || this.#open || before === '/'
        this.#target = joined ? (before ?? '') + text : `${before}/${text}`
      }
      this.#open = (flags & 1) !== 0
      at += 2 + length
    }
  }
}

function little(view: Uint8Array, at: number): number {
  return new Reader(view, 'little', at).u32()
}

/** Where the upper half is zero, both numbers stand in the lower one. */
function deviceOf(high: number, low: number): { readonly major: number; readonly minor: number } {
  if (high !== 0 || low > 0xffff) return { major: high, minor: low }
  return { major: low >>> 8, minor: low & 0xff }
}

/** The second of the times that are there, if it is; in the short form. */
function modified(field: Uint8Array): number | undefined {
  const flags = field[0] as number
  const at = 1 + (flags & 1 ? 7 : 0)
  return flags & 0x80 || !(flags & 2) || at + 7 > field.length
    ? undefined
    : secondsOf(field.slice(at, at + 7))
}
