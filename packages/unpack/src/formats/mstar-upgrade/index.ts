import type { Bytes, Extent, StreamEnd } from '@messlatte/bytes'
import type { Batch, ContainerFormat, Region, Sink } from '../../contract.ts'
import { lzopStream } from '../lzop/decode.ts'
import { distinctPaths, type Stored, whatIsThere, wrapped } from '../members.ts'
import { type MstarUpgrade, parseMstarUpgrade, wrongSums } from './parse.ts'
import { type MstarPart, parseMstarScript } from './script.ts'

/** What is written to one partition, piece by piece. */
interface Partition {
  readonly path: string
  readonly packed: boolean
  readonly pieces: readonly Stored[]
}

export const mstarUpgrade: ContainerFormat<Partition> = {
  kind: 'container',
  name: 'mstar-upgrade',
  title:
    'MStar and SigmaStar upgrade image (MstarUpgrade.bin, SigmastarUpgradeSD.bin: TVs, projectors, cameras)',
  references: [
    'mstar-bin-tool (github.com/dipcore/mstar-bin-tool), unpack.py, pack.py and utils.py',
    'SigmaStar, make_sd_upgrade_sigmastar.sh (github.com/fifteenhex/ssd_lcd)',
  ],
  limits: [
    'parts that are encrypted for secure boot are shown as they are',
    'where in a partition a piece that is written behind another one belongs is not told: pieces are put together in their order',
  ],
  magic: [],
  *candidates(bytes, { start }) {
    if (parseMstarScript(bytes, start)) yield start
  },
  carve: false,

  recognise(bytes, at) {
    const image = parseMstarUpgrade(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  *open(bytes, region, problem): Iterable<Batch<Partition>> {
    for (const plan of partitionsOf(bytes, region, problem))
      yield { cost: plan.pieces.reduce((sum, { length }) => sum + length, 0), entries: 1, plan }
  },

  read(bytes, _region, { path, packed, pieces }, sink) {
    if (packed) sink.stream(wrapped(path), (write) => unpacked(bytes, pieces, write))
    else if (pieces.length === 1) {
      const [{ at, length }] = pieces as readonly [Stored]
      sink.slice(wrapped(path), at, length)
    } else {
      const extents = extentsOf(pieces)
      const last = extents.at(-1)
      sink.mapped(wrapped(path), last ? last.at + last.length : 0, extents)
    }
  },
}

function* partitionsOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<Partition> {
  const image = parseMstarUpgrade(bytes, start) as MstarUpgrade
  for (const which of wrongSums(bytes, start, image))
    problem('checksum', `the CRC-32 of the ${which} differs`)
  const pathOf = distinctPaths()
  yield { path: pathOf('script', 0), packed: false, pieces: [{ at: start, length: image.script }] }
  for (const [place, group] of grouped(image.parts).entries()) {
    const { name, label, packed } = group[0] as MstarPart
    const path = pathOf(name ?? label ?? `part-${place}`, place)
    const pieces = group.map(({ offset, length }) => ({ at: start + offset, length }))
    if (pieces.some(({ at, length }) => at + length > bytes.size))
      problem('truncated', 'the image ends within this content', path)
    yield {
      path,
      packed,
      pieces: pieces.map((it) => (it.at + it.length > bytes.size ? whatIsThere(bytes, it.at) : it)),
    }
  }
}

/** A part that continues another one belongs to it. */
function grouped(parts: readonly MstarPart[]): readonly (readonly MstarPart[])[] {
  const groups: MstarPart[][] = []
  const byName = new Map<string, MstarPart[]>()
  for (const part of parts) {
    const before = part.continued && part.name !== undefined ? byName.get(part.name) : undefined
    if (before && before[0]?.packed === part.packed) before.push(part)
    else {
      const group = [part]
      groups.push(group)
      if (part.name !== undefined) byName.set(part.name, group)
    }
  }
  return groups
}

function extentsOf(pieces: readonly Stored[]): readonly Extract<Extent, { readonly from: number }>[] {
  let at = 0
  return pieces.map(({ at: from, length }) => {
    const extent = { at, from, length }
    at += length
    return extent
  })
}

/** Each piece is a file of lzop of its own. */
function unpacked(bytes: Bytes, pieces: readonly Stored[], write: (chunk: Uint8Array) => void): StreamEnd {
  let end: StreamEnd = { end: pieces[0]?.at ?? 0, checksum: 'none' }
  for (const { at } of pieces) {
    end = lzopStream(bytes, at, write)
    if (end.problem || end.checksum === 'differs') return end
  }
  return end
}
