import { type Bytes, BytesError } from '@messlatte/bytes'
import type { FormatErrorCode, Region } from '../../contract.ts'
import { type FatVolume, isCluster } from './volume.ts'

/** Clusters that lie one behind the other. */
export interface Run {
  readonly cluster: number
  readonly count: number
}

/** Where a content lies; `problem` says why it is shorter than it should be. */
export interface Chain {
  readonly runs: readonly Run[]
  readonly clusters: number
  readonly problem?: { readonly code: FormatErrorCode; readonly message: string }
}

const WINDOW = 64 * 1024

/** The table that tells the next cluster of each, in all its copies. */
export class Table {
  readonly #bytes: Bytes
  readonly #start: number
  readonly #volume: FatVolume
  readonly #windows = new Map<number, { readonly index: number; readonly view: Uint8Array }>()

  constructor(bytes: Bytes, { start }: Region, volume: FatVolume) {
    this.#bytes = bytes
    this.#start = start
    this.#volume = volume
  }

  /** The clusters from `first` on, at most `most` of them; where one copy is damaged, another one may hold. */
  chain(first: number, most: number): Chain {
    const { copies, only } = this.#volume
    let best: Chain | undefined
    for (let copy = 0; copy < copies; copy++) {
      if (only !== undefined && copy !== only) continue
      const found = this.#chainIn(copy, first, most)
      if (!best || (best.problem && (!found.problem || found.clusters > best.clusters))) best = found
      if (!best.problem) break
    }
    return best as Chain
  }

  #chainIn(copy: number, first: number, most: number): Chain {
    const runs: Run[] = []
    let clusters = 0
    let start = first
    let cluster = first
    // The cluster that a loop leads back to; it is moved on at each power of two (Brent).
    let mark = first
    const done = (code?: FormatErrorCode, message = ''): Chain => {
      if (cluster !== start) runs.push({ cluster: start, count: cluster - start })
      return code ? { runs, clusters, problem: { code, message } } : { runs, clusters }
    }
    while (clusters < most) {
      if (!isCluster(this.#volume, cluster)) return done('structure', `its chain leads to cluster ${cluster}`)
      const next = this.#next(copy, cluster)
      if (next === mark) return done('loop', 'its chain of clusters is a loop')
      if ((clusters & (clusters - 1)) === 0) mark = cluster
      clusters++
      cluster++
      if (next === undefined)
        return clusters < most ? done('truncated', 'the table ends within its chain') : done()
      if (next >= this.#end) return done()
      if (next === cluster) continue
      if (clusters === most) break
      runs.push({ cluster: start, count: cluster - start })
      start = next
      cluster = next
    }
    return done()
  }

  /** Numbers from here on say that a chain ends. */
  get #end(): number {
    const { bits } = this.#volume
    return bits === 32 ? 0x0fff_fff8 : bits === 16 ? 0xfff8 : 0xff8
  }

  #next(copy: number, cluster: number): number | undefined {
    const { bits } = this.#volume
    switch (bits) {
      case 32: {
        const low = this.#pair(copy, cluster * 4)
        const high = this.#pair(copy, cluster * 4 + 2)
        return low === undefined || high === undefined ? undefined : (high & 0xfff) * 0x1_0000 + low
      }
      case 16:
        return this.#pair(copy, cluster * 2)
      case 12: {
        const pair = this.#pair(copy, cluster + Math.floor(cluster / 2))
        return pair === undefined ? undefined : cluster % 2 === 0 ? pair & 0xfff : pair >>> 4
      }
    }
  }

  /** Two bytes, little endian; undefined behind the end of the bytes. */
  #pair(copy: number, offset: number): number | undefined {
    const [low, high] = [this.#byte(copy, offset), this.#byte(copy, offset + 1)]
    return low === undefined || high === undefined ? undefined : low + high * 256
  }

  #byte(copy: number, offset: number): number | undefined {
    const index = Math.floor(offset / WINDOW)
    let window = this.#windows.get(copy)
    if (window?.index !== index) {
      window = { index, view: this.#view(copy, index * WINDOW) }
      this.#windows.set(copy, window)
    }
    return window.view[offset - index * WINDOW]
  }

  #view(copy: number, offset: number): Uint8Array {
    const { tableAt, tableSize } = this.#volume
    const at = this.#start + tableAt + copy * tableSize + offset
    const length = Math.min(WINDOW, tableSize - offset, this.#bytes.size - at)
    try {
      return length > 0 ? this.#bytes.view(at, length) : new Uint8Array(0)
    } catch (error) {
      if (error instanceof BytesError) return new Uint8Array(0)
      throw error
    }
  }
}

/** Whether all copies of the table are the same, as far as they are there. */
export function copiesAgree(bytes: Bytes, { start, end }: Region, volume: FatVolume): boolean {
  const { copies, only, tableAt, tableSize } = volume
  if (only !== undefined) return true
  const first = start + tableAt
  for (let copy = 1; copy < copies; copy++) {
    const other = first + copy * tableSize
    const most = Math.min(tableSize, end - other)
    for (let at = 0; at < most; at += WINDOW) {
      const length = Math.min(WINDOW, most - at)
      if (Buffer.compare(bytes.view(first + at, length), bytes.view(other + at, length)) !== 0) return false
    }
  }
  return true
}
