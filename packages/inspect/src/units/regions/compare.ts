import type { MapPart, UnitRegions } from '@messlatte/model'
import { BLOCK_DIGEST, type FileDigest, type RegionDigest } from './mapper.ts'

/** What a look at a dump or a release gave, to compare it with another one. */
export interface Looked {
  readonly files: readonly FileDigest[]
  readonly regions: readonly RegionDigest[]
  /** The files as they were handed in, from their first byte to their last. */
  readonly map: readonly MapPart[]
}

const MOST_PATHS = 200
const MOST_REGIONS = 500

/** How a release looks from a unit: made once for all units. */
export interface ReleaseIndex {
  readonly byDigest: ReadonlyMap<string, string>
  readonly byInner: ReadonlyMap<string, ReadonlySet<string>>
  readonly blocks: ReadonlySet<string>
}

export function indexOf({ files, regions }: Looked): ReleaseIndex {
  const byInner = new Map<string, Set<string>>()
  for (const { inner, sha256 } of files) {
    const known = byInner.get(inner)
    if (known) known.add(sha256)
    else byInner.set(inner, new Set([sha256]))
  }
  return {
    byDigest: new Map([...files, ...regions].toReversed().map(({ sha256, path }) => [sha256, path])),
    byInner,
    blocks: new Set(regions.flatMap(blocksOf)),
  }
}

/** How much of a unit's dump is that of the release: its files by path and content, its regions by content or by blocks. */
export function regionsOf(unit: string, { files, regions, map }: Looked, release: ReleaseIndex): UnitRegions {
  // The dump's own files are told by their regions.
  const own = new Set(map.map(({ path }) => path))
  const inner = files.filter(({ path }) => !own.has(path))
  const state = new Map(inner.map((file) => [file.path, fileState(file, release)]))
  const paths = (wanted: string) => [...state].filter(([, one]) => one === wanted).map(([path]) => path)
  const byPath = new Map(regions.map((region) => [region.path, region]))
  const inside = filesByRegion(state, new Set(map.map(pathOf)))
  return {
    unit,
    filesEqual: paths('equal').length,
    filesChanged: paths('changed').length,
    filesOnlyHere: paths('only-here').length,
    regions: map
      .slice(0, MOST_REGIONS)
      .map((part) => regionState(part, byPath, release, inside.get(pathOf(part)) ?? null)),
    changed: paths('changed').slice(0, MOST_PATHS),
    onlyHere: paths('only-here').slice(0, MOST_PATHS),
  }
}

function fileState({ inner, sha256 }: FileDigest, { byInner, byDigest }: ReleaseIndex) {
  if (byDigest.has(sha256)) return 'equal'
  return byInner.has(inner) ? 'changed' : 'only-here'
}

function regionState(
  part: MapPart,
  byPath: ReadonlyMap<string, RegionDigest>,
  { byDigest, blocks }: ReleaseIndex,
  files: Inside | null,
): UnitRegions['regions'][number] {
  const { path, offset, length, format = null, kind } = part
  const told = { path, offset, length, format, files }
  if (kind === 'padding') return { ...told, state: 'padding', counterpart: null, blocks: null }
  const region = byPath.get(pathOf(part)) ?? byPath.get(path)
  const counterpart = region && byDigest.get(region.sha256)
  if (counterpart !== undefined) return { ...told, state: 'equal', counterpart, blocks: null }
  const own = region ? blocksOf(region) : []
  const shared = own.filter((block) => blocks.has(block)).length
  const share = own.length === 0 ? null : Math.floor((100 * shared) / own.length)
  const state = shared > 0 || (files?.equal ?? 0) > 0 ? 'partly' : 'only-here'
  return { ...told, state, counterpart: null, blocks: share }
}

interface Inside {
  readonly all: number
  readonly equal: number
}

/** Nest path of a part of a file, as what lies in it begins. */
function pathOf({ path, offset, format }: MapPart): string {
  return `${path}@0x${offset.toString(16)}:${format ?? 'unknown'}`
}

function filesByRegion(
  states: ReadonlyMap<string, string>,
  regions: ReadonlySet<string>,
): ReadonlyMap<string, Inside> {
  const inside = new Map<string, Inside>()
  for (const [path, state] of states) {
    const region = regionOf(path, regions)
    if (region === undefined) continue
    const { all, equal } = inside.get(region) ?? { all: 0, equal: 0 }
    inside.set(region, { all: all + 1, equal: equal + Number(state === 'equal') })
  }
  return inside
}

function regionOf(path: string, regions: ReadonlySet<string>): string | undefined {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
    if (regions.has(path.slice(0, end))) return path.slice(0, end)
  return undefined
}

function blocksOf({ blocks }: RegionDigest): readonly string[] {
  const bytes = Buffer.from(blocks, 'base64')
  return Array.from({ length: bytes.length / BLOCK_DIGEST }, (_, at) =>
    bytes.toString('latin1', at * BLOCK_DIGEST, (at + 1) * BLOCK_DIGEST),
  )
}
