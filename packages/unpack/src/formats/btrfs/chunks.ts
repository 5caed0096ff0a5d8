import { Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'

/** A stretch of logical addresses that lies in one piece on the device, in as many copies as it names. */
export interface Chunk {
  /** Bytes. */
  readonly logical: number
  readonly length: number
  /** Where its copies begin on the device; none where it is spread over devices in stripes. */
  readonly places: readonly number[]
}

const HEADER = 48
const STRIPE = 32
/** Kinds that are cut into stripes, unless there is only one of them. */
const STRIPED = 0x8 | 0x40 | 0x80 | 0x100

/** Bytes that a chunk's item takes, by its number of stripes. */
export function chunkSize(item: Uint8Array): number {
  return item.length < HEADER ? HEADER : HEADER + STRIPE * new Reader(item, 'little', 44).u16()
}

/** @throws BytesError where the item is cut */
export function parseChunk(item: Uint8Array, logical: number, device: number): Chunk {
  const reader = new Reader(item, 'little')
  const length = reader.size64()
  const type = new Reader(item, 'little', 24).u32()
  const count = new Reader(item, 'little', 44).u16()
  const stripes = Array.from({ length: count }, (_, index) => {
    const stripe = new Reader(item, 'little', HEADER + STRIPE * index)
    return { device: stripe.size64(), at: stripe.size64() }
  })
  const isWhole = count === 1 || (type & STRIPED) === 0
  const places = isWhole ? stripes.filter((stripe) => stripe.device === device).map(({ at }) => at) : []
  return { logical, length, places }
}

/** All chunks that are known, by their logical addresses. */
export class Chunks {
  #sorted: readonly Chunk[]

  constructor(chunks: readonly Chunk[]) {
    const byAddress = new Map(chunks.map((chunk) => [chunk.logical, chunk]))
    this.#sorted = [...byAddress.values()].sort((a, b) => a.logical - b.logical)
  }

  get list(): readonly Chunk[] {
    return this.#sorted
  }

  /** Where copies of a stretch begin on the device. @throws FormatError where none is known */
  placesOf(logical: number, length: number): readonly number[] {
    let [low, high] = [0, this.#sorted.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#sorted[middle] as Chunk).logical <= logical) low = middle + 1
      else high = middle
    }
    const chunk = this.#sorted[low - 1]
    if (!chunk || !(logical + length <= chunk.logical + chunk.length))
      throw new FormatError('structure', `the address ${logical} lies in no chunk`)
    if (chunk.places.length === 0)
      throw new FormatError('unsupported', 'it lies on other devices, or in stripes over several')
    return chunk.places.map((place) => place + logical - chunk.logical)
  }
}
