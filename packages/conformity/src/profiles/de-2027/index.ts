import type { ProfileRule } from '../../rules.ts'
import { text } from '../../text.ts'
import { CRITERIA } from './criteria.ts'
import { OVERRIDES } from './overrides.ts'
import { SOURCES } from './sources.ts'

/** The German rule as it was reported on 2 July 2026, over the edition of 2020. */
export const DE_2027: ProfileRule = {
  id: 'de-2027',
  version: '1.2.0',
  edition: 'en303645-2020',
  title: text('Germany 2027, as reported', 'Deutschland 2027, wie berichtet'),
  question: text(
    'May this product be placed on the German market?',
    'Darf dieses Produkt auf dem deutschen Markt in Verkehr gebracht werden?',
  ),
  market: 'DE',
  roles: ['maker', 'importer', 'distributor'],
  lastFreeDay: '2027-01-01',
  zone: 'Europe/Berlin',
  reading: 'new-units',
  consequence: text(
    'The report says that products are barred from “CE marking renewal”. A marking has no term and nobody renews it; we read this as new units placed on the market after the day.',
    'Der Bericht sagt, Produkten werde die „Erneuerung der CE-Kennzeichnung“ verwehrt. Eine Kennzeichnung hat keine Laufzeit, und niemand erneuert sie; wir lesen dies als neue Geräte, die nach dem Tag in Verkehr gebracht werden.',
  ),
  asks: 'all',
  overrides: OVERRIDES,
  criteria: CRITERIA,
  requirements: [],
  checklists: [],
  sources: SOURCES,
  caveat: text(
    'Reported on 2 July 2026; no primary source found as of 22 November 2026. The report names v2.1.0, the label of the final draft of EN 303 645 V2.1.1. Lines marked “analysis” are our own conclusions. This is not a statement about law in force.',
    'Berichtet am 2. Juli 2026; bis zum 22. November 2026 keine Primärquelle gefunden. Der Bericht nennt v2.1.0, die Bezeichnung des Schlussentwurfs von EN 303 645 V2.1.1. Zeilen mit „Analyse“ sind eigene Schlüsse. Dies ist keine Aussage über geltendes Recht.',
  ),
}
