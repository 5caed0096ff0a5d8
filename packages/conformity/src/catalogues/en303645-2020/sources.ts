import type { Source } from '@messlatte/model'
import { text } from '../../text.ts'

const CHECKED = '2026-11-22'

export const SOURCES: readonly Source[] = [
  {
    id: 'en303645-v2.1.1',
    title: 'ETSI EN 303 645 V2.1.1 (2020-06), clauses 4 to 6 and Annex B',
    status: 'published',
    checked: CHECKED,
    note: text(
      'The edition of 2020 as published. Numbers, statuses and conditions follow public transcriptions of Annex B; titles are our own paraphrases. V2.1.0 is the label of its final draft; we know of no technical difference. V3.1.3 of 2024 is the current edition.',
      'Die Ausgabe von 2020, wie veröffentlicht. Nummern, Status und Bedingungen folgen öffentlichen Abschriften von Anhang B; die Titel sind eigene Umschreibungen. V2.1.0 ist die Bezeichnung des Schlussentwurfs; ein technischer Unterschied ist uns nicht bekannt. V3.1.3 von 2024 ist die aktuelle Ausgabe.',
    ),
  },
  {
    id: 'en303645-v2.1.1-conditions-3-4',
    title: 'ETSI EN 303 645 V2.1.1 (2020-06), Annex B, rows 5.3-14 and 5.3-15',
    status: 'published',
    checked: CHECKED,
    note: text(
      'That both conditions, 3 and 4, are printed in these rows was seen in one transcription only; it fits the wording of the provisions.',
      'Dass in diesen Zeilen beide Bedingungen, 3 und 4, gedruckt sind, steht nur in einer Abschrift; es passt zum Wortlaut der Anforderungen.',
    ),
  },
  {
    id: 'ts103701-v1.1.1',
    title: 'ETSI TS 103 701 V1.1.1 (2021-08)',
    status: 'published',
    checked: CHECKED,
    note: text(
      'The assessment specification for this edition. The lists of what is missing name its IXIT tables and follow what its test cases look at, in our own words.',
      'Die Prüfspezifikation zu dieser Ausgabe. Die Listen des Fehlenden nennen ihre IXIT-Tabellen und folgen dem, was ihre Prüffälle ansehen, in eigenen Worten.',
    ),
  },
]
