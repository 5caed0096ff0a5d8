import type { ProvisionResult, RequirementResult, TraitId, TraitQuestion, Verdict } from '@messlatte/model'
import type { ProfileRule, ProvisionRule } from '../rules.ts'
import { undecidedTraits } from '../traits/condition.ts'
import { TRAITS } from '../traits/questions.ts'
import type { Traits } from '../traits/resolve.ts'

/** The questions that nobody answered, the one that most open provisions wait for first. */
export function questionsFor(
  provisions: readonly ProvisionRule[],
  results: readonly ProvisionResult[],
  profiles: readonly ProfileRule[],
  requirements: readonly RequirementResult[],
  traits: Traits,
): readonly TraitQuestion[] {
  const waiting = new Map<TraitId, string[]>()
  const wait = (trait: TraitId, id: string) => waiting.set(trait, [...(waiting.get(trait) ?? []), id])
  provisions.forEach((provision, at) => {
    if (!verdictsOf(results[at]!).includes('open')) return
    for (const trait of new Set(undecided(provision, profiles, traits))) wait(trait, provision.id)
  })
  const rules = profiles.flatMap((profile) => profile.requirements)
  rules.forEach(({ id, condition, needs }, at) => {
    if (requirements[at]?.result.verdict !== 'open') return
    const conditions = [condition, needs].flatMap((one) => (one ? undecidedTraits(one, traits.held) : []))
    for (const trait of new Set(conditions)) wait(trait, id)
  })
  return TRAITS.flatMap(({ id, question }) => {
    const ids = waiting.get(id)
    return ids ? [{ trait: id, question, provisions: ids }] : []
  }).sort((a, b) => b.provisions.length - a.provisions.length)
}

function undecided(
  provision: ProvisionRule,
  profiles: readonly ProfileRule[],
  traits: Traits,
): readonly TraitId[] {
  const criteria = profiles
    .flatMap((profile) => profile.criteria)
    .filter((one) => one.provision === provision.id)
  const conditions = [provision.condition, provision.needs, ...criteria.map((one) => one.needs)]
  return conditions.flatMap((condition) => (condition ? undecidedTraits(condition, traits.held) : []))
}

function verdictsOf(result: ProvisionResult): readonly Verdict[] {
  return [result.baseline, ...Object.values(result.profiles)].map(({ verdict }) => verdict)
}
