import { type Bytes, MAX_VIEW, Reader } from '@messlatte/bytes'

export const MAGIC = 'ISc('
const COMMON = 20
const VOLUME_5 = 40
const VOLUME_6 = 64
/** Fields of the descriptor, as far as they are of use. */
const DESCRIPTOR = 0x30
/** From this version on, sizes have 64 bits, and members a digest and a volume. */
export const WIDE = 6

/** What a volume begins with. Offsets count from its start, in bytes. */
export interface Volume {
  readonly version: number
  /** Where the lists of all volumes lie; of no length where another one has them. */
  readonly lists: { readonly at: number; readonly length: number }
  /** Where what is in front of the contents ends. */
  readonly dataAt: number
  /** Numbers of the first and of the last member that have bytes in it, and where these lie. */
  readonly first: Share
  readonly last: Share
}

export interface Share {
  readonly index: number
  readonly at: number
  readonly expanded: number
  readonly packed: number
}

/** Facts: unshield, lib/cabfile.h, lib/libunshield.c and lib/file.c. @throws BytesError */
export function volumeAt(bytes: Bytes, start: number): Volume | undefined {
  if (start + COMMON > bytes.size) return undefined
  const reader = new Reader(bytes.view(start, COMMON), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const version = versionOf(reader.u32())
  reader.skip(4)
  const lists = { at: reader.u32(), length: reader.u32() }
  if (version === undefined || lists.at < COMMON) return undefined
  const shares = sharesAt(bytes, start + COMMON, version)
  const least = lists.length === 0 ? COMMON : lists.at + DESCRIPTOR
  return shares.dataAt < least || shares.dataAt > MAX_VIEW ? undefined : { version, lists, ...shares }
}

/** The major version; 0 is what came before 5. */
function versionOf(word: number): number | undefined {
  const kind = word >>> 24
  const number = kind === 1 ? (word >>> 12) & 0xf : Math.floor((word & 0xffff) / 100)
  const isKnown = (kind === 1 || kind === 2 || kind === 4) && (number === 0 || (number >= 5 && number <= 40))
  return isKnown ? number : undefined
}

function sharesAt(bytes: Bytes, at: number, version: number): Pick<Volume, 'dataAt' | 'first' | 'last'> {
  const isWide = version >= WIDE
  const reader = new Reader(bytes.view(at, isWide ? VOLUME_6 : VOLUME_5), 'little')
  const size = () => (isWide ? reader.size64() : reader.u32())
  const dataAt = reader.u32()
  reader.skip(4)
  const [first, last] = [reader.u32(), reader.u32()]
  const share = (index: number): Share => ({ index, at: size(), expanded: size(), packed: size() })
  return { dataAt, first: share(first), last: share(last) }
}
