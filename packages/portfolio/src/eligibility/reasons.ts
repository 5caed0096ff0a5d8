import { dayText } from '@messlatte/conformity'
import type { Text } from '@messlatte/model'
import { type Day, daysBetween } from '../days.ts'
import type { Unsettled } from '../state.ts'
import { text } from '../text.ts'

export type ReasonCode =
  | 'no-firmware'
  | 'not-concerned'
  | 'no-rule'
  | 'placed-before'
  | 'placed-before-unproved'
  | 'planned-before'
  | 'planned-passed'
  | 'far-before'
  | 'date-unknown'
  | 'placed-after'
  | 'no-day'
  | 'made-available'
  | 'no-update-capability'
  | 'no-release'
  | 'no-evidence'
  | 'fails'
  | 'fails-by-reading'
  | 'contested'
  | 'open'
  | 'nothing-against'
  | 'certificate-expired'
  | 'support-ended'

/** Why an answer is what it is. */
export interface AnswerReason {
  readonly code: ReasonCode
  readonly text: Text
  /** Numbers of provisions or requirements that it is about. */
  readonly about: readonly string[]
}

export type ChangeCode =
  | 'prove-date'
  | 'state-date'
  | 'place-earlier'
  | 'keep-date'
  | 'hand-in-release'
  | 'better-release'
  | 'settle'
  | 'official-text'
  | 'renew-certificate'
  | 'extend-support'

/** What would turn an answer into another. */
export interface Change {
  readonly code: ChangeCode
  readonly text: Text
  readonly about: readonly string[]
}

export function reason(
  code: ReasonCode,
  en: string,
  de: string,
  about: readonly string[] = [],
): AnswerReason {
  return { code, text: text(en, de), about }
}

export function change(code: ChangeCode, en: string, de: string, about: readonly string[] = []): Change {
  return { code, text: text(en, de), about }
}

/** Reasons that never differ are made once: plans have 10,000s of rows. */
export const NO_FIRMWARE = reason(
  'no-firmware',
  'It holds no firmware, as stated; the rule is about products with software',
  'Es enthält laut Angabe keine Firmware; die Regel betrifft Produkte mit Software',
)
export const NOT_CONCERNED = reason(
  'not-concerned',
  'By the stated answers the rule is not about this product',
  'Nach den Angaben zum Produkt betrifft die Regel es nicht',
)
export const NO_RULE = reason(
  'no-rule',
  'No rule that we know opens or closes this market',
  'Keine uns bekannte Regel öffnet oder verschließt diesen Markt',
)
export const NO_RELEASE = reason(
  'no-release',
  'No firmware release is named',
  'Es ist keine Firmware-Version genannt',
)
export const NO_EVIDENCE = reason(
  'no-evidence',
  'No result about this firmware is at hand',
  'Zu dieser Firmware liegt kein Ergebnis vor',
)
export const NOTHING_AGAINST = reason(
  'nothing-against',
  'Nothing that the rule asks for is open, contested or disproved',
  'Nichts, was die Regel verlangt, ist offen, widersprüchlich oder widerlegt',
)
export const MADE_AVAILABLE = reason(
  'made-available',
  'The units are made available, not placed: the rule looks at the day on which they were placed',
  'Die Geräte werden bereitgestellt, nicht in Verkehr gebracht: Die Regel fragt nach dem Tag des Inverkehrbringens',
)
export const NO_UPDATE_CAPABILITY = reason(
  'no-update-capability',
  'It cannot be updated, as stated: what is found in it later stays in it',
  'Es lässt sich laut Angabe nicht aktualisieren: Was später darin gefunden wird, bleibt darin',
)
export const NO_DAY = reason(
  'no-day',
  'The rule divides units by no day',
  'Die Regel unterscheidet Geräte nicht nach einem Tag',
)
export const DATE_UNKNOWN = reason(
  'date-unknown',
  'The day on which the units were placed is not known',
  'Der Tag des Inverkehrbringens der Geräte ist nicht bekannt',
)
export const PROVE_DATE = change(
  'prove-date',
  'A document that proves the day on which the units were placed (delivery note, customs entry, invoice with batch or serial numbers)',
  'Ein Dokument, das den Tag des Inverkehrbringens belegt (Lieferschein, Zollanmeldung, Rechnung mit Chargen- oder Seriennummern)',
)
export const STATE_DATE = change(
  'state-date',
  'The day on which these units were or will be placed, with its document',
  'Der Tag, an dem diese Geräte in Verkehr gebracht wurden oder werden, mit seinem Dokument',
)
export const HAND_IN_RELEASE = change(
  'hand-in-release',
  'The files of the firmware release, or an evidence pack of it',
  'Die Dateien der Firmware-Version oder ein Evidenzpaket dazu',
)
export const OFFICIAL_TEXT = change(
  'official-text',
  'An official text that confirms, changes or denies the rule as it was reported',
  'Ein amtlicher Text, der die berichtete Regel bestätigt, ändert oder dementiert',
)

