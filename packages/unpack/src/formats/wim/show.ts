import { createHash } from 'node:crypto'
import type { Bytes, StreamEnd } from '@messlatte/bytes'
import type { EntryMeta, Sink } from '../../contract.ts'
import { hashStretch, whatIsThere } from '../members.ts'
import { type SolidDecode, showSolid } from '../solid.ts'
import { targetOf } from './reparse.ts'
import type { Resource } from './resource.ts'

/** A member that has a content, which others may have too. */
export interface Use {
  readonly meta: EntryMeta
  /** Where the content tells the target of a link. */
  readonly linkTag: number | undefined
}

/** A content, and who has it. */
export interface SharedContent {
  /** In hex. */
  readonly sha1: string
  /** Where it begins in what is decoded, in bytes. */
  readonly at: number
  readonly size: number
  readonly uses: readonly Use[]
}

/** Contents up to this size are decoded once, and held, for all who have them. */
const MOST_HELD = 256 * 1024 * 1024
const MOST_TARGET = 65_536
const DIFFERS = 'the SHA-1 differs'

/**
 * Shows contents that come out of one decoder, each to all who have it.
 * @param contents ascending, without overlaps, each of another SHA-1
 */
export function showShared(decode: SolidDecode, contents: readonly SharedContent[], sink: Sink): void {
  const known = new Map(contents.map((content) => [content.sha1, content]))
  const files = contents.map(({ sha1, at, size }) => ({
    ...{ meta: { path: sha1, type: 'file' } as const, at, size, crc: undefined },
  }))
  showSolid(decode, files, sharing(sink, known))
}

/** Takes contents by their SHA-1, and hands them on to who has them. */
function sharing(sink: Sink, known: ReadonlyMap<string, SharedContent>): Sink {
  const usesOf = (path: string) => known.get(path)?.uses ?? []
  return {
    ...sink,
    problem(code, message, path) {
      if (path === undefined) sink.problem(code, message)
      else for (const { meta } of usesOf(path)) sink.problem(code, message, meta.path)
    },
    file({ path }, size, fill) {
      const content = Buffer.alloc(size)
      fill(content)
      const isWhole = size === known.get(path)?.size
      const end = isWhole ? endOf(createHash('sha1').update(content).digest('hex') === path) : undefined
      for (const use of usesOf(path)) showUse(use, content, end, sink)
    },
    stream({ path }, decode) {
      const uses = usesOf(path)
      const [only] = uses
      const isAlone = uses.length === 1 && only?.linkTag === undefined
      if (isAlone || (known.get(path)?.size ?? 0) > MOST_HELD) {
        for (const { meta } of uses) sink.stream(meta, (write) => compared(decode, path, write))
        return
      }
      const chunks: Buffer[] = []
      const end = compared(decode, path, (chunk) => chunks.push(Buffer.from(chunk)))
      const content = Buffer.concat(chunks)
      for (const use of uses) showUse(use, content, end, sink)
    },
  }
}

type Decode = Parameters<Sink['stream']>[1]

/** Decodes, and compares the SHA-1 of what comes out. */
function compared(decode: Decode, sha1: string, write: (chunk: Uint8Array) => void): StreamEnd {
  const hash = createHash('sha1')
  const end = decode((chunk) => {
    hash.update(chunk)
    write(chunk)
  })
  return end.problem ? end : endOf(hash.digest('hex') === sha1)
}

function endOf(isSame: boolean): StreamEnd {
  return isSame
    ? { end: 0, checksum: 'matches' }
    : { end: 0, checksum: 'differs', problem: { code: 'checksum', message: DIFFERS } }
}

/** @param end undefined where what is missing has been told */
function showUse({ meta, linkTag }: Use, content: Buffer, end: StreamEnd | undefined, sink: Sink): void {
  if (linkTag === undefined) {
    sink.stream(meta, (write) => {
      if (content.length > 0) write(content)
      return end ?? { end: 0, checksum: 'none' }
    })
    return
  }
  if (end?.problem) sink.problem('checksum', end.problem.message, meta.path)
  const target = content.length <= MOST_TARGET ? targetOf(linkTag, content) : undefined
  if (target === undefined) sink.problem('structure', 'its target cannot be read', meta.path)
  sink.entry({ ...meta, target: target ?? '' })
}

/** Shows a content that lies as it is. */
export function showStoredContent(
  bytes: Bytes,
  { at, size }: Resource,
  { sha1, uses }: SharedContent,
  sink: Sink,
): void {
  const isWhole = at + size <= bytes.size
  const content = isWhole ? { at, length: size } : whatIsThere(bytes, at)
  const told = !isWhole
    ? (['truncated', 'the image ends within this content'] as const)
    : hashStretch(createHash('sha1'), bytes, at, size).digest('hex') === sha1
      ? undefined
      : (['checksum', DIFFERS] as const)
  for (const { meta, linkTag } of uses) {
    if (told) sink.problem(told[0], told[1], meta.path)
    if (linkTag === undefined) sink.slice(meta, content.at, content.length)
    else
      showUse(
        { meta, linkTag },
        Buffer.from(bytes.view(content.at, Math.min(content.length, MOST_TARGET + 1))),
        undefined,
        sink,
      )
  }
}
