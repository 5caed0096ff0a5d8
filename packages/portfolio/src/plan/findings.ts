import { assess, CATALOGUES, type ProfileRule } from '@messlatte/conformity'
import type { Assessment, Claim, Decision, Evidence, StatedTraits } from '@messlatte/model'
import type { Day } from '../days.ts'
import type { Module } from '../portfolio.ts'

/** What was found about a release, as `check` or a conformity folder keeps it. */
export interface Finding {
  /** File or folder that it was read from. */
  readonly name: string
  /** SHA-256 (hex) of the files of the release. */
  readonly digests: readonly string[]
  /** As stated when it was checked; null where nothing was. */
  readonly model: string | null
  readonly version: string | null
  readonly evidence: readonly Evidence[]
  readonly partial: boolean
  readonly traits: StatedTraits
  readonly claims: readonly Claim[]
  readonly decisions: readonly Decision[]
}

/**
 * Finds what is known of a module: by the digest of its release, else by its version together with the name of the module or of
 * the model. A digest that nobody looked at is not found by its version: it is another file.
 */
export class Findings {
  readonly #byDigest = new Map<string, Finding>()
  readonly #byName = new Map<string, Finding>()

  /** Of several about one release the last counts. */
  constructor(all: readonly Finding[]) {
    for (const one of all) {
      for (const digest of one.digests) this.#byDigest.set(digest, one)
      if (one.model !== null && one.version !== null) this.#byName.set(keyOf(one.model, one.version), one)
    }
  }

  of({ name, release }: Pick<Module, 'name' | 'release'>, model: string): Finding | undefined {
    if (release.sha256 !== null) return this.#byDigest.get(release.sha256)
    if (release.version === null) return undefined
    return this.#byName.get(keyOf(name, release.version)) ?? this.#byName.get(keyOf(model, release.version))
  }
}

function keyOf(name: string, version: string): string {
  return `${name.trim().toLowerCase()}\n${version.trim().toLowerCase()}`
}

/** All rules over the edition that most of them name; a plan is about one edition. */
const EDITION = 'en303645-2020'

/**
 * What a finding means under today's rules, for a product of which this is stated. What the spreadsheet states counts before what
 * was stated when the release was checked.
 */
export function assessFinding(
  finding: Finding | undefined,
  traits: StatedTraits,
  rules: readonly ProfileRule[],
  asOf: Day,
): Assessment {
  return assess({
    catalogue: CATALOGUES[EDITION],
    profiles: rules.filter(({ edition }) => edition === EDITION),
    evidence: finding?.evidence ?? [],
    statedTraits: { ...finding?.traits, ...traits },
    asOf,
    partial: finding?.partial ?? false,
    claims: finding?.claims ?? [],
    decisions: finding?.decisions ?? [],
  })
}
