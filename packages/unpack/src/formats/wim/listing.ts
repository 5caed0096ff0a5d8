import { createHash } from 'node:crypto'
import { type Bytes, BytesError, DecodeError } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type Sink } from '../../contract.ts'
import { wrapped } from '../members.ts'
import { type Blob, blobsOf } from './blobs.ts'
import type { WimPart } from './header.ts'
import { listImage } from './image.ts'
import { readResource } from './resource.ts'
import type { Use } from './show.ts'

/** Of one image, and of all of them, in bytes. */
const MOST_METADATA = 256 * 1024 * 1024
const MOST_METADATA_TOGETHER = 1024 * 1024 * 1024
/** More members are not listed: their names would fill the memory. */
const MOST_MEMBERS = 2_000_000

/** A content with those who have it. */
export interface UsedBlob extends Blob {
  readonly uses: Use[]
}

/** A member without a content of its own, or whose content is not there. */
export interface Entry {
  readonly meta: EntryMeta
  readonly isLost: boolean
}

export interface Listing {
  readonly entries: readonly Entry[]
  readonly blobs: readonly UsedBlob[]
}

/** All images of a set of files: members by their names, contents that no name leads to by their SHA-1. */
export function listImages(bytes: Bytes, parts: readonly WimPart[], problem: Sink['problem']): Listing {
  const isWhole = parts.length === parts[0]?.header.parts
  const [images, contents] = readBlobs(bytes, parts, problem)
  const entries: Entry[] = []
  let members = 0
  let together = 0
  for (const [index, image] of images.entries()) {
    const root = `${index + 1}`
    try {
      together += image.size
      if (together > MOST_METADATA_TOGETHER)
        throw new FormatError('unsupported', `over ${MOST_METADATA_TOGETHER} bytes tell of images`)
      for (const member of listImage(metadataOf(bytes, image, root, problem), root, problem)) {
        if (++members > MOST_MEMBERS)
          throw new FormatError('unsupported', `over ${MOST_MEMBERS} members: the others are left out`)
        const hasOwn = member.contents.some(({ meta }) => meta.path === member.meta.path)
        if (!hasOwn) entries.push({ meta: member.meta, isLost: false })
        for (const { meta, sha1, linkTag } of member.contents) {
          const blob = sha1 === undefined ? undefined : contents.get(sha1)
          if (blob) {
            blob.uses.push({ meta, linkTag })
            continue
          }
          const isLost = sha1 !== undefined
          entries.push({ meta: linkTag === undefined ? meta : { ...meta, target: '' }, isLost })
          if (isLost) problem('unsupported', missing(isWhole), meta.path)
        }
      }
    } catch (error) {
      if (!isTyped(error)) throw error
      problem(codeOf(error), error.message, root)
    }
  }
  for (const { sha1, uses } of contents.values())
    if (uses.length === 0) uses.push({ meta: wrapped(`unreferenced/${sha1}`), linkTag: undefined })
  return { entries, blobs: [...contents.values()] }
}

function missing(isWhole: boolean): string {
  return isWhole ? 'its content is not in this file' : 'its content lies in a part that is not there'
}

/** Metadata of the images, and contents by their SHA-1; of what overlaps, one is taken. */
function readBlobs(
  bytes: Bytes,
  parts: readonly WimPart[],
  problem: Sink['problem'],
): readonly [images: readonly Blob[], contents: ReadonlyMap<string, UsedBlob>] {
  const found = parts.flatMap((part) => {
    try {
      return [...blobsOf(bytes, part, problem)]
    } catch (error) {
      if (!isTyped(error)) throw error
      problem(codeOf(error), error.message)
      return []
    }
  })
  const kept = withoutOverlaps(found, problem)
  const contents = new Map<string, UsedBlob>()
  for (const blob of kept) {
    if (blob.isMetadata) continue
    if (contents.has(blob.sha1))
      problem('structure', `two contents have the SHA-1 ${blob.sha1}: one is left out`)
    else contents.set(blob.sha1, { ...blob, uses: [] })
  }
  return [found.filter((blob) => blob.isMetadata && kept.has(blob)), contents]
}

/** In the order in which they lie. */
function withoutOverlaps(blobs: readonly Blob[], problem: Sink['problem']): ReadonlySet<Blob> {
  const kept = new Set<Blob>()
  let last: Blob | undefined
  for (const blob of blobs.toSorted((a, b) => a.resource.at - b.resource.at || a.at - b.at)) {
    if (last && overlap(last, blob)) {
      problem('structure', `the content ${blob.sha1} shares bytes with another one, and is left out`)
      continue
    }
    kept.add(blob)
    last = blob
  }
  return kept
}

/** Whether `next`, which does not begin before `last`, begins before `last` ends. */
function overlap(last: Blob, next: Blob): boolean {
  return last.resource.at === next.resource.at && last.resource.layout === 'solid'
    ? next.at < last.at + last.size || next.resource.layout !== 'solid'
    : next.resource.at < last.resource.at + last.resource.packed && next.size > 0
}

/** @throws FormatError, BytesError, DecodeError */
function metadataOf(bytes: Bytes, { resource, sha1 }: Blob, root: string, problem: Sink['problem']): Buffer {
  if (resource.layout === 'solid') throw new FormatError('unsupported', 'its list lies in a solid resource')
  const metadata = readResource(bytes, resource, MOST_METADATA)
  if (createHash('sha1').update(metadata).digest('hex') !== sha1)
    problem('checksum', 'the SHA-1 of its list differs', root)
  return metadata
}

type Typed = FormatError | BytesError | DecodeError

export function isTyped(error: unknown): error is Typed {
  return error instanceof FormatError || error instanceof BytesError || error instanceof DecodeError
}

export function codeOf(error: Typed): FormatError['code'] {
  if (error instanceof FormatError) return error.code
  if (error instanceof BytesError) return 'truncated'
  return error.code === 'truncated' || error.code === 'unsupported' ? error.code : 'structure'
}
