import type { Condition, ProvisionStatus, Requirement, SourceStatus, Text } from '@messlatte/model'
import { ConformityError } from '../errors.ts'
import { compareProvisionIds, compareText } from '../order.ts'
import type { CatalogueRule, EditionChange, ProfileRule, ProvisionRule } from '../rules.ts'

/** What is assessed under: an edition alone, or a profile over it. */
export interface RuleSet {
  readonly id: string
  readonly catalogue: CatalogueRule
  readonly profile?: ProfileRule
}

export type DifferenceKind = 'raised' | 'lowered' | 'added' | 'removed' | 'changed' | 'demanded' | 'dropped'

/** One line that differs between two rule sets, seen from the first to the second. */
export interface Difference {
  readonly kind: DifferenceKind
  /** The provision in the second rule set; in the first where the second has none. */
  readonly provision: string
  /** Its number in the first, where that is another. */
  readonly before?: string
  readonly title: Text
  readonly from: ProvisionStatus | null
  readonly to: ProvisionStatus | null
  /** What became of the provision, where the two stand over different editions. */
  readonly change?: EditionChange
  /** Hit are products for which this holds; every product where it is absent. */
  readonly hits?: Condition
  /** True for a demand that products meet only if `hits` holds: those for which it does not hold are hit. */
  readonly lacking: boolean
  readonly sourceStatus: SourceStatus
  readonly source: string
}

/**
 * What changes for somebody who is assessed under `b` in the place of `a`, in the order of the standard.
 * Throws ConformityError `edition-mismatch` where no table leads from one edition to the other.
 */
export function diffRules(a: RuleSet, b: RuleSet): readonly Difference[] {
  const lines = [...statuses(a, b), ...demands(a, b, 'dropped'), ...demands(b, a, 'demanded')]
  return lines.sort(
    (one, other) =>
      compareProvisionIds(one.provision, other.provision) ||
      compareText(one.kind, other.kind) ||
      compareText(one.title.en, other.title.en),
  )
}

interface Pair {
  readonly before: ProvisionRule | undefined
  readonly after: ProvisionRule | undefined
  readonly change?: EditionChange
}

function statuses(a: RuleSet, b: RuleSet): readonly Difference[] {
  return pairs(a.catalogue, b.catalogue).flatMap(({ before, after, change }) => {
    const from = before ? statusIn(a, before) : null
    const to = after ? statusIn(b, after) : null
    const kind = kindOf(from, to, change)
    const shown = after ?? before
    if (kind === undefined || shown === undefined) return []
    const side = after ? b : a
    // A line that one profile alone changes rests on that profile's line, not on the standard.
    const line = overrideOf(b, after) ?? overrideOf(a, before)
    return {
      kind,
      provision: shown.id,
      ...(before && after && before.id !== after.id && { before: before.id }),
      title: shown.title,
      from,
      to,
      ...(change && { change }),
      ...(shown.condition && { hits: shown.condition }),
      lacking: false,
      sourceStatus: line?.sourceStatus ?? sourceOf(side.catalogue, shown),
      source: line?.source ?? shown.source,
    }
  })
}

function kindOf(
  from: ProvisionStatus | null,
  to: ProvisionStatus | null,
  change: EditionChange | undefined,
): DifferenceKind | undefined {
  if (from === null) return to === null ? undefined : 'added'
  if (to === null) return 'removed'
  if (from !== to) return to === 'M' ? 'raised' : 'lowered'
  return change === undefined || change === 'unchanged' ? undefined : 'changed'
}

/** Provisions side by side: by number within an edition, by the later edition's table between two. */
function pairs(a: CatalogueRule, b: CatalogueRule): readonly Pair[] {
  if (a.edition === b.edition) return a.provisions.map((before) => ({ before, after: find(b, before.id) }))
  const [earlier, later] = leadsFrom(a, b) ? [a, b] : [b, a]
  if (!leadsFrom(earlier, later))
    throw new ConformityError('edition-mismatch', `no table leads from ${a.edition} to ${b.edition}`)
  return (later.origins ?? []).map(({ id, from, change }) => {
    const old = from === null ? undefined : find(earlier, from)
    const now = find(later, id)
    return later === b ? { before: old, after: now, change } : { before: now, after: old, change }
  })
}

function leadsFrom(earlier: CatalogueRule, later: CatalogueRule): boolean {
  return later.origins?.some(({ edition }) => edition === earlier.edition) ?? false
}

/** What `one` asks beyond its catalogue and `other` does not. */
function demands(one: RuleSet, other: RuleSet, kind: 'demanded' | 'dropped'): readonly Difference[] {
  const known = new Set(other.profile?.criteria.map(({ id }) => id))
  const criteria = one.profile?.criteria.filter(({ id }) => !known.has(id)) ?? []
  const line = { kind, from: null, to: null }
  return [
    ...criteria.map(({ provision, title, needs, sourceStatus, source }) => ({
      ...line,
      provision,
      title,
      ...(needs && { hits: needs }),
      lacking: needs !== undefined,
      sourceStatus,
      source,
    })),
    ...requirementsOf(one, other).map(({ id, title, condition, sourceStatus, source }) => ({
      ...line,
      provision: id,
      title,
      ...(condition && { hits: condition }),
      lacking: false,
      sourceStatus,
      source,
    })),
  ]
}

/** What `one` asks in its own numbering; nothing where `other` is the same profile. */
function requirementsOf(one: RuleSet, other: RuleSet): readonly Requirement[] {
  return one.profile && one.profile.id !== other.profile?.id ? one.profile.requirements : []
}

/** Null where a profile does not ask for the provision by its number. */
function statusIn(rules: RuleSet, provision: ProvisionRule): ProvisionStatus | null {
  const asks = rules.profile?.asks ?? 'all'
  if (asks !== 'all' && !asks.includes(provision.id)) return null
  return overrideOf(rules, provision)?.to ?? provision.status
}

function overrideOf({ profile }: RuleSet, provision: ProvisionRule | undefined) {
  return profile?.overrides.find(({ id }) => id === provision?.id)
}

function sourceOf({ sources }: CatalogueRule, { source }: ProvisionRule): SourceStatus {
  return sources.find(({ id }) => id === source)!.status
}

function find({ provisions }: CatalogueRule, id: string): ProvisionRule | undefined {
  return provisions.find((one) => one.id === id)
}
