import type { Missing, ProvisionStatus, Text } from '@messlatte/model'
import type { ProvisionRule } from '../../rules.ts'
import { text } from '../../text.ts'
import { EN303645_2020 } from '../en303645-2020/index.ts'
import { type ConditionNumber, conditionOf, type FeatureLetter } from './conditions.ts'
import type { SourceId } from './sources.ts'

interface Gate {
  readonly status: ProvisionStatus
  readonly conditions?: readonly ConditionNumber[]
  readonly features?: readonly FeatureLetter[]
  readonly source?: SourceId
}

interface Kept extends Gate {
  readonly id: string
  /** The provision of 2020 whose texts it keeps, where the number changed. */
  readonly from?: string
  readonly title?: Text
  readonly missing?: readonly Missing[]
  /** What the product must have in 2020 is no longer what decides here. */
  readonly needsNothing?: true
}

interface Fresh extends Gate {
  readonly id: string
  readonly title: Text
  readonly missing: readonly Missing[]
}

/** A provision that goes on from 2020: pillar, what an image can show and what would settle it stay as they are there. */
export function kept(entry: Kept): ProvisionRule {
  const from = entry.from ?? entry.id
  const before = EN303645_2020.provisions.find(({ id }) => id === from)!
  const { condition: _, needs, ...same } = before
  return {
    ...same,
    ...gate(entry),
    ...(needs && !entry.needsNothing && { needs }),
    title: entry.title ?? before.title,
    missing: entry.missing ?? before.missing.map(inNewTables),
  }
}

/** A provision that 2020 has not, or has only as a part of another. It is in no pillar, and no image supports it. */
export function fresh(entry: Fresh): ProvisionRule {
  return {
    ...gate(entry),
    title: entry.title,
    pillar: null,
    imageCanSupport: false,
    missing: entry.missing,
  }
}

function gate(entry: Kept | Fresh) {
  const { id, status, conditions = [], features = [], source = 'en303645-v3.1.3' } = entry
  const condition = conditionOf(conditions, features)
  return {
    edition: 'en303645-v3.1.3' as const,
    id,
    status,
    conditionNumbers: conditions,
    features,
    ...(condition && { condition }),
    source,
  }
}

/** TS 103 701 V2.1.1 renamed one IXIT table and split another. */
function inNewTables(missing: Missing): Missing {
  const { en, de } = missing.what
  return { ...missing, what: text(renamed(en, 'and'), renamed(de, 'und')) }
}

function renamed(sentence: string, and: string): string {
  return sentence
    .replaceAll('IXIT 11-ComMech, resilience', 'IXIT 28-LogIntf, resilience')
    .replaceAll('IXIT 11-ComMech, Widerstand', 'IXIT 28-LogIntf, Widerstand')
    .replaceAll('11-ComMech', '11-SecComMech')
    .replaceAll('15-Intf', `15-PhyIntf ${and} 28-LogIntf`)
    .replaceAll('28-ExtAPI', '28-LogIntf')
}
