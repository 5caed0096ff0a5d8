import type { SecretOutcome } from '@messlatte/model'
import type { ReleaseSecret } from '../../secrets/secret.ts'

/** What one unit has in a place: more than one where a store keeps old values, or a system is there twice. */
export interface UnitSecrets {
  readonly unit: string
  readonly secrets: readonly ReleaseSecret[]
}

export interface Outcome {
  readonly outcome: SecretOutcome
  /** Names of units that have a secret in common; two and more each. */
  readonly groups: readonly (readonly string[])[]
}

type Pair = 'differ' | 'equal' | 'unknown'

/** How a secret of several units compares. */
export function outcomeOf(units: readonly UnitSecrets[]): Outcome {
  if (units.length < 2) return { outcome: 'one-unit', groups: [] }
  const groups = units.map(({ unit }) => new Set([unit]))
  const pairs = new Set<Pair>()
  units.forEach((one, at) => {
    units.slice(at + 1).forEach((other, behind) => {
      const pair = pairOf(one, other)
      pairs.add(pair)
      if (pair === 'equal') join(groups, at, at + 1 + behind)
    })
  })
  const joined = [...new Set(groups)].filter((group) => group.size > 1).map((group) => [...group].sort())
  return { outcome: outcome(pairs, joined, units.length), groups: joined }
}

function outcome(
  pairs: ReadonlySet<Pair>,
  groups: readonly (readonly string[])[],
  count: number,
): SecretOutcome {
  if (groups.length > 0) return groups[0]?.length === count ? 'equal' : 'partly-equal'
  return pairs.has('unknown') ? 'not-comparable' : 'differ'
}

function join(groups: Set<string>[], a: number, b: number): void {
  const [left, right] = [groups[a], groups[b]] as [Set<string>, Set<string>]
  if (left === right) return
  for (const unit of right) left.add(unit)
  groups.forEach((group, at) => {
    if (group === right) groups[at] = left
  })
}

function pairOf(one: UnitSecrets, other: UnitSecrets): Pair {
  const digests = new Set(one.secrets.map(({ digest }) => digest))
  if (other.secrets.some(({ digest }) => digests.has(digest))) return 'equal'
  const sure = one.secrets.every((a) => other.secrets.every((b) => surelyDiffer(a, b)))
  return sure ? 'differ' : 'unknown'
}

/** Different digests are of different secrets, but for salts of their own and passphrases around keys. */
export function surelyDiffer(a: ReleaseSecret, b: ReleaseSecret): boolean {
  if (a.form === 'hashed' && b.form === 'hashed') return a.salt !== null && a.salt === b.salt
  if (a.form === 'hashed') return triedOn(a, b)
  if (b.form === 'hashed') return triedOn(b, a)
  if (a.form === 'encrypted' || b.form === 'encrypted')
    return a.publicSha256 !== null && b.publicSha256 !== null
  return true
}

/** A password that everybody tries first was tried on this hash, too, and did not fit. */
function triedOn(hashed: ReleaseSecret, other: ReleaseSecret): boolean {
  return hashed.exhausted && (other.form === 'empty' || (other.form === 'guessed' && other.known))
}
