import type { Evidence } from '@messlatte/model'
import { compareText } from '../order.ts'
import type { CatalogueRule, Origin } from '../rules.ts'

/** The evidence on one provision, sorted, by what it can do. */
export interface Found {
  /** Disproves: against, with high or medium confidence. */
  readonly against: readonly Evidence[]
  /** Against, with low confidence: casts doubt and disproves nothing. */
  readonly doubts: readonly Evidence[]
  /** Backs: for, with high or medium confidence, and no signature below E5. */
  readonly backing: readonly Evidence[]
  /** For, and too weak to back anything. */
  readonly hints: readonly Evidence[]
  /** Says that part of the release could not be looked into. */
  readonly blind: readonly Evidence[]
  readonly neutral: readonly Evidence[]
}

const NOTHING: Found = { against: [], doubts: [], backing: [], hints: [], blind: [], neutral: [] }

/** Total order that no input order can disturb. */
export function sortEvidence(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...evidence].sort(
    (a, b) =>
      compareText(a.path, b.path) ||
      a.offset - b.offset ||
      compareText(a.id, b.id) ||
      compareText(a.title.en, b.title.en) ||
      compareText(a.title.de, b.title.de),
  )
}

type Carry = Exclude<Origin['carries'], 'nothing'>

/** A piece of evidence on a provision, and how far it tells there. */
interface Told {
  readonly evidence: Evidence
  readonly carries: Carry
}

/**
 * By provision id. Evidence that names provisions of this edition counts as it is; what names an earlier edition only
 * reaches this one by the lines of `origins`, as far as each says; all other stays out.
 */
export function findByProvision(
  catalogue: CatalogueRule,
  sorted: readonly Evidence[],
): (provision: string) => Found {
  const lists = new Map<string, Told[]>()
  for (const evidence of sorted) {
    for (const [id, carries] of targetsOf(evidence, catalogue)) {
      const list = lists.get(id)
      if (list) list.push({ evidence, carries })
      else lists.set(id, [{ evidence, carries }])
    }
  }
  const founds = new Map<string, Found>()
  return (provision) => {
    const found = founds.get(provision) ?? sortOut(lists.get(provision))
    founds.set(provision, found)
    return found
  }
}

function targetsOf(
  { provisions }: Evidence,
  { edition, origins = [] }: CatalogueRule,
): readonly (readonly [id: string, carries: Carry])[] {
  const own: (readonly [string, Carry])[] = []
  for (const one of provisions)
    if (one.edition === edition && !own.some(([id]) => id === one.id)) own.push([one.id, 'whole'])
  if (own.length > 0) return own
  const targets = new Map<string, Carry>()
  for (const { id, edition: earlier, from, carries } of origins) {
    if (carries === 'nothing') continue
    if (provisions.some((one) => one.edition === earlier && one.id === from)) targets.set(id, carries)
  }
  return [...targets]
}

function sortOut(list: readonly Told[] | undefined): Found {
  if (!list) return NOTHING
  const found = { against: [], doubts: [], backing: [], hints: [], blind: [], neutral: [] } satisfies Found
  const roles: Record<keyof Found, Evidence[]> = found
  for (const one of list) roles[roleOf(one)].push(one.evidence)
  return found
}

function roleOf({ evidence, carries }: Told): keyof Found {
  const weak = evidence.confidence.grade === 'low'
  switch (evidence.polarity) {
    case 'against':
      return weak || carries !== 'whole' ? 'doubts' : 'against'
    case 'for':
      return weak || carries === 'doubt' || !trustworthy(evidence) ? 'hints' : 'backing'
    case 'neutral':
      return evidence.kind.startsWith('scope.') ? 'blind' : 'neutral'
  }
}

/** Below E5 a signature proves nothing about who signed; EX is a failure. */
function trustworthy(one: Evidence): boolean {
  return one.level === undefined || one.level === 'E5' || one.level === 'E6'
}
