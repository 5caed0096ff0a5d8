import type { ComparedSecret } from '@messlatte/model'
import type { EvidenceDraft } from '../../contract.ts'
import type { ReleaseSecret } from '../../secrets/secret.ts'
import { type Analysis, analyse } from '../values/analysis.ts'
import { generationEvidence } from '../values/evidence.ts'
import type { PublicValue } from '../values/identity.ts'
import { valuesTold } from '../values/told.ts'
import { outcomeEvidence, placeOfFirst } from './evidence.ts'
import { outcomeOf, type UnitSecrets } from './outcome.ts'
import { slotsOf, type UnitInspected } from './slots.ts'

export interface UnitToCompare extends UnitInspected {
  readonly publics: readonly PublicValue[]
}

export interface ComparedDumps {
  readonly secrets: readonly ComparedSecret[]
  readonly drafts: readonly EvidenceDraft[]
}

/** Shorter values say too little to look for rules in them. */
const LEAST_VALUE = 4

/**
 * Compares the secrets of two or more units. @param release those of the release, where one was handed in
 * @param words in lower case
 */
export function compareDumps(
  units: readonly UnitToCompare[],
  release: readonly ReleaseSecret[] | undefined,
  words: ReadonlySet<string>,
): ComparedDumps {
  const publics = new Map(units.map((unit) => [unit.name, unit.publics]))
  const released = release && new Set(release.map(({ digest }) => digest))
  const all = slotsOf(units).map((slot) => {
    const compared = outcomeOf(slot)
    const inRelease =
      released === undefined
        ? null
        : slot.some(({ secrets }) => secrets.some(({ digest }) => released.has(digest)))
    const analysis = analysisOf(slot, publics, words)
    const first = slot[0]?.secrets[0] as ReleaseSecret
    const row: ComparedSecret = {
      kind: first.kind,
      subject: first.subject,
      opens: first.opens,
      name: first.name,
      outcome: compared.outcome,
      groups: compared.groups,
      places: slot.flatMap(({ unit, secrets }) =>
        secrets.map(({ place, form, publicSha256 }) => ({
          unit,
          path: place.path,
          offset: place.offset,
          length: place.length,
          sha256: place.sha256,
          form,
          publicSha256,
        })),
      ),
      inRelease,
      values: analysis ? valuesTold(analysis) : null,
    }
    const drafts = [
      ...outcomeEvidence(row, slot, units.length),
      ...(analysis && analysis.shape.distinct > 1 ? generated(row, slot, analysis) : []),
    ]
    return { row, drafts }
  })
  return { secrets: all.map(({ row }) => row), drafts: all.flatMap(({ drafts }) => drafts) }
}

/** The values of a place, one of each unit. */
function valuesOf(
  slot: readonly UnitSecrets[],
): readonly { readonly unit: string; readonly value: string }[] {
  return slot.flatMap(({ unit, secrets }) => {
    const value = secrets.find((one) => one.value !== undefined && one.value.length >= LEAST_VALUE)?.value
    return value === undefined ? [] : [{ unit, value }]
  })
}

function analysisOf(
  slot: readonly UnitSecrets[],
  publics: ReadonlyMap<string, readonly PublicValue[]>,
  words: ReadonlySet<string>,
): Analysis | undefined {
  const values = valuesOf(slot)
  if (values.length < 2) return undefined
  return analyse(
    values.map(({ unit, value }) => ({ value, publics: publics.get(unit) ?? [] })),
    words,
  )
}

/** Few dumps never speak for a generator; a rule that they follow speaks against it. */
function generated(
  row: ComparedSecret,
  slot: readonly UnitSecrets[],
  analysis: Analysis,
): readonly EvidenceDraft[] {
  const { opens } = row
  if (opens !== 'device' && opens !== 'service') return []
  const drafts = generationEvidence({
    place: placeOfFirst(slot),
    name: row.name,
    about: opens === 'device' ? 'password' : 'parameter',
    units: valuesOf(slot).map(({ unit }) => unit),
    analysis,
    fixedForm: analysis.checkDigit,
  })
  return drafts.filter(({ kind, polarity }) => kind !== 'units.password.random' || polarity === 'for')
}
