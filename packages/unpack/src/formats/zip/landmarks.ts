import { type Bytes, forEachWindow, Reader } from '@messlatte/bytes'
import {
  CENTRALS,
  DESCRIPTOR,
  ENDS,
  type EndRecord,
  LOCALS,
  localPlace,
  parseCentral,
  parseEnd,
} from './records.ts'

/** What tells sizes that a local header keeps for later. */
export interface Descriptor {
  readonly crc: number
  /** Bytes. */
  readonly compressed: number
  readonly size: number
  /** Behind it. */
  readonly end: number
}

const WINDOW = 256 * 1024
/** More are not kept: 30 bytes of hostile input could make one. */
const MAX_KEPT = 1_000_000

/** Places in a source that belong to archives, behind `from`. */
type LandmarksOf<Landmark> = (bytes: Bytes, from: number) => ReadonlyMap<number, Landmark>

/** End records, by where the archive's first local header stands. */
export const endsOf: LandmarksOf<EndRecord> = searchedOnce((bytes, from) => {
  const ends = new Map<number, EndRecord>()
  forEachHit(bytes, from, 'PK\x05', (at, signature) => {
    if (!ENDS.includes(signature)) return
    const record = parseEnd(bytes, at)
    const first = record && parseCentral(bytes, record.centralAt)
    // The first archive that starts there wins: they are found from front to back.
    if (first && ends.size < MAX_KEPT) keepFirst(ends, localPlace(record, first), record)
  })
  return ends
})

/** By where the data that it belongs to begins. Only archives without a directory need them, and they are many. */
export const descriptorsOf: LandmarksOf<Descriptor> = searchedOnce((bytes, from) => {
  const descriptors = new Map<number, Descriptor>()

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

  forEachHit(bytes, from, 'PK', (at, signature) => {
    if (signature === DESCRIPTOR) {
      addDescriptors(at + 4, at)
    } else if (LOCALS.includes(signature) || CENTRALS.includes(signature)) {
      // The signature of a descriptor is optional; then the next header stands directly behind it.
      addDescriptors(at - 12, at - 12)
      addDescriptors(at - 20, at - 20)
    }
  })
  return descriptors
})

/**
 * A source is searched once, however many archives seem to begin in it: searching anew for each of them would let a small
 * file cost hours.
 */
function searchedOnce<Landmark>(search: LandmarksOf<Landmark>): LandmarksOf<Landmark> {
  const known = new WeakMap<Bytes, { readonly from: number; readonly found: ReadonlyMap<number, Landmark> }>()
  return (bytes, from) => {
    const before = known.get(bytes)
    if (before && before.from <= from) return before.found
    const found = search(bytes, from)
    known.set(bytes, { from, found })
    return found
  }
}

/** Every place where `text` stands, with the four bytes there. */
function forEachHit(
  bytes: Bytes,
  from: number,
  text: string,
  show: (at: number, signature: string) => void,
): void {
  forEachWindow(bytes, from, bytes.size, WINDOW, 3, (window, at) => {
    for (
      let hit = window.indexOf(text, 0, 'latin1');
      hit >= 0 && hit < WINDOW;
      hit = window.indexOf(text, hit + 1, 'latin1')
    ) {
      show(at + hit, window.toString('latin1', hit, hit + 4))
    }
    return true
  })
}

function keepFirst<Value>(map: Map<number, Value>, key: number, value: Value): void {
  if (!map.has(key)) map.set(key, value)
}
