import { type Bytes, sliceBytes } from '@messlatte/bytes'
import type { Batch, ContainerFormat, Region, Sink } from '../../contract.ts'
import { inBatches, whatIsThere, wrapped } from '../members.ts'
import { showEmpty } from '../solid.ts'
import { MAGICS, partsAt, type WimPart } from './header.ts'
import { checkIntegrity } from './integrity.ts'
import { codeOf, type Entry, isTyped, listImages, type UsedBlob } from './listing.ts'
import {
  type ChunkPlace,
  decodeChunks,
  FIRST_CHUNK,
  nextChunk,
  type Resource,
  readResource,
  resourceAt,
} from './resource.ts'
import { type SharedContent, showShared, showStoredContent } from './show.ts'

/** What one thread does. */
type Work =
  | { readonly kind: 'entries'; readonly entries: readonly Entry[] }
  | { readonly kind: 'xml'; readonly part: WimPart }
  | { readonly kind: 'integrity'; readonly part: WimPart }
  | { readonly kind: 'contents'; readonly list: readonly ResourceContents[] }

/** Contents of one resource, counted from the first of its chunks that is decoded. */
interface ResourceContents {
  readonly resource: Resource
  readonly first: ChunkPlace
  readonly contents: readonly SharedContent[]
}

/** Bytes. */
const MOST_XML = 64 * 1024 * 1024
/** Bytes of a solid resource that are worth the way to another thread; what begins in a chunk before costs that chunk again. */
const SOLID_COST = 64 * 1024 * 1024

export const wim: ContainerFormat<Work> = {
  kind: 'container',
  name: 'wim',
  title: 'Windows image (WIM, ESD, SWM; XPRESS, LZX, LZMS; solid, several images)',
  references: [
    'Microsoft, Windows Imaging File Format (WIM), 2007',
    'wimlib, include/wimlib/header.h, src/resource.c, src/blob_table.c, src/dentry.c, src/integrity.c',
    '[MS-XCA], sections 2.1 and 2.2 (XPRESS); wimlib, src/lzx_decompress.c and src/lzms_decompress.c',
    '[MS-FSCC], section 2.1.2 (reparse points)',
  ],
  limits: [
    'encrypted ESD files are not recognised, and what EFS encrypted is shown as it is',
    'of a split image, all parts have to be handed in together, or to lie in one folder; of one alone, contents go by their SHA-1',
    'owners and rights of Windows are not told; extended attributes of Linux neither',
    'images of before Windows Vista (versions below 1.13) are not recognised',
    'one that was written to a pipe is recognised only where what it lies in ends with it',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const last = partsAt(bytes, at).at(-1)
    return last && { start: at, end: Math.min(bytes.size, last.start + last.header.end) }
  },

  *open(source, region, problem) {
    const bytes = sliceBytes(source, 0, region.end)
    const parts = partsAt(bytes, region.start)
    tellMissing(parts, region, problem)
    const { entries, blobs } = listImages(bytes, parts, problem)
    for (const { entries: count, cost, plan } of inBatches(entries, () => 0))
      yield { cost, entries: count, plan: { kind: 'entries', entries: plan } }
    const [first] = parts as readonly [WimPart]
    yield { cost: first.header.xml.size, entries: 1, plan: { kind: 'xml', part: first } }
    for (const part of parts)
      if (part.header.integrity.packed > 0) yield { cost: 0, entries: 0, plan: { kind: 'integrity', part } }
    yield* aloneWork(blobs.filter(({ resource }) => resource.layout !== 'solid'))
    yield* solidWork(bytes, blobs, problem)
  },

  read(source, region, plan, sink) {
    const bytes = sliceBytes(source, 0, region.end)
    switch (plan.kind) {
      case 'entries':
        for (const { meta, isLost } of plan.entries) {
          if (isLost) sink.entry(meta)
          else showEmpty(meta, sink)
        }
        break
      case 'xml':
        showXml(bytes, plan.part, sink)
        break
      case 'integrity':
        checkIntegrity(bytes, plan.part, sink.problem)
        break
      case 'contents':
        for (const one of plan.list) showContents(bytes, one, sink)
    }
  },
}

