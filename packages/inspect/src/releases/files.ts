import type { FileChanges } from '@messlatte/model'
import type { FileDigest } from '../units/regions/mapper.ts'
import { pairBy, pairByPlace } from './paths.ts'

/** Paths that are told of each kind of change. */
export const MOST_TOLD = 2000

/** Files of both releases by place and content. One that lies elsewhere with the same content has moved. */
export function compareFiles(old: readonly FileDigest[], added: readonly FileDigest[]): FileChanges {
  const equal = pairByPlace(old, added, ({ sha256 }) => sha256)
  const changed = pairByPlace(equal.went, equal.added, () => '')
  const moved = pairBy(changed.went, changed.added, ({ sha256 }) => sha256)
  const paths = (files: readonly FileDigest[]) => files.slice(0, MOST_TOLD).map(({ path }) => path)
  return {
    equal: equal.both.length,
    moved: moved.both.length,
    changed: changed.both.length,
    added: moved.added.length,
    removed: moved.went.length,
    changedPaths: changed.both
      .slice(0, MOST_TOLD)
      .map((pair) => ({ old: pair.old.path, new: pair.new.path })),
    addedPaths: paths(moved.added),
    removedPaths: paths(moved.went),
  }
}
