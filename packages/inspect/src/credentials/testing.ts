import { readdirSync, readFileSync } from 'node:fs'
import type { Artefact } from '../contract.ts'
import { testArtefact } from '../testing.ts'

/** A folder of fixtures that belong to one release: path inside the image by file name, with `__` for each slash. */
export interface FixtureCase {
  readonly name: string
  readonly artefacts: readonly Artefact[]
}

/** The cases of `fixtures/<kind>/` beside a test. */
export function fixtureCases(
  testUrl: string,
  kind: 'positive' | 'negative' | 'near-miss',
): readonly FixtureCase[] {
  const folder = new URL(`./fixtures/${kind}/`, testUrl)
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const files = new URL(`${name}/`, folder)
      const artefacts = readdirSync(files)
        .sort()
        .map((file) =>
          testArtefact(file.replaceAll('__', '/'), readFileSync(new URL(file, files)), { mode: 0o600 }),
        )
      return { name, artefacts }
    })
}