/** What the file tells of its images: XML in UTF-16. */
function showXml(bytes: Bytes, part: WimPart, sink: Sink): void {
  const meta = wrapped('images.xml')
  const resource = resourceAt(bytes, part, part.header.xml)
  if (resource.method === 'stored' && resource.layout !== 'solid') {
    const isWhole = resource.at + resource.size <= bytes.size
    const { at, length } = isWhole
      ? { at: resource.at, length: resource.size }
      : whatIsThere(bytes, resource.at)
    if (!isWhole) sink.problem('truncated', 'the image ends within it', meta.path)
    sink.slice(meta, at, length)
    return
  }
  const xml = readResource(bytes, resource, MOST_XML)
  sink.file(meta, xml.length, (out) => out.set(xml))
}

function tellMissing(parts: readonly WimPart[], { start, end }: Region, problem: Sink['problem']): void {
  const [first] = parts as readonly [WimPart]
  const last = parts.at(-1) as WimPart
  const announced = last.start + last.header.end - start
  if (announced > end - start)
    problem('truncated', `${announced} bytes are announced, ${end - start} are there`)
  const { part, parts: all } = first.header
  if (parts.length === all) return
  problem(
    'unsupported',
    parts.length === 1
      ? `of ${all} parts, ${part} is here`
      : `of ${all} parts, ${part} to ${last.header.part} are here`,
  )
}

/** Contents in resources of their own. */
function* aloneWork(blobs: readonly UsedBlob[]): Generator<Batch<Work>> {
  for (const { cost, entries, plan } of inBatches(blobs, costOf)) {
    const list = plan.map((blob) => ({
      resource: blob.resource,
      first: FIRST_CHUNK,
      contents: [sharedOf(blob, 0)],
    }))
    yield { cost, entries, plan: { kind: 'contents', list } }
  }
}

/** Contents in solid resources, in stretches that begin with a chunk. */
function* solidWork(
  bytes: Bytes,
  blobs: readonly UsedBlob[],
  problem: Sink['problem'],
): Generator<Batch<Work>> {
  const byResource = Map.groupBy(
    blobs.filter(({ resource }) => resource.layout === 'solid'),
    ({ resource }) => resource,
  )
  for (const [resource, list] of byResource) {
    try {
      yield* stretchesOf(bytes, resource, list)
    } catch (error) {
      if (!isTyped(error)) throw error
      for (const { uses } of list)
        for (const { meta } of uses) problem(codeOf(error), error.message, meta.path)
    }
  }
}

/** @param blobs ascending, without overlaps */
function* stretchesOf(bytes: Bytes, resource: Resource, blobs: readonly UsedBlob[]): Generator<Batch<Work>> {
  const { chunkSize } = resource
  let first = FIRST_CHUNK
  let begun: UsedBlob[] = []
  const workOf = (list: readonly UsedBlob[]): Batch<Work> => {
    const contents = list.map((blob) => sharedOf(blob, first.index * chunkSize))
    const plan: Work = { kind: 'contents', list: [{ resource, first, contents }] }
    return { cost: list.reduce((sum, blob) => sum + costOf(blob), 0), entries: list.length, plan }
  }
  for (const blob of blobs) {
    const start = (begun[0] ?? blob).at
    if (begun.length > 0 && blob.at - start >= Math.max(SOLID_COST, 2 * chunkSize)) {
      yield workOf(begun)
      begun = []
    }
    if (begun.length === 0)
      while ((first.index + 1) * chunkSize <= blob.at) first = nextChunk(bytes, resource, first)
    begun.push(blob)
  }
  if (begun.length > 0) yield workOf(begun)
}

function sharedOf({ sha1, at, size, uses }: UsedBlob, from: number): SharedContent {
  return { sha1, at: at - from, size, uses }
}

function costOf({ size, uses }: UsedBlob): number {
  return size * uses.length
}

function showContents(bytes: Bytes, { resource, first, contents }: ResourceContents, sink: Sink): void {
  const [only] = contents
  if (resource.method === 'stored' && resource.layout !== 'solid' && only)
    showStoredContent(bytes, resource, only, sink)
  else showShared((write) => decodeChunks(bytes, resource, first, write), contents, sink)
}
