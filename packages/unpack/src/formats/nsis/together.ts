import { DecodeError } from '@messlatte/bytes'
import type { Sink } from '../../contract.ts'
import { wrapped } from '../members.ts'
import { type SolidDecode, showSolid } from '../solid.ts'
import type { ScriptFile } from './script.ts'

/** Contents up to this size are held until they are whole; larger ones are decoded once more, by themselves. Bytes. */
const MOST_HELD = 256 * 1024 * 1024
const FIRST_ROOM = 64 * 1024

/** Shows what a file holds, and what of the installer's program belongs to it. */
export type ShowFile = (file: ScriptFile, pieces: readonly Buffer[]) => void

/** A stretch of what comes out, in bytes. */
interface Stretch {
  readonly at: number
  readonly length: number
}

interface Problem {
  readonly code: 'truncated' | 'structure' | 'unsupported'
  readonly message: string
}

/** Thrown through the decoder to end it. */
const ENOUGH = Symbol('all contents came out')

/**
 * Shows files whose pieces are packed together, each behind its size: sizes are only known when they come out.
 * @param start of the pieces, in what comes out
 */
export function showTogether(
  decode: SolidDecode,
  start: number,
  files: readonly ScriptFile[],
  show: ShowFile,
  sink: Sink,
): void {
  const groups = [...Map.groupBy(files, ({ position }) => position).values()]
  let reached = 0
  const large: { readonly file: ScriptFile; readonly at: number; readonly size: number }[] = []

  function* requests(): Generator<Stretch, void, Buffer> {
    for (const [index, group] of groups.entries()) {
      reached = index
      const [first] = group as [ScriptFile, ...ScriptFile[]]
      let at = start + first.position
      const pieces: Buffer[] = []
      for (let count = first.uninstaller ? 2 : 1; count > 0; count--) {
        const size = (yield { at, length: 4 }).readUInt32LE()
        if (size > MOST_HELD) {
          large.push(...group.map((file) => ({ file, at: at + 4, size })))
          break
        }
        pieces.push(yield { at: at + 4, length: size })
        at += 4 + size
      }
      if (pieces.length > 0) for (const file of group) show(file, pieces)
    }
    reached = groups.length
  }

  let problem: Problem = { code: 'truncated', message: 'less comes out than the files have' }
  try {
    decode(cutter(requests()))
  } catch (error) {
    if (error instanceof DecodeError)
      problem = {
        code: error.code === 'truncated' || error.code === 'unsupported' ? error.code : 'structure',
        message: error.message,
      }
    else if (error !== ENOUGH) throw error
  }
  for (const lost of groups.slice(reached).flat()) sink.problem(problem.code, problem.message, lost.path)
  for (const { file, at, size } of large)
    showSolid(decode, [{ meta: wrapped(file.path), at, size, crc: undefined }], sink)
}

/** Hands stretches of what is written to who asks for them; those that lie before what was written already come empty. */
function cutter(requests: Generator<Stretch, void, Buffer>): (chunk: Uint8Array) => void {
  let asked = requests.next()
  let passed = 0
  let room = Buffer.alloc(0)
  let filled = 0
  return (chunk) => {
    for (let at = 0; ; ) {
      if (asked.done) throw ENOUGH
      const { at: wanted, length } = asked.value
      if (wanted < passed - filled) throw new DecodeError('corrupt', 'files that lie over each other')
      const gap = Math.min(Math.max(0, wanted - passed), chunk.length - at)
      at += gap
      passed += gap
      if (passed < wanted) return
      const part = chunk.subarray(at, at + length - filled)
      if (room.length < filled + part.length) {
        const grown = Buffer.alloc(Math.min(length, Math.max(FIRST_ROOM, 2 * (filled + part.length))))
        room.copy(grown, 0, 0, filled)
        room = grown
      }
      room.set(part, filled)
      filled += part.length
      passed += part.length
      at += part.length
      if (filled < length) return
      const content = room.subarray(0, length)
      filled = 0
      room = Buffer.alloc(0)
      asked = requests.next(content)
    }
  }
}
