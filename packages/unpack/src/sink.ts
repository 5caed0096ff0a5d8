import { type Bytes, mappedBytes, memoryBytes, sliceBytes } from '@messlatte/bytes'
import type { RegionWork } from './content.ts'
import type { EntryMeta, KeyMaterial, Sink } from './contract.ts'
import type { Findings } from './findings.ts'
import { Growing } from './growing.ts'
import { type Counters, LimitError, type Limits } from './limits.ts'
import { encodePath } from './names.ts'
import { reclaimMemory } from './reclaim.ts'
import { keptOf, type Rooms } from './rooms.ts'
import { damageCode } from './safely.ts'

/** Bytes of a content whose memory is given back at once, not when the engine gets round to it. */
const WORTH_RECLAIMING = 256 * 1024 * 1024
/** Bytes of holes that cost the run as much as one of content: they are only passed over. */
const HOLES_PER_BYTE = 4

/** A member of a container as it was found. */
export interface Member {
  readonly meta: EntryMeta
  readonly bytes: Bytes
  /** Its bytes for as long as anybody wants them. */
  readonly keep: () => Bytes
  /** See `ContentWork`. */
  readonly within?: string
}

/** The walk for which a container is read. */
export interface SinkHost {
  readonly limits: Limits
  readonly counters: Counters
  readonly keys: readonly KeyMaterial[]
  readonly skip: ReadonlySet<string>
  readonly now: (path: string) => void
  readonly findings: Findings
  readonly rooms: Rooms
  /** Takes a member that is no file. */
  readonly entry: (meta: EntryMeta) => void
  readonly member: (member: Member) => void
}

/** Takes the members of one region, each within the limits; what one of them throws costs that one. */
export function createSink(
  { path: holder, format, bytes: source, region, depth }: RegionWork,
  host: SinkHost,
): Sink {
  const { limits, counters, keys, skip, now, findings, rooms, entry, member } = host
  const named = (meta: EntryMeta) => `${holder}/${encodePath(meta.path)}`

  function decoded(path: string, decode: Parameters<Sink['stream']>[1]): Bytes {
    const growing = new Growing(limits.artefact, region.end - region.start, limits.ratio)
    try {
      const { problem } = decode((chunk) => {
        counters.addBytes(chunk.length)
        growing.write(chunk)
      })
      if (problem) findings.damage(path, damageCode(problem.code), problem.message)
    } catch (error) {
      if (!(error instanceof LimitError)) throw error
      findings.limit(error.limit, path)
    }
    return growing.bytes()
  }

  return {
    problem: (code, message, path) =>
      findings.damage(path === undefined ? holder : `${holder}/${encodePath(path)}`, code, message),
    spend: (bytes) => counters.addBytes(bytes),
    keys,
    entry,
    file: (meta, size, fill) =>
      findings.guard(named(meta), () => {
        const content = rooms.take(depth, size).fill(0)
        counters.addBytes(size)
        fill(content)
        member({ meta, bytes: memoryBytes(content), keep: () => memoryBytes(keptOf(content)) })
      }),
    slice: (meta, at, length) =>
      findings.guard(named(meta), () => {
        const bytes = sliceBytes(source, at, length)
        counters.addBytes(length)
        const found = { meta, bytes: rooms.load(bytes, depth), keep: () => bytes }
        member(at === region.start ? { ...found, within: format } : found)
      }),
    mapped: (meta, size, extents) =>
      findings.guard(named(meta), () => {
        if (!(size <= limits.bytes)) throw new LimitError('artefact', `${size} bytes`)
        const bytes = mappedBytes(source, size, extents)
        const told = extents.reduce((sum, { length }) => sum + length, 0)
        counters.addBytes(told + Math.floor((size - told) / HOLES_PER_BYTE))
        member({ meta, bytes: rooms.load(bytes, depth), keep: () => bytes })
      }),
    stream: (meta, decode) => {
      const path = named(meta)
      if (skip.has(path)) return
      now(path)
      let size = 0
      findings.guard(path, () => {
        const bytes = decoded(path, decode)
        size = bytes.size
        member({ meta, bytes, keep: () => bytes })
      })
      if (size >= WORTH_RECLAIMING) reclaimMemory()
    },
  }
}