export function placedBefore(
  code: 'placed-before' | 'placed-before-unproved',
  day: Day,
  last: Day,
): AnswerReason {
  const at = dayText(day)
  const end = dayText(last)
  return code === 'placed-before'
    ? reason(
        code,
        `Placed on ${at.en}, with a document named as proof (not read here); the cut-off is ${end.en}, 24:00`,
        `In Verkehr gebracht am ${at.de}, mit einem als Nachweis genannten Dokument (hier nicht gelesen); der Stichtag ist der ${end.de}, 24:00 Uhr`,
      )
    : reason(
        code,
        `Said to have been placed on ${at.en}, by ${end.en} 24:00; no document proves it`,
        `Laut Angabe am ${at.de} in Verkehr gebracht, vor Ablauf des ${end.de}, 24:00 Uhr; kein Dokument belegt es`,
      )
}

export function plannedBefore(day: Day, last: Day): AnswerReason {
  const left = daysBetween(day, last)
  const at = dayText(day)
  return reason(
    'planned-before',
    `Planned for ${at.en}, ${left} ${left === 1 ? 'day' : 'days'} before the last free day; nothing shows yet that it will hold`,
    `Geplant für den ${at.de}, ${left} ${left === 1 ? 'Tag' : 'Tage'} vor dem letzten freien Tag; noch zeigt nichts, dass es dabei bleibt`,
  )
}

export function farBefore(day: Day, last: Day): AnswerReason {
  const at = dayText(day)
  const end = dayText(last)
  return reason(
    'far-before',
    `By the stated day, ${at.en}, the rule does not look at these units: its last free day is ${end.en}`,
    `Nach dem angegebenen Tag, ${at.de}, fragt die Regel nicht nach diesen Geräten: Ihr letzter freier Tag ist der ${end.de}`,
  )
}

export function plannedPassed(day: Day): AnswerReason {
  const at = dayText(day)
  return reason(
    'planned-passed',
    `Was planned for ${at.en}; whether it happened is not recorded`,
    `War für den ${at.de} geplant; ob es dazu kam, ist nicht vermerkt`,
  )
}

export function placedAfter(day: Day, last: Day): AnswerReason {
  const at = dayText(day)
  const end = dayText(last)
  return reason(
    'placed-after',
    `The day of placing, ${at.en}, lies after the last free day, ${end.en}`,
    `Der Tag des Inverkehrbringens, ${at.de}, liegt nach dem letzten freien Tag, dem ${end.de}`,
  )
}

const MOST_NAMED = 12

/** Numbers for a sentence; a long list is counted. */
function named(all: readonly Unsettled[]): Text {
  const ids = all.map(({ id }) => id)
  const shown = ids.slice(0, MOST_NAMED).join(', ')
  const more = ids.length - MOST_NAMED
  return more > 0 ? text(`${shown} and ${more} more`, `${shown} und ${more} weitere`) : text(shown, shown)
}

export function about(
  code: 'fails' | 'fails-by-reading' | 'contested' | 'open',
  all: readonly Unsettled[],
): AnswerReason {
  const ids = all.map(({ id }) => id)
  const list = named(all)
  switch (code) {
    case 'fails':
      return reason(code, `Fails: ${list.en}`, `Nicht erfüllt: ${list.de}`, ids)
    case 'fails-by-reading':
      return reason(
        code,
        `Fails by a standard that is not law, or by our own reading: ${list.en}`,
        `Nicht erfüllt nach einer Norm, die kein Recht ist, oder nach eigener Auslegung: ${list.de}`,
        ids,
      )
    case 'contested':
      return reason(code, `Contested: ${list.en}`, `Widersprüchlich: ${list.de}`, ids)
    case 'open':
      return reason(code, `Open: ${list.en}`, `Offen: ${list.de}`, ids)
  }
}

export function betterRelease(failing: readonly Unsettled[]): Change {
  const list = named(failing)
  return change(
    'better-release',
    `A release without what disproves ${list.en}`,
    `Eine Firmware ohne das, was ${list.de} widerlegt`,
    failing.map(({ id }) => id),
  )
}

export function settle(unsettled: readonly Unsettled[]): Change {
  const list = named(unsettled)
  return change(
    'settle',
    `What is missing on ${list.en}`,
    `Was zu ${list.de} fehlt`,
    unsettled.map(({ id }) => id),
  )
}

export function placeEarlier(last: Day): Change {
  const end = dayText(last)
  return change(
    'place-earlier',
    `Placing by ${end.en}, 24:00 local time, with a document that proves it`,
    `Inverkehrbringen bis zum ${end.de}, 24:00 Uhr Ortszeit, mit einem Dokument, das es belegt`,
  )
}

export function keepDate(last: Day): Change {
  const end = dayText(last)
  return change(
    'keep-date',
    `If it slips past ${end.en} the answer is that of the firmware`,
    `Verschiebt es sich über den ${end.de} hinaus, gilt die Antwort der Firmware`,
  )
}
