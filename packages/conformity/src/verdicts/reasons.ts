import type { Condition, Evidence, Missing, Reason, Text, TraitId } from '@messlatte/model'
import { compareText } from '../order.ts'
import { ask, text } from '../text.ts'
import { traitsOf, undecidedTraits } from '../traits/condition.ts'
import { DERIVATIONS } from '../traits/derivations.ts'
import { TRAITS } from '../traits/questions.ts'
import type { Traits } from '../traits/resolve.ts'

export const NOTHING_FOUND = bare(
  'Nothing was found that speaks for or against it; not finding something proves nothing.',
  'Es wurde nichts gefunden, was dafür oder dagegen spricht; nichts zu finden beweist nichts.',
)

export const PARTIAL = bare(
  'The release was not looked at completely: what was found may not be all.',
  'Die Veröffentlichung wurde nicht vollständig durchsucht: Das Gefundene ist vielleicht nicht alles.',
)

export const DISPUTED = bare(
  'What was stated about the product is contradicted by what was found in it.',
  'Was zum Produkt angegeben wurde, widerspricht dem, was darin gefunden wurde.',
)

export const BEYOND_IMAGE = text(
  'The image speaks for it and cannot show it alone: that takes units, a running device or documents.',
  'Das Abbild spricht dafür, kann es aber allein nicht zeigen: Dazu braucht es Geräte, ein laufendes Gerät oder Dokumente.',
)

export const JUSTIFICATION_NEEDED = bare(
  'A recommendation that is not met needs a recorded justification (provision 4-1; 5.0-1 in V3.1.3); none was handed in.',
  'Eine nicht erfüllte Empfehlung braucht eine festgehaltene Begründung (Anforderung 4-1; in V3.1.3: 5.0-1); es liegt keine vor.',
)

export const JUSTIFICATION = ask(
  'maker',
  'documents',
  'The justification why this recommendation is not met (ICS detail column, provision 4-1; 5.0-1 in V3.1.3)',
  'Die Begründung, warum diese Empfehlung nicht erfüllt ist (Detailspalte der ICS-Tabelle, Anforderung 4-1; in V3.1.3: 5.0-1)',
)

export function bare(en: string, de: string): Reason {
  return { text: text(en, de), evidence: [] }
}

/** What was said of lists of evidence: several rules say the same of one provision. */
export type SaidBefore = Map<readonly Evidence[], Map<Text | undefined, readonly Reason[]>>

/**
 * One reason per kind of evidence, and one for kinds that say the same, so that a thousand findings of one kind stay one line.
 * @param said remembers them for the next rule
 */
export function byKind(list: readonly Evidence[], lead?: Text, said?: SaidBefore): readonly Reason[] {
  if (list.length === 0) return []
  const ofList = said?.get(list) ?? new Map<Text | undefined, readonly Reason[]>()
  const reasons = ofList.get(lead) ?? reasonsByKind(list, lead)
  said?.set(list, ofList.set(lead, reasons))
  return reasons
}

function reasonsByKind(list: readonly Evidence[], lead: Text | undefined): readonly Reason[] {
  const kinds = [...Map.groupBy(list, ({ kind }) => kind)].sort(([a], [b]) => compareText(a, b))
  const told = Map.groupBy(kinds, ([, same]) => same[0]!.title.en)
  return [...told.values()].map((alike): Reason => {
    const [, first] = alike[0]!
    const same = alike.length === 1 ? first : alike.flatMap(([, list]) => list)
    const ids = idsOf(same)
    return { text: summary(same, ids.length - 1, lead), evidence: ids }
  })
}

export function idsOf(list: readonly Evidence[]): readonly string[] {
  const [first] = list
  if (list.length === 1 && first) return [first.id]
  return [...new Set(list.map((one) => one.id))]
}

function summary(same: readonly Evidence[], more: number, lead?: Text): Text {
  const first = same[0]!.title
  return text(
    `${lead ? `${lead.en}: ` : ''}${first.en}${more > 0 ? ` (and ${more} more of this kind)` : ''}`,
    `${lead ? `${lead.de}: ` : ''}${first.de}${more > 0 ? ` (und ${more} weitere dieser Art)` : ''}`,
  )
}

/** The known answers on which a condition rests. */
export function answers(condition: Condition, traits: Traits): readonly Reason[] {
  return distinct(traitsOf(condition)).flatMap((id) => {
    const trait = traits.list.find((one) => one.id === id)
    if (!trait || trait.value === null) return []
    const { en, de } = questionOf(id)
    const [yes, ja] = trait.value ? ['yes', 'ja'] : ['no', 'nein']
    const [from, aus] =
      trait.origin === 'stated'
        ? ['stated', 'angegeben']
        : ['derived from the image', 'aus dem Abbild abgeleitet']
    return [{ text: text(`${en} – ${yes} (${from})`, `${de} – ${ja} (${aus})`), evidence: trait.because }]
  })
}

/** Where the statement about a trait and the evidence disagree. */
export function conflicts(conditions: readonly (Condition | undefined)[], traits: Traits): readonly Reason[] {
  const named = distinct(conditions.flatMap((condition) => (condition ? traitsOf(condition) : [])))
  return named.flatMap((id) => {
    const because = traits.conflicts.get(id)
    if (!because) return []
    const { en, de } = questionOf(id)
    const shown = DERIVATIONS.find((line) => line.trait === id)?.reason ?? EVIDENCE_DISAGREES
    return [
      {
        text: text(
          `The statement and the evidence disagree: “${en}” – ${shown.en}.`,
          `Angabe und Befund widersprechen sich: „${de}“ – ${shown.de}.`,
        ),
        evidence: because,
      },
    ]
  })
}

const EVIDENCE_DISAGREES = text('the evidence says otherwise', 'der Befund sagt anderes')

export function unanswered(condition: Condition | undefined, traits: Traits): readonly Missing[] {
  if (!condition) return []
  return distinct(undecidedTraits(condition, traits.held)).map((id) => {
    const { en, de } = questionOf(id)
    return ask('maker', 'documents', `An answer to: ${en}`, `Eine Antwort auf: ${de}`)
  })
}

export function questionOf(id: TraitId): Text {
  return TRAITS.find((trait) => trait.id === id)!.question
}

function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Set(items)]
}
