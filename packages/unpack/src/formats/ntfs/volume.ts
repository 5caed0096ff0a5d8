import { type Bytes, lznt1, MAX_VIEW } from '@messlatte/bytes'
import { FormatError, type Region } from '../../contract.ts'
import type { Boot } from './boot.ts'
import { type Attribute, type ClusterRun, type FileRecord, KIND, parseRecord } from './record.ts'

export class Volume {
  readonly bytes: Bytes
  readonly region: Region
  readonly boot: Boot
  /** The table of files: how many records it has, and in which stretches they lie. */
  readonly records: number
  readonly #table: readonly { readonly first: number; readonly at: number; readonly count: number }[]

  /** @throws FormatError where the table does not tell where it lies */
  constructor(bytes: Bytes, region: Region, boot: Boot) {
    this.bytes = bytes
    this.region = region
    this.boot = boot
    const { clusterSize, recordSize, table } = boot
    const own = parseRecord(bytes.view(region.start + table * clusterSize, recordSize))
    const data = own?.attributes.find(({ kind, name }) => kind === KIND.data && name === '')?.stored
    if (!data) throw new FormatError('structure', 'the table of files does not tell where it lies')
    const stretches: { first: number; at: number; count: number }[] = []
    let done = 0
    for (const { length, cluster } of data.runs) {
      const count = Math.floor((length * clusterSize) / recordSize)
      if (cluster === undefined || count === 0)
        throw new FormatError('structure', 'the table of files has a hole')
      stretches.push({ first: done, at: region.start + cluster * clusterSize, count })
      done += count
    }
    this.records = Math.min(
      done,
      Math.floor(data.size / recordSize),
      Math.ceil((region.end - region.start) / recordSize),
    )
    this.#table = stretches
  }

  /** @throws BytesError behind the end */
  record(number: number): FileRecord | undefined {
    const stretch = this.#table.findLast(({ first }) => first <= number)
    if (!stretch || number >= stretch.first + stretch.count) return undefined
    const { recordSize } = this.boot
    return parseRecord(this.bytes.view(stretch.at + (number - stretch.first) * recordSize, recordSize))
  }

  /** The contents of a file by their names: the parts of each in all of its records, in their order. */
  contentsOf(records: readonly number[]): ReadonlyMap<string, readonly Attribute[]> {
    const found = new Map<string, Attribute[]>()
    for (const number of records) {
      for (const one of this.record(number)?.attributes ?? []) {
        if (one.kind !== KIND.data) continue
        const parts = found.get(one.name) ?? []
        found.set(one.name, parts)
        parts.push(one)
      }
    }
    for (const parts of found.values()) parts.sort((a, b) => (a.stored?.first ?? 0) - (b.stored?.first ?? 0))
    return found
  }

  /** Where runs lie, ascending; holes are left out. `whole` is false where some of it is not there. */
  extentsOf(
    runs: readonly ClusterRun[],
    size: number,
  ): {
    readonly extents: readonly { readonly at: number; readonly length: number; readonly from: number }[]
    readonly whole: boolean
  } {
    const { clusterSize } = this.boot
    const extents: { at: number; length: number; from: number }[] = []
    let at = 0
    let whole = true
    for (const { length, cluster } of runs) {
      const wanted = Math.min(length * clusterSize, size - at)
      if (wanted <= 0) break
      if (cluster !== undefined) {
        const from = this.region.start + cluster * clusterSize
        const there = Math.max(0, Math.min(wanted, this.region.end - from))
        if (there > 0) extents.push({ at, length: there, from })
        if (there < wanted) whole = false
      }
      at += wanted
    }
    return { extents, whole: whole && at >= size }
  }

  /** Fills `out` (zeroed) with what was compressed in units of clusters. @throws FormatError, DecodeError, BytesError */
  unpack(runs: readonly ClusterRun[], unit: number, out: Uint8Array): void {
    const { clusterSize } = this.boot
    const perUnit = 2 ** unit
    if (unit > 8 || perUnit * clusterSize > MAX_VIEW)
      throw new FormatError('unsupported', 'units of compression that large')
    const pieces = piecesOf(runs, perUnit)
    for (let at = 0; at < out.length; at += perUnit * clusterSize) {
      const piece = pieces.next()
      if (piece.done) throw new FormatError('structure', 'its clusters end before it does')
      const stored = piece.value.filter((run) => run.cluster !== undefined)
      const clusters = stored.reduce((sum, run) => sum + run.length, 0)
      const packed = new Uint8Array(clusters * clusterSize)
      let filled = 0
      for (const run of stored) {
        const target = packed.subarray(filled, filled + run.length * clusterSize)
        this.bytes.copy(this.region.start + (run.cluster as number) * clusterSize, target)
        filled += target.length
      }
      const target = out.subarray(at, at + perUnit * clusterSize)
      if (clusters === perUnit) target.set(packed.subarray(0, target.length))
      else if (clusters > 0) lznt1(packed, target)
    }
  }
}

/** Runs cut into units: what is shorter than its unit is compressed. */
function* piecesOf(
  runs: readonly ClusterRun[],
  perUnit: number,
): Generator<readonly ClusterRun[], undefined> {
  let piece: ClusterRun[] = []
  let left = perUnit
  for (const run of runs) {
    for (let done = 0; done < run.length; ) {
      const length = Math.min(left, run.length - done)
      piece.push({ length, cluster: run.cluster === undefined ? undefined : run.cluster + done })
      done += length
      left -= length
      if (left > 0) continue
      yield piece
      piece = []
      left = perUnit
    }
  }
  if (piece.length > 0) yield piece
  return undefined
}
