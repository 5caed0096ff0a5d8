import { createPublicKey } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { memoryBytes, sha256 } from '@messlatte/bytes'
import { Counters, defaultLimits, FORMATS, type Found, type KeyMaterial, Walk } from '@messlatte/unpack'
import type { Artefact, Settings } from '../../contract.ts'
import { artefactOf, withHits } from '../../engine/artefact.ts'

export interface ReleaseFile {
  readonly name: string
  readonly content: Uint8Array
}

/** What checks are shown of a release: everything that the walk finds in its files. */
export function artefactsOf(
  files: readonly ReleaseFile[],
  keys: readonly KeyMaterial[] = [],
): readonly Artefact[] {
  const artefacts: Artefact[] = []
  const limits = defaultLimits()
  const walk = new Walk({
    formats: FORMATS,
    limits,
    counters: new Counters(limits),
    visitor: { visit: (found) => void artefacts.push(withHits(artefactOf(kept(found)), [])) },
    keys,
    skip: new Set(),
    later: {},
    now: () => {},
  })
  for (const { name, content } of files) walk.releaseFile(name, memoryBytes(content))
  return artefacts
}

/** Contents are shown one after the other, and often in the same memory. */
function kept(found: Found): Found {
  const bytes = found.keep()
  return { ...found, bytes, sha256: () => sha256(bytes.view(0, bytes.size)) }
}

/** The files of a case of `fixtures/`, and what the user trusts there: `.pub` a key, `.digest` the digest of one (raw bytes). */
export function readCase(folder: URL): {
  readonly files: readonly ReleaseFile[]
  readonly settings: Partial<Settings>
} {
  const all = readdirSync(folder)
    .sort()
    .map((name) => ({ name, content: readFileSync(new URL(name, folder)) }))
  const of = (suffix: string) => all.filter(({ name }) => name.endsWith(suffix))
  return {
    files: all.filter(({ name }) => !/\.(?:pub|digest)$/.test(name)),
    settings: {
      trusted: of('.pub').map(({ name, content }) => {
        const key = createPublicKey({ key: content, format: 'der', type: 'spki' })
        const spki = key.export({ type: 'spki', format: 'der' })
        return { name, spki, sha256: sha256(spki) }
      }),
      trustedDigests: of('.digest').map(({ content }) => content.toString('hex')),
    },
  }
}
