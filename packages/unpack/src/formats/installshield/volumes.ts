import { type Bytes, BytesError } from '@messlatte/bytes'
import { FLAG, filesIn, listsIn, type ShieldFile } from './files.ts'
import { type Share, type Volume, volumeAt, WIDE } from './header.ts'

const MOST_VOLUMES = 4096

export interface Placed {
  readonly volume: Volume
  /** In the source, in bytes. */
  readonly start: number
}

/** A set of volumes that follow each other: what has the lists, then those with contents. */
export interface Cabinet {
  readonly version: number
  /** Undefined where the lists lie in a file that is not there. */
  readonly files: readonly ShieldFile[] | undefined
  /** Numbers of members that cannot be read. */
  readonly lost: readonly number[]
  /** By their numbers, counted from 1. */
  readonly volumes: ReadonlyMap<number, Placed>
  /** Behind the last one, in the source. */
  readonly end: number
}

/** Undefined where there is none. @throws BytesError */
export function cabinetAt(bytes: Bytes, start: number): Cabinet | undefined {
  const head = volumeAt(bytes, start)
  if (!head) return undefined
  const { version } = head
  if (head.lists.length === 0)
    return { version, files: undefined, lost: [], volumes: new Map(), end: endOf(head, start) }
  const lists = listsIn(bytes, start, head)
  if (!lists) return undefined
  const lost: number[] = []
  const files = [...filesIn(lists, version, (index) => lost.push(index))]
  const volumes = new Map<number, Placed>()
  const ends = version < WIDE ? narrowEnds(files) : wideEnds(files)
  let end = start + head.dataAt
  const others = volumeQuietlyAt(bytes, end)
  // Contents follow the lists in the same file, or in one that begins anew.
  const isHeader = others?.version === version && (others.lists.length === 0 || hasSameLists(others, head))
  // A header by itself: no content lies before the end of what is in front of the contents.
  const isAlone = files.some((file) => contentEnd(file) > 0 && file.at < head.dataAt)
  if (!isHeader && !isAlone) volumes.set(1, { volume: head, start })
  for (const [, { volume }] of volumes) end = Math.max(end, endOf(volume, start), start + ends(1, volume))
  for (let number = volumes.size + 1; number <= MOST_VOLUMES; number++) {
    const volume = volumeQuietlyAt(bytes, end)
    if (volume?.version !== version) break
    if (volume.lists.length > 0 && (number > 1 || !hasSameLists(volume, head))) break
    volumes.set(number, { volume, start: end })
    end = Math.max(endOf(volume, end), end + ends(number, volume))
  }
  return { version, files, lost, volumes, end }
}

/** Version 5 writes them into the first cabinet and into the header. */
function hasSameLists({ lists }: Volume, { lists: others }: Volume): boolean {
  return lists.at === others.at && lists.length === others.length
}

/** What a cut has taken away speaks for nothing. @returns undefined, too */
function volumeQuietlyAt(bytes: Bytes, at: number): Volume | undefined {
  try {
    return volumeAt(bytes, at)
  } catch (error) {
    if (error instanceof BytesError) return undefined
    throw error
  }
}

function endOf({ dataAt, first, last }: Volume, start: number): number {
  return start + Math.max(dataAt, endOfShare(first), endOfShare(last))
}

function endOfShare({ at, packed }: Share): number {
  return at === 0 ? 0 : at + packed
}

/** How many bytes a member has in its volume. */
export function storedSize({ flags, packed, expanded }: ShieldFile): number {
  return (flags & FLAG.compressed) === 0 ? expanded : packed
}

function contentEnd(file: ShieldFile): number {
  const isHere = (file.flags & FLAG.split) === 0 && file.at > 0 && file.same === undefined
  return isHere ? file.at + storedSize(file) : 0
}

/** Where contents end in a volume, in bytes from its start. */
type Ends = (number: number, volume: Volume) => number

function wideEnds(files: readonly ShieldFile[]): Ends {
  const ends = new Map<number, number>()
  for (const file of files)
    if (file.volume !== undefined)
      ends.set(file.volume, Math.max(ends.get(file.volume) ?? 0, contentEnd(file)))
  return (number) => ends.get(number) ?? 0
}

/** Members are those from the first one of a volume to its last one; no member between lies in two of them. */
function narrowEnds(files: readonly ShieldFile[]): Ends {
  const byIndex = new Map(files.map((file) => [file.index, file]))
  let seen = 0
  return (_number, { first, last }) => {
    let end = 0
    const highest = Math.min(last.index, files.at(-1)?.index ?? 0)
    for (let index = Math.max(first.index, seen); index <= highest; index++) {
      const file = byIndex.get(index)
      if (file && !isCut(file, first) && !isCut(file, last)) end = Math.max(end, contentEnd(file))
    }
    seen = Math.max(seen, highest)
    return end
  }
}

/** Whether a volume has only a part of a member. */
export function isCut(file: ShieldFile, share: Share): boolean {
  return share.index === file.index && share.at !== 0 && share.packed !== file.packed
}
