import type { Fact, FactKind, Facts, Place } from '../../contract.ts'
import type { Gap, Part } from '../../secure-boot/chain/facts.ts'
import '../release-files/facts.ts'
import type { DigestOf } from './asks.ts'
import type { Package } from './evidence.ts'
import type { IndexEntry } from './packages-index.ts'
import { NO_DIGEST } from './say.ts'

/** The folder of a path, with a slash at its end; empty at the top. */
export function folderOf(inner: string): string {
  return inner.slice(0, inner.lastIndexOf('/') + 1)
}

/** Finds the fact of a file by its root and path. */
export function byPlace<Kind extends FactKind>(
  facts: readonly Fact<Kind>[],
): (root: string, inner: string) => Fact<Kind> | undefined {
  const known = new Map(facts.map((fact) => [`${fact.place.root}\n${fact.place.inner}`, fact]))
  return (root, inner) => known.get(`${root}\n${inner}`)
}

/** Finds files of the release that metadata speaks of, with their digests; only what is found is hashed. */
export function releaseFiles(
  facts: Facts,
  digestOf: DigestOf,
): (root: string, inner: string) => Place | undefined {
  const at = byPlace(facts.of('update.file'))
  return (root, inner) => {
    const place = at(root, inner)?.place
    const sha256 = place && digestOf('sha256', { path: place.path, offset: 0, length: place.length })
    return place && sha256 !== undefined ? { ...place, sha256 } : undefined
  }
}

const MOST_TOLD = 50

/** Compares files that are there with what an index says of them; those that are not there are elsewhere on the server. */
export function comparedFiles(
  entries: readonly IndexEntry[],
  placeOf: (file: string) => Place | undefined,
): {
  readonly differing: Package['differing']
  readonly covered: readonly Part[]
  readonly uncovered: readonly { readonly file: string; readonly gap: Gap }[]
} {
  const there = entries.flatMap(({ file, sha256 }) => {
    const place = placeOf(file)
    return place ? [{ file, sha256, place }] : []
  })
  const part = ({ file, place }: (typeof there)[number]): Part => ({
    path: place.path,
    stage: 'update',
    name: file,
  })
  return {
    differing: there
      .filter(({ sha256, place }) => sha256 !== undefined && sha256 !== place.sha256)
      .slice(0, MOST_TOLD)
      .map(({ file, sha256, place }) => ({ name: file, sha256: sha256 ?? null, found: place.sha256 })),
    covered: there.filter(({ sha256 }) => sha256 !== undefined).map(part),
    uncovered: there
      .filter(({ sha256 }) => sha256 === undefined)
      .slice(0, MOST_TOLD)
      .map((one) => ({ file: one.file, gap: { ...part(one), why: NO_DIGEST } })),
  }
}
