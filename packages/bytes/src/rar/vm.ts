import { crc32 } from 'node:zlib'
import { BitReader } from '../prefix-code.ts'
import { DecodeError } from '../stream-end.ts'
import type { Filtered } from './filtered.ts'
import { type RarFilter, rarAudio, rarDelta, rarRgb, rarX86 } from './filters.ts'

/** What a program is told. */
interface Parameters {
  readonly first: number
  readonly second: number
}

type Program = (parameters: Parameters) => RarFilter

interface Known {
  readonly program: Program | undefined
  /** Of the stretch that it had last, in bytes. */
  length: number
}

/** RAR 3 filters by programs of a machine of its own. The archiver's own ones are known by length and CRC-32 of their code. */
const PROGRAMS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['53:ad576887', () => rarX86(false, 2 ** 32)],
  ['57:3cd7e57e', () => rarX86(true, 2 ** 32)],
  ['29:0e06077d', ({ first }) => rarDelta(channelsOf(first))],
  ['149:1c2c5dc8', ({ first, second }) => rarRgb(first, second)],
  ['216:bc85e701', ({ first }) => rarAudio(channelsOf(first))],
])

/** Memory of the machine for what is filtered, in bytes. */
const MOST_LENGTH = 0x3_c000
const MOST_PROGRAMS = 1024
const MOST_CODE = 0xffff
const REGISTERS = 7
const FLAG = { chosen: 0x80, far: 0x40, length: 0x20, registers: 0x10 } as const

/** The programs of one history, and which stretches they are for. */
export class Programs {
  #known: Known[] = []
  #last = 0

  /**
   * @param code what stands in the stream for one filter
   * @param at what came out so far, from where the stretch is counted, in bytes
   * @throws DecodeError
   */
  add(flags: number, code: Uint8Array, at: number, fileStart: number, filtered: Filtered): void {
    const reader = new BitReader(code, 0)
    const index = this.#choose(flags, reader)
    const start = at + numberOf(reader) + ((flags & FLAG.far) !== 0 ? 258 : 0)
    const before = this.#known[index]
    const length = (flags & FLAG.length) !== 0 ? numberOf(reader) : (before?.length ?? 0)
    const parameters = (flags & FLAG.registers) !== 0 ? registersOf(reader) : { first: 0, second: 0 }
    const known = before ?? this.#learn(reader)
    if (reader.isOver) throw new DecodeError('corrupt', 'RAR: a filter is cut off')
    known.length = length
    this.#last = index
    if (!known.program) throw new DecodeError('unsupported', 'RAR: a filter with a program of its own')
    if (length > MOST_LENGTH) throw new DecodeError('corrupt', `RAR: a filter for ${length} bytes`)
    filtered.add(start, length, fileStart, known.program(parameters))
  }

  /** Zero forgets all of them. */
  #choose(flags: number, reader: BitReader): number {
    if ((flags & FLAG.chosen) === 0) return this.#last
    const number = numberOf(reader)
    if (number === 0) this.#known = []
    const index = Math.max(0, number - 1)
    if (index > this.#known.length || index >= MOST_PROGRAMS)
      throw new DecodeError('corrupt', 'RAR: a filter that is not there')
    return index
  }

  #learn(reader: BitReader): Known {
    const size = numberOf(reader)
    if (size === 0 || size > MOST_CODE) throw new DecodeError('corrupt', `RAR: a program of ${size} bytes`)
    const code = Uint8Array.from({ length: size }, () => reader.bits(8))
    const sum = crc32(code).toString(16).padStart(8, '0')
    const known: Known = { program: PROGRAMS.get(`${size}:${sum}`), length: 0 }
    this.#known.push(known)
    return known
  }
}

function channelsOf(number: number): number {
  if (number === 0 || number > MOST_LENGTH) throw new DecodeError('corrupt', 'RAR: a filter without channels')
  return number
}

function registersOf(reader: BitReader): Parameters {
  const mask = reader.bits(REGISTERS)
  const values = Array.from({ length: REGISTERS }, (_, index) =>
    (mask & (1 << index)) !== 0 ? numberOf(reader) : 0,
  )
  return { first: values[0] as number, second: values[1] as number }
}

/** 4, 8, 16 or 32 bits; of 8 bits below 16, four more make a negative number. */
function numberOf(reader: BitReader): number {
  switch (reader.bits(2)) {
    case 0:
      return reader.bits(4)
    case 1: {
      const value = reader.bits(8)
      return value >= 16 ? value : 0xffff_ff00 + value * 16 + reader.bits(4)
    }
    case 2:
      return reader.bits(16)
    default:
      return reader.number(32)
  }
}
