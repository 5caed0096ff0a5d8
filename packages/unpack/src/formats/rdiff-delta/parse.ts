import { type Bytes, type Extent, Reader } from '@messlatte/bytes'

/** Deltas; signatures have others. */
export const MAGIC = 'rs\x026'
const MOST_COMMANDS = 1_000_000
/** A command with its two longest numbers. */
const MOST_COMMAND = 17
/** Commands up to here are literals of as many bytes; four with their length behind them follow, and sixteen copies. */
const [END, LAST_SHORT, LAST_LITERAL, LAST_COPY] = [0, 0x40, 0x44, 0x54] as const

/** A run of what the new file has and the old one has not. */
export interface Literal {
  /** Where it stands in the new file, in bytes. */
  readonly place: number
  readonly size: number
  /** Literals of the delta, one behind the other in the run. */
  readonly extents: readonly Extent[]
}

export interface RdiffDelta {
  readonly literals: readonly Literal[]
  readonly end: number
  /** The bytes end before the delta does, and within the last run where that is not over. */
  readonly cut: 'within' | 'behind' | undefined
}

/** The delta at `at`, or undefined where its commands make no sense; big endian. */
export function parseRdiffDelta(bytes: Bytes, at: number): RdiffDelta | undefined {
  const literals: Literal[] = []
  let extents: Extent[] = []
  let [place, made, count, runAt] = [at + MAGIC.length, 0, 0, 0]
  const endRun = () => {
    const size = made - runAt
    if (extents.length > 0) literals.push({ place: runAt, size, extents })
    extents = []
  }
  while (place < bytes.size) {
    const command = commandAt(bytes, place)
    if (command === 'none') return undefined
    if (command === 'cut') break
    if (command.kind !== 'literal') endRun()
    place += command.width
    if (command.kind === 'end') return made === 0 ? undefined : { literals, end: place, cut: undefined }
    if (command.length === 0 || ++count > MOST_COMMANDS) return undefined
    if (command.kind === 'literal') {
      if (extents.length === 0) runAt = made
      const length = Math.min(command.length, bytes.size - place)
      if (length > 0) extents.push({ at: made - runAt, from: place, length })
      place += command.length
      if (place > bytes.size) {
        made += length
        break
      }
    }
    made += command.length
    if (!Number.isSafeInteger(made)) return undefined
  }
  const cut = extents.length > 0 ? 'within' : 'behind'
  endRun()
  return made === 0 ? undefined : { literals, end: bytes.size, cut }
}

interface Command {
  readonly kind: 'end' | 'literal' | 'copy'
  /** Of the command itself, in bytes; of what it makes. */
  readonly width: number
  readonly length: number
}

function commandAt(bytes: Bytes, at: number): Command | 'none' | 'cut' {
  const view = bytes.view(at, Math.min(MOST_COMMAND, bytes.size - at))
  const code = view[0] as number
  if (code > LAST_COPY) return 'none'
  if (code === END) return { kind: 'end', width: 1, length: 0 }
  if (code <= LAST_SHORT) return { kind: 'literal', width: 1, length: code }
  const reader = new Reader(view, 'big', 1)
  const literal = code <= LAST_LITERAL
  // Of a copy, the upper two bits of its number say how wide its place is.
  const placeWidth = literal ? 0 : 1 << ((code - LAST_LITERAL - 1) >>> 2)
  const width = 1 + placeWidth + (1 << ((code - 1) & 3))
  if (width > view.length) return 'cut'
  reader.skip(placeWidth)
  return { kind: literal ? 'literal' : 'copy', width, length: numberOf(reader, width - 1 - placeWidth) }
}

function numberOf(reader: Reader, width: number): number {
  switch (width) {
    case 1:
      return reader.u8()
    case 2:
      return reader.u16()
    case 4:
      return reader.u32()
    default:
      return reader.size64()
  }
}
