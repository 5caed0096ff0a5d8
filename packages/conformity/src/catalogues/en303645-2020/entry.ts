import type { Condition, Missing, Pillar, ProvisionStatus, Text } from '@messlatte/model'
import type { ProvisionRule } from '../../rules.ts'
import { type ConditionNumber, conditionOf } from './conditions.ts'

/** A provision as the clause files write it: what is usual may be left out. */
export interface Entry {
  readonly id: string
  readonly status: ProvisionStatus
  /** Annex B condition numbers; all of them must hold. */
  readonly conditions?: readonly ConditionNumber[]
  readonly title: Text
  readonly pillar?: Pillar
  /** Only written where it is true: unknown must never turn green by an omission. */
  readonly imageCanSupport?: true
  readonly cannotShow?: Text
  readonly proof?: readonly string[]
  readonly needs?: Condition
  readonly missing: readonly Missing[]
  readonly source?: string
}

export function provision(entry: Entry): ProvisionRule {
  const numbers = entry.conditions ?? []
  const condition = conditionOf(numbers)
  return {
    edition: 'en303645-2020',
    id: entry.id,
    status: entry.status,
    conditionNumbers: numbers,
    ...(condition && { condition }),
    title: entry.title,
    pillar: entry.pillar ?? null,
    imageCanSupport: entry.imageCanSupport ?? false,
    ...(entry.cannotShow && { cannotShow: entry.cannotShow }),
    ...(entry.proof && { proof: entry.proof }),
    ...(entry.needs && { needs: entry.needs }),
    missing: entry.missing,
    source: entry.source ?? 'en303645-v2.1.1',
  }
}
