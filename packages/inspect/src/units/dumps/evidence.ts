import type { ComparedSecret, Confidence } from '@messlatte/model'
import type { EvidenceDraft, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { UnitSecrets } from './outcome.ts'
import * as say from './say.ts'

const MOST_PLACES = 50

/** What it means that a secret is the same in several units, or is not. */
export function outcomeEvidence(
  row: ComparedSecret,
  slot: readonly UnitSecrets[],
  units: number,
): readonly EvidenceDraft[] {
  const common = { place: placeOfFirst(slot), observation: observed(row, units) }
  switch (row.outcome) {
    case 'equal':
    case 'partly-equal':
      return [
        {
          ...common,
          kind: row.opens === 'device' ? 'units.password.equal' : 'units.parameter.equal',
          polarity: 'against',
          ...equalTouches(row),
          title: say.equal(row, slot.length),
          confidence: equalConfidence(row, slot),
          overturnedBy: say.EQUAL_OVERTURNED[row.opens],
        },
      ]
    case 'differ':
      return [
        {
          ...common,
          kind: row.opens === 'device' ? 'units.password.differ' : 'units.parameter.differ',
          polarity: 'for',
          ...differTouches(row),
          title: say.differ(row, slot.length),
          confidence: differConfidence(row, slot, units),
        },
      ]
    case 'not-comparable':
      return [
        {
          ...common,
          kind: 'scope.units.not-comparable',
          polarity: 'neutral',
          ...differTouches(row),
          title: say.notComparable(row),
          confidence: { grade: 'high', reason: say.OWN_SALT },
        },
      ]
    case 'one-unit':
      return []
  }
}

export function placeOfFirst(slot: readonly UnitSecrets[]): Place {
  return slot[0]?.secrets[0]?.place as Place
}

/** What is equal in all units and in the release is in the device's software; what is equal in units is no unit's own. */
function equalTouches({ opens, inRelease }: ComparedSecret) {
  const fixed = inRelease === true ? ['5.4-3'] : []
  const fixedCases = inRelease === true ? ['5.4-3-2'] : []
  switch (opens) {
    case 'device':
      return {
        provisions: provisions(['5.1-1', ...fixed]),
        cases: cases('5.1-1-1', '5.1-1-2', ...fixedCases),
      }
    case 'service':
      return { provisions: provisions(['5.4-4', ...fixed]), cases: cases('5.4-4-1', ...fixedCases) }
    case 'network':
    case 'ssh':
    case 'stored':
      return { provisions: provisions(['5.4-3']), cases: cases('5.4-3-2') }
  }
}

function differTouches({ opens }: ComparedSecret) {
  switch (opens) {
    case 'device':
      return { provisions: provisions(['5.1-1']), cases: cases('5.1-1-2') }
    case 'service':
      return { provisions: provisions(['5.4-4']), cases: cases('5.4-4-1') }
    case 'network':
    case 'ssh':
    case 'stored':
      return { provisions: provisions(['5.4-3']), cases: cases('5.4-3-2') }
  }
}

function equalConfidence(row: ComparedSecret, slot: readonly UnitSecrets[]): Confidence {
  const all = slot.flatMap(({ secrets }) => secrets)
  if (row.subject === 'wifi-client') return { grade: 'low', reason: say.USERS_NETWORK }
  if (all.some(({ weakness }) => weakness === 'no-shell' || weakness === 'no-account'))
    return { grade: 'low', reason: say.NO_LOGIN }
  if (all.some(({ weakness }) => weakness !== null)) return { grade: 'low', reason: say.WEAKER }
  if (all.some(({ known }) => known)) return { grade: 'high', reason: say.KNOWN }
  if (row.kind === 'private-key') return { grade: 'high', reason: say.SAME_KEY }
  return row.inRelease === true
    ? { grade: 'high', reason: say.IN_RELEASE }
    : { grade: 'medium', reason: say.SAME_VALUE }
}

function differConfidence(row: ComparedSecret, slot: readonly UnitSecrets[], units: number): Confidence {
  const all = slot.flatMap(({ secrets }) => secrets)
  if (slot.length < units) return { grade: 'low', reason: say.notInAll(slot.length, units) }
  if (row.opens === 'device' && all.some(({ known }) => known))
    return { grade: 'low', reason: say.SOME_KNOWN }
  return { grade: 'medium', reason: row.kind === 'private-key' ? say.OTHER_KEY : say.OTHER_VALUE }
}

function observed(
  { name, subject, kind, outcome, groups, places, inRelease }: ComparedSecret,
  units: number,
) {
  return {
    secret: kind,
    subject,
    name,
    outcome,
    units,
    ...(groups.length > 0 ? { equalIn: groups } : {}),
    ...(inRelease === null ? {} : { inRelease }),
    places: places.slice(0, MOST_PLACES).map(({ unit, path, offset, length, form, publicSha256 }) => ({
      unit,
      path,
      form,
      ...(publicSha256 === null ? {} : { publicSha256 }),
      repeat: `tail -c +${offset + 1} FILE | head -c ${length}`,
    })),
  }
}
