import { type Bytes, forEachWindow, Reader } from '@messlatte/bytes'
import { CENTRALS, DESCRIPTOR, ENDS, type EndRecord, LOCALS, parseCentral, parseEnd } from './records.ts'

/** What tells sizes that a local header keeps for later. */
export interface Descriptor {
  readonly crc: number
  /** Bytes. */
  readonly compressed: number
  readonly size: number
  /** Behind it. */
  readonly end: number
}

/** Places in a source that belong to archives, by what they point at. */
export interface Landmarks {
  /** End records, by where the archive's first local header stands. */
  readonly ends: ReadonlyMap<number, EndRecord>
  /** By where the data that it belongs to begins. */
  readonly descriptors: ReadonlyMap<number, Descriptor>
}

const WINDOW = 256 * 1024
/** More are not kept: 30 bytes of hostile input could make one. */
const MAX_KEPT = 1_000_000

/**
 * A source is searched once, however many archives seem to begin in it: searching anew for each of them would let a small
 * file cost hours.
 */
const known = new WeakMap<Bytes, { readonly from: number; readonly landmarks: Landmarks }>()

/** The landmarks behind `from`. */
export function landmarksOf(bytes: Bytes, from: number): Landmarks {
  const before = known.get(bytes)
  if (before && before.from <= from) return before.landmarks
  const landmarks = search(bytes, from)
  known.set(bytes, { from, landmarks })
  return landmarks
}

function search(bytes: Bytes, from: number): Landmarks {
  const ends = new Map<number, EndRecord>()
  const descriptors = new Map<number, Descriptor>()

  function add(at: number, signature: string): void {
    if (ENDS.includes(signature)) {
      const record = parseEnd(bytes, at)
      const first = record && parseCentral(bytes, record.centralAt)
      // The first archive that starts there wins; `ends` are found from front to back.
      if (first && ends.size < MAX_KEPT) keepFirst(ends, record.base + first.localOffset, record)
    } else if (signature === DESCRIPTOR) {
      addDescriptors(at + 4, at)
    } else if (LOCALS.includes(signature) || CENTRALS.includes(signature)) {
      // The signature of a descriptor is optional; then the next header stands directly behind it.
      addDescriptors(at - 12, at - 12)
      addDescriptors(at - 20, at - 20)
    }
  }

  /** `dataEnd` is where the data ends when this is its descriptor; the sizes in it have to agree. */
  function addDescriptors(at: number, dataEnd: number): void {
    if (descriptors.size >= MAX_KEPT || at < from) return
    for (const wide of [false, true]) {
      if (at + (wide ? 20 : 12) > bytes.size) continue
      const reader = new Reader(bytes.view(at, wide ? 20 : 12), 'little')
      const crc = reader.u32()
      const compressed = wide ? reader.size64() : reader.u32()
      const size = wide ? reader.size64() : reader.u32()
      const dataAt = dataEnd - compressed
      if (dataAt > from) keepFirst(descriptors, dataAt, { crc, compressed, size, end: at + (wide ? 20 : 12) })
    }
  }

  forEachWindow(bytes, from, bytes.size, WINDOW, 3, (window, at) => {
    for (
      let hit = window.indexOf('PK', 0, 'latin1');
      hit >= 0 && hit < WINDOW;
      hit = window.indexOf('PK', hit + 1, 'latin1')
    ) {
      add(at + hit, window.toString('latin1', hit, hit + 4))
    }
    return true
  })
  return { ends, descriptors }
}

function keepFirst<Value>(map: Map<number, Value>, key: number, value: Value): void {
  if (!map.has(key)) map.set(key, value)
}
