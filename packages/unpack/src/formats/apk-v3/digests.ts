import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import { hashStretch, type Stored } from '../members.ts'
import { contentsOf, parseApkV3 } from './parse.ts'

/** Contents and bytes that are compared; what is beyond is told as not compared. */
const MOST_FILES = 5000
const MOST_BYTES = 256 * 1024 * 1024

export interface ApkContents {
  readonly files: number
  /** Paths (byte strings) of contents that are not what the tree of objects says. */
  readonly differing: readonly string[]
  readonly withoutHash: readonly string[]
  readonly whole: boolean
}

/** Compares the contents of a package with their hashes in the signed tree. */
export function compareContents(bytes: Bytes, start: number): ApkContents | undefined {
  const found = parseApkV3(bytes, start)
  if (!found) return undefined
  const differing: string[] = []
  const withoutHash: string[] = []
  let [files, left] = [0, MOST_BYTES]
  const walk = contentsOf(bytes, start, found)
  for (let step = walk.next(); ; step = walk.next()) {
    if (step.done) return { files, differing, withoutHash, whole: step.value.why === 'whole' }
    const { path, content } = step.value
    if (!content || content.length === 0) continue
    left -= content.length
    if (++files > MOST_FILES || left < 0 || content.at + content.length > bytes.size)
      return { files, differing, withoutHash, whole: false }
    if (path.hash === undefined) withoutHash.push(path.meta.path)
    else if (!hashMatches(bytes, content, path.hash)) differing.push(path.meta.path)
  }
}

export function hashMatches(bytes: Bytes, { at, length }: Stored, hash: string): boolean {
  const algorithm = { 40: 'sha1', 64: 'sha256', 128: 'sha512' }[hash.length]
  if (algorithm === undefined) return true
  return hashStretch(createHash(algorithm), bytes, at, length).digest('hex') === hash
}
