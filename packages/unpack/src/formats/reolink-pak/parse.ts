import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** 0x32725913 and 0x32725923, little endian. */
export const MAGICS = ['\x13\x59\x72\x32', '\x23\x59\x72\x32'] as const
const NAME = 32
const VERSION = 24
const PARTITION = 76
const MOST_SECTIONS = 64

/** pakler, pakler/structure.py: little endian; devices of 64 bits have numbers of 64 bits. */
export interface ReolinkPak {
  readonly crc: number
  readonly sections: readonly PakSection[]
  /** Where the table of sections lies in the source. */
  readonly table: Stored
  /** Behind the last section. */
  readonly end: number
}

export interface PakSection extends Stored {
  /** Byte string; may be empty in the last ones. */
  readonly name: string
}

/** The pack at `at`, or undefined: a table of sections, one of as many partitions with the same first name, and contents behind both. */
export function parseReolinkPak(bytes: Bytes, at: number): ReolinkPak | undefined {
  const there = bytes.view(at, Math.min(bytes.size - at, 24 + MOST_SECTIONS * 72 + NAME))
  if (there.length < 24 || !MAGICS.some((magic) => magic === latin1(there.subarray(0, 4)))) return undefined
  const wide = [4, 12, 20].every((place) => new Reader(there, 'little', place).u32() === 0)
  const word = wide ? 8 : 4
  const [header, entry] = [3 * word, NAME + VERSION + 2 * word]
  const first = nameAt(there, header)
  if (first === undefined || first === '') return undefined
  const sections: PakSection[] = []
  for (let place = header; ; place += entry) {
    const name = nameAt(there, place)
    if (name === undefined || sections.length > MOST_SECTIONS) return undefined
    if (place > header && name === first) break
    if (place + entry > there.length) return undefined
    const reader = new Reader(there, 'little', place + NAME + VERSION)
    const [offset, length] = wide ? [reader.size64(), reader.size64()] : [reader.u32(), reader.u32()]
    sections.push({ name, at: at + offset, length })
  }
  const contents = at + header + sections.length * (entry + PARTITION)
  const full = sections.filter(({ length }) => length > 0)
  if (full.length === 0 || !full.every((it) => it.at >= contents && Number.isSafeInteger(it.at + it.length)))
    return undefined
  return {
    crc: new Reader(there, 'little', word).u32(),
    sections,
    table: { at: at + header, length: sections.length * entry },
    end: full.reduce((last, it) => Math.max(last, it.at + it.length), contents),
  }
}

/** Printable, and filled up with zeros; undefined for what is no name. */
function nameAt(view: Uint8Array, place: number): string | undefined {
  if (place + NAME > view.length) return undefined
  const field = view.subarray(place, place + NAME)
  const name = cString(field)
  return /^[\x20-\x2e\x30-\x7e]*$/.test(name) && field.subarray(name.length).every((byte) => byte === 0)
    ? name
    : undefined
}
