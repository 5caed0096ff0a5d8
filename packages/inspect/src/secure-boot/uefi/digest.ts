import { createHash, type Hash } from 'node:crypto'
import { type Bytes, forEachWindow } from '@messlatte/bytes'
import type { Pe } from '@messlatte/unpack'

/** Bytes from the start of the image. */
export interface Range {
  readonly offset: number
  readonly length: number
}

export const ALGORITHMS = ['sha1', 'sha256', 'sha384', 'sha512'] as const
export type Algorithm = (typeof ALGORITHMS)[number]

const WINDOW = 256 * 1024
/** Bytes of the checksum, and of a directory entry. */
const CHECKSUM = 4
const DIRECTORY = 8

/**
 * What the digest of Authenticode is made over, in this order: the headers without checksum and directory of certificates,
 * the sections as they follow each other in the file, and what is left behind them, except for the certificates. Windows
 * Authenticode Portable Executable Signature Format, "Calculating the PE Image Hash". Undefined where a part lies outside, and where parts overlap: a few
 * headers could demand to hash the same bytes over and over.
 */
export function signedRanges(pe: Pe, size: number): readonly Range[] | undefined {
  const { checksumAt, certificateDirectoryAt, certificates, headersEnd } = pe
  const ranges: Range[] = []
  const add = (from: number, to: number) => {
    if (to > from) ranges.push({ offset: from, length: to - from })
  }
  add(0, checksumAt)
  const behindChecksum = checksumAt + CHECKSUM
  if (certificateDirectoryAt === undefined) add(behindChecksum, headersEnd)
  else {
    add(behindChecksum, certificateDirectoryAt)
    add(certificateDirectoryAt + DIRECTORY, headersEnd)
  }
  const sections = pe.sections.filter(({ length }) => length > 0).toSorted((a, b) => a.at - b.at)
  let sum = headersEnd
  for (const { at, length } of sections) {
    add(at, at + length)
    sum += length
  }
  add(sum, size - (certificates?.length ?? 0))
  return overlap(sections) || !ranges.every(({ offset, length }) => offset + length <= size)
    ? undefined
    : ranges
}

/** Of sections in ascending order. */
function overlap(sections: Pe['sections']): boolean {
  return sections.some(({ at }, index) => {
    const before = sections[index - 1]
    return before !== undefined && at < before.at + before.length
  })
}

/** Lower-case hex, by algorithm. */
export function digestsOf(
  bytes: Bytes,
  ranges: readonly Range[],
  algorithms: readonly Algorithm[],
): Readonly<Record<string, string>> {
  const hashes = algorithms.map((name): [string, Hash] => [name, createHash(name)])
  for (const { offset, length } of ranges)
    forEachWindow(bytes, offset, offset + length, WINDOW, 0, (window) => {
      for (const [, hash] of hashes) hash.update(window)
      return true
    })
  return Object.fromEntries(hashes.map(([name, hash]) => [name, hash.digest('hex')]))
}

/** What no range reaches, besides checksum, directory and certificates: it can be changed and the digest stays. */
export function uncovered(pe: Pe, ranges: readonly Range[], size: number): readonly Range[] {
  const { checksumAt, certificateDirectoryAt, certificates } = pe
  const known = [
    ...ranges,
    { offset: checksumAt, length: CHECKSUM },
    ...(certificateDirectoryAt === undefined ? [] : [{ offset: certificateDirectoryAt, length: DIRECTORY }]),
    ...(certificates ? [{ offset: certificates.at, length: certificates.length }] : []),
  ].toSorted((a, b) => a.offset - b.offset)
  const gaps: Range[] = []
  let end = 0
  for (const { offset, length } of known) {
    if (offset > end) gaps.push({ offset: end, length: offset - end })
    end = Math.max(end, offset + length)
  }
  if (end < size) gaps.push({ offset: end, length: size - end })
  return gaps
}
