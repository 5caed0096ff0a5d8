import type { Catalogue, Evidence } from '@messlatte/model'
import { compareText } from '../order.ts'

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

/** By provision id; evidence that names a provision of another edition stays out. */
export function findByProvision(
  catalogue: Catalogue,
  sorted: readonly Evidence[],
): (provision: string) => Found {
  const lists = new Map<string, Evidence[]>()
  for (const one of sorted) {
    const ids = one.provisions.filter(({ edition }) => edition === catalogue.edition).map(({ id }) => id)
    for (const id of new Set(ids)) {
      const list = lists.get(id)
      if (list) list.push(one)
      else lists.set(id, [one])
    }
  }
  return (provision) => sortOut(lists.get(provision))
}

function sortOut(list: readonly Evidence[] | undefined): Found {
  if (!list) return NOTHING
  const where = (role: keyof Found) => list.filter((one) => roleOf(one) === role)
  return {
    against: where('against'),
    doubts: where('doubts'),
    backing: where('backing'),
    hints: where('hints'),
    blind: where('blind'),
    neutral: where('neutral'),
  }
}

function roleOf(one: Evidence): keyof Found {
  const weak = one.confidence.grade === 'low'
  switch (one.polarity) {
    case 'against':
      return weak ? 'doubts' : 'against'
    case 'for':
      return weak || !trustworthy(one) ? 'hints' : 'backing'
    case 'neutral':
      return one.kind.startsWith('scope.') ? 'blind' : 'neutral'
  }
}

/** Below E5 a signature proves nothing about who signed; EX is a failure. */
function trustworthy(one: Evidence): boolean {
  return one.level === undefined || one.level === 'E5' || one.level === 'E6'
}
