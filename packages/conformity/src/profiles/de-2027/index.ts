import type { ProfileRule } from '../../rules.ts'
import { text } from '../../text.ts'
import { CRITERIA } from './criteria.ts'
import { OVERRIDES } from './overrides.ts'
import { SOURCES } from './sources.ts'

/** The German rule as it was reported on 2 July 2026, over the edition of 2020. */
export const DE_2027: ProfileRule = {
  id: 'de-2027',
  version: '1.1.0',
  edition: 'en303645-2020',
  title: text('Germany 2027, as reported', 'Deutschland 2027, wie berichtet'),
  market: 'DE',
  lastFreeDay: '2027-01-01',
  zone: 'Europe/Berlin',
  overrides: OVERRIDES,
  criteria: CRITERIA,
  sources: SOURCES,
  caveat: text(
    'Reported on 2 July 2026; no primary source found as of 22 November 2026. The report names v2.1.0, the label of the final draft of EN 303 645 V2.1.1. Lines marked “analysis” are our own conclusions. This is not a statement about law in force.',
    'Berichtet am 2. Juli 2026; bis zum 22. November 2026 keine Primärquelle gefunden. Der Bericht nennt v2.1.0, die Bezeichnung des Schlussentwurfs von EN 303 645 V2.1.1. Zeilen mit „Analyse“ sind eigene Schlüsse. Dies ist keine Aussage über geltendes Recht.',
  ),
}
