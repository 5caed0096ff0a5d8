import type { Bytes } from '@messlatte/bytes'
import { latin1 } from '@messlatte/bytes'
import { linesOf, type RecordFile, Runs } from '../stretches.ts'

const ADDRESS = /^@([0-9A-Fa-f]{1,8})\s*$/
const DATA = /^[0-9A-Fa-f]{2}(?: [0-9A-Fa-f]{2})*\s*$/
const END = /^[qQ]\s*$/
/** Of all addresses in what objcopy writes for Verilog, which has no line for the end. */
const VERILOG_DIGITS = 8
const MAX_ADDRESS = 0x1_0000_0000

export interface TiTextFile extends RecordFile {
  /** Behind the last line that belongs to it. */
  readonly end: number
}

/** The lines from `start` on; undefined where they do not begin with an address and its bytes. */
export function readTiText(bytes: Bytes, start: number, limit: number): TiTextFile | undefined {
  const runs = new Runs()
  let address: number | undefined
  let isVerilog = true
  let [end, malformed] = [start, 0]
  for (const { view, at, next } of linesOf(bytes, start, limit)) {
    const line = latin1(view)
    const place = ADDRESS.exec(line)
    if (place) {
      address = Number.parseInt(place[1] as string, 16)
      isVerilog &&= (place[1] as string).length === VERILOG_DIGITS
    } else if (END.test(line)) return runs.runs.length > 0 ? done(runs, malformed, true, next) : undefined
    else if (address !== undefined && DATA.test(line)) {
      const length = byteCount(view)
      if (address + length > MAX_ADDRESS) return undefined
      runs.add({ address, length, from: at, to: next })
      address += length
    } else if (runs.runs.length === 0) return undefined
    else malformed++
    end = next
  }
  return runs.runs.length > 0 ? done(runs, malformed, isVerilog, end) : undefined
}

function done(runs: Runs, malformed: number, ended: boolean, end: number): TiTextFile {
  return { runs, damaged: 0, malformed, ended, end }
}

function byteCount(view: Uint8Array): number {
  let digits = 0
  for (const byte of view) if (byte > 0x20) digits++
  return digits / 2
}

/** The bytes of the lines between two offsets, in the order of the file. */
export function* dataOf(bytes: Bytes, from: number, to: number): Generator<Uint8Array> {
  for (const { view } of linesOf(bytes, from, to)) {
    const line = latin1(view)
    if (DATA.test(line)) yield Buffer.from(line.replaceAll(/\s/g, ''), 'hex')
  }
}
