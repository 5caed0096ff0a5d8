import type { Bytes } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { footerOfPartition, vbmetaOfPartition } from './parse.ts'

/** Descriptors of one partition: more than a few are none. */
const MOST = 16

/**
 * Where the hash trees and the error correction of a partition lie, ascending: its vbmeta, to which the footer at its end leads,
 * tells it. None where they do not lie in front of that vbmeta.
 */
export function treesOf(bytes: Bytes): readonly Region[] {
  // Asked of every stretch of every file: most have no footer.
  const found = footerOfPartition(bytes) && vbmetaOfPartition(bytes)
  if (!found) return []
  return found.vbmeta.descriptors
    .filter((descriptor) => descriptor.type === 'hashtree')
    .slice(0, MOST)
    .flatMap(({ treeAt, treeSize, fecAt, fecSize }) => [
      { start: treeAt, end: treeAt + treeSize },
      { start: fecAt, end: fecAt + fecSize },
    ])
    .filter(({ start, end }) => start > 0 && start < end && end <= found.at)
    .sort((a, b) => a.start - b.start)
}
