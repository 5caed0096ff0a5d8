import { type Bytes, MAX_VIEW } from '@messlatte/bytes'
import type { Sink } from '../contract.ts'
import { program } from './members.ts'

/** Records that follow each other in the file and in memory. Offsets are of the file. */
export interface Run {
  readonly address: number
  /** Bytes in memory. */
  readonly length: number
  readonly from: number
  readonly to: number
}

/** A stretch of memory without holes. */
export interface Stretch {
  readonly address: number
  readonly length: number
  /** In the order of the file: later ones win. */
  readonly runs: readonly Run[]
  /** Bytes that more than one record tells. */
  readonly overlap: number
}

/** Collects records; memory is never laid out flat, because two records may lie gigabytes apart. */
export class Runs {
  readonly runs: Run[] = []

  add({ address, length, from, to }: Run): void {
    const last = this.runs.at(-1)
    if (last && last.address + last.length === address && length > 0)
      this.runs[this.runs.length - 1] = { ...last, length: last.length + length, to }
    else if (length > 0) this.runs.push({ address, length, from, to })
  }

  /** By address. */
  stretches(): readonly Stretch[] {
    const sorted = [...this.runs].sort((a, b) => a.address - b.address)
    const stretches: { address: number; end: number; told: number; runs: Run[] }[] = []
    for (const run of sorted) {
      const last = stretches.at(-1)
      const end = run.address + run.length
      if (last && run.address <= last.end) {
        last.end = Math.max(last.end, end)
        last.told += run.length
        last.runs.push(run)
      } else stretches.push({ address: run.address, end, told: run.length, runs: [run] })
    }
    return stretches.map(({ address, end, told, runs }) => ({
      address,
      length: end - address,
      runs: runs.sort((a, b) => a.from - b.from),
      overlap: told - (end - address),
    }))
  }
}

export function nameOfAddress(address: number): string {
  return `0x${address.toString(16).padStart(8, '0')}.bin`
}

/**
 * Shows a stretch as a program named by its address.
 * @param dataOf the data of the records between two offsets, in the order of the file
 */
export function showStretch(
  { address, length, runs }: Stretch,
  dataOf: (from: number, to: number) => Iterable<Uint8Array>,
  sink: Sink,
): void {
  sink.file(program(nameOfAddress(address)), length, (out) => {
    for (const run of runs) {
      let at = run.address - address
      for (const data of dataOf(run.from, run.to)) {
        out.set(data, at)
        at += data.length
      }
    }
  })
}

export function tellOverlap({ overlap }: Stretch, path: string, problem: Sink['problem']): void {
  if (overlap > 0) problem('structure', `${overlap} bytes are told more than once; the last ones count`, path)
}

/** Files of records that are lines. */
export interface RecordFile {
  readonly runs: Runs
  /** Records whose checksum differs. */
  readonly damaged: number
  /** Lines that are no records. */
  readonly malformed: number
  /** Whether a record of the end was there. */
  readonly ended: boolean
}

/** The stretches of such a file, with what is wrong with it told; `incomplete` is what else shows that records are missing. */
export function tellStretches(
  { runs, damaged, malformed, ended }: RecordFile,
  problem: Sink['problem'],
  incomplete?: string,
): readonly Stretch[] {
  if (damaged > 0) problem('checksum', `the checksums of ${damaged} records differ`)
  if (malformed > 0) problem('structure', `${malformed} lines are no records`)
  if (incomplete !== undefined) problem('structure', incomplete)
  const stretches = runs.stretches()
  for (const stretch of stretches) {
    const path = nameOfAddress(stretch.address)
    tellOverlap(stretch, path, problem)
    if (!ended || malformed > 0 || incomplete !== undefined)
      problem('truncated', 'records are missing, also of these bytes maybe', path)
  }
  return stretches
}

/** No record of a text format is longer, its line end included. */
const MAX_LINE = 600
const WINDOW = 64 * 1024

/** A line without its end. */
export interface Line {
  readonly view: Uint8Array
  /** Offset of its first byte. */
  readonly at: number
  /** Offset behind its line end. */
  readonly next: number
}

/** The lines from `start` on, until one is longer than a record may be. Lines may end in CR, LF or both; empty ones are left out. */
export function* linesOf(bytes: Bytes, start: number, end: number): Generator<Line> {
  let at = start
  while (at < end) {
    const view = bytes.view(at, Math.min(WINDOW, MAX_VIEW, end - at))
    const isLast = at + view.length >= end
    let done = 0
    for (;;) {
      while (done < view.length && isLineEnd(view[done])) done++
      let stop = done
      while (stop < view.length && !isLineEnd(view[stop]) && stop - done <= MAX_LINE) stop++
      if (stop - done > MAX_LINE) return
      if (stop >= view.length && !isLast) break
      if (stop === done) return
      let next = stop
      while (next < view.length && next < stop + 2 && isLineEnd(view[next])) next++
      yield { view: view.subarray(done, stop), at: at + done, next: at + next }
      done = next
      if (done >= view.length && isLast) return
    }
    if (done === 0) return
    at += done
  }
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 10 || byte === 13
}

/** The byte that two hexadecimal digits at `at` stand for; undefined for what are none. */
export function hexByteAt(view: Uint8Array, at: number): number | undefined {
  const [high, low] = [hexDigit(view[at]), hexDigit(view[at + 1])]
  return high === undefined || low === undefined ? undefined : high * 16 + low
}

function hexDigit(byte: number | undefined): number | undefined {
  if (byte === undefined) return undefined
  if (byte >= 48 && byte <= 57) return byte - 48
  const lower = byte | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : undefined
}

/** All bytes of a record from `from` on; undefined where anything else than digits stands. */
export function hexBytes(view: Uint8Array, from: number): Uint8Array | undefined {
  let end = view.length
  while (end > from && (view[end - 1] === 32 || view[end - 1] === 9)) end--
  if ((end - from) % 2 !== 0) return undefined
  const out = new Uint8Array((end - from) / 2)
  for (let index = 0; index < out.length; index++) {
    const byte = hexByteAt(view, from + index * 2)
    if (byte === undefined) return undefined
    out[index] = byte
  }
  return out
}
