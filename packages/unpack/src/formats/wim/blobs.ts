import { type Bytes, Reader } from '@messlatte/bytes'
import { FormatError, type Sink } from '../../contract.ts'
import { PLACE, type Place, placeOf, SHA1, type WimPart } from './header.ts'
import { RESOURCE, type Resource, readResource, resourceAt } from './resource.ts'

const ENTRY = PLACE + 2 + 4 + SHA1
const MOST_TABLE = 64 * 1024 * 1024
/** In place of the size of what comes out: an entry that tells where a solid resource lies, and no content. */
const IS_RESOURCE = 2 ** 32

/** A content, in a resource of its own or within a solid one. */
export interface Blob {
  /** In hex. */
  readonly sha1: string
  readonly resource: Resource
  /** Where it begins in what comes out of its resource. */
  readonly at: number
  /** Bytes. */
  readonly size: number
  readonly isMetadata: boolean
}

/** All contents of a file, in the order of its table. What cannot be is told and left out. @throws FormatError, BytesError, DecodeError */
export function* blobsOf(bytes: Bytes, part: WimPart, problem: Sink['problem']): Generator<Blob> {
  const resource = resourceAt(bytes, part, part.header.blobs)
  const table = readResource(bytes, resource, MOST_TABLE)
  if (table.length % ENTRY !== 0) problem('structure', `a table of contents of ${table.length} bytes`)
  let solid = createSolidRun(bytes, part, problem)
  for (let at = 0; at + ENTRY <= table.length; at += ENTRY) {
    const reader = new Reader(table, 'little', at)
    const place = placeOf(reader)
    reader.skip(6)
    const sha1 = table.toString('hex', reader.at, reader.at + SHA1)
    if (place.flags & RESOURCE.free) continue
    const isMetadata = (place.flags & RESOURCE.metadata) !== 0
    if ((place.flags & RESOURCE.solid) === 0) {
      solid = createSolidRun(bytes, part, problem)
      const found = attempt(problem, () => resourceAt(bytes, part, place))
      if (found) yield { sha1, resource: found, at: 0, size: found.size, isMetadata }
    } else if (place.size === IS_RESOURCE) solid.add(place)
    else {
      const found = solid.find(place)
      if (found) yield { sha1, ...found, size: place.packed, isMetadata }
      else problem('structure', `the content ${sha1} lies in no resource`)
    }
  }
}

interface SolidRun {
  add(place: Place): void
  find(place: Place): { readonly resource: Resource; readonly at: number } | undefined
}

/** Solid resources that follow each other in a table: contents are counted through all of them. */
function createSolidRun(bytes: Bytes, part: WimPart, problem: Sink['problem']): SolidRun {
  const list: { readonly resource: Resource; readonly start: number }[] = []
  let end = 0
  let hasContents = false
  return {
    add(place) {
      if (hasContents) {
        list.length = 0
        end = 0
        hasContents = false
      }
      const resource = attempt(problem, () => resourceAt(bytes, part, place))
      if (!resource) return
      list.push({ resource, start: end })
      end += resource.size
    },
    find({ at, packed }) {
      hasContents = true
      const found = list[lastStart(list, at)]
      return found && at + packed <= found.start + found.resource.size
        ? { resource: found.resource, at: at - found.start }
        : undefined
    },
  }
}

/** The last one that begins at `at` or before. */
function lastStart(list: readonly { readonly start: number }[], at: number): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[middle] as { start: number }).start <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

function attempt<T>(problem: Sink['problem'], action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    problem(error.code, error.message)
    return undefined
  }
}
