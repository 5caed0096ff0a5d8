import { type Bytes, createSearch, latin1, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { textPlaces } from '../places.ts'

export const MAGIC = 'koly'
export const TRAILER = 512
const MOST_LIST = 16 * 1024 * 1024
const CRC32 = 2

const search = createSearch([MAGIC])

/** What stands at the end of an image; offsets are those in the source. */
export interface Trailer {
  readonly start: number
  /** Behind the trailer. */
  readonly end: number
  readonly fork: { readonly at: number; readonly length: number }
  readonly list: { readonly at: number; readonly length: number }
  /** Sectors of 512 bytes of the disk. */
  readonly sectors: number
  /** CRC-32 of the fork, where that is what there is. */
  readonly crc: number | undefined
}

/** All numbers are big endian. @throws BytesError */
function trailerAt(bytes: Bytes, at: number): Trailer | undefined {
  const reader = new Reader(bytes.view(at, TRAILER), 'big')
  if (reader.latin1(4) !== MAGIC || reader.u32() !== 4 || reader.u32() !== TRAILER) return undefined
  reader.skip(12)
  const fork = { at: reader.size64(), length: reader.size64() }
  const resources = { at: reader.size64(), length: reader.size64() }
  reader.at = 80
  const [sumKind, sumBits, sum] = [reader.u32(), reader.u32(), reader.u32()]
  reader.at = 216
  const list = { at: reader.size64(), length: reader.size64() }
  reader.at = 296
  const signature = { at: reader.size64(), length: reader.size64() }
  reader.at = 492
  const sectors = reader.size64()
  const size = Math.max(...[fork, resources, list, signature].map((part) => part.at + part.length))
  const start = at - size
  if (!(start >= 0) || list.length < 1 || list.length > MOST_LIST || !(sectors > 0)) return undefined
  if (!Number.isSafeInteger(sectors * 512)) return undefined
  return {
    start,
    end: at + TRAILER,
    fork: { at: start + fork.at, length: fork.length },
    list: { at: start + list.at, length: list.length },
    sectors,
    crc: sumKind === CRC32 && sumBits === 32 ? sum : undefined,
  }
}

/** What begins a file ends with it; what begins elsewhere ends with the next trailer. @throws BytesError */
export function trailerOf(bytes: Bytes, start: number): Trailer | undefined {
  if (start === 0) {
    const last = bytes.size - TRAILER
    if (last < 0 || latin1(bytes.view(last, MAGIC.length)) !== MAGIC) return undefined
    const trailer = trailerAt(bytes, last)
    return trailer?.start === 0 ? trailer : undefined
  }
  for (const at of textPlaces(bytes, { start, end: bytes.size }, MAGIC)) {
    if (at + TRAILER > bytes.size) return undefined
    const trailer = trailerAt(bytes, at)
    if (trailer) return trailer.start === start ? trailer : undefined
  }
  return undefined
}

/** Where images begin, by their ends. */
export function seekImages(bytes: Bytes, { start, end }: Region): readonly number[] {
  const starts: number[] = []
  const push = (_: number, at: number) => {
    const trailer = at + TRAILER <= end ? trailerAt(bytes, at) : undefined
    if (trailer && trailer.start >= start) starts.push(trailer.start)
    return true
  }
  search(bytes, push, start, end)
  return starts
}
