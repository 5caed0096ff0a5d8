import type { ProfileRule } from '../../rules.ts'
import { text } from '../../text.ts'
import { overBothEditions } from '../mapping.ts'
import { CHECKLISTS } from './checklists.ts'
import { REQUIREMENTS } from './requirements.ts'
import { SOURCES } from './sources.ts'

/** The Cyber Resilience Act by the letters of its Annex I, with the duties of each role as checklists. */
export const EU_CRA_2027: readonly ProfileRule[] = overBothEditions({
  id: 'eu-cra-2027',
  version: '1.0.0',
  edition: 'en303645-2020',
  title: text('EU Cyber Resilience Act from December 2027', 'EU-Cyberresilienz-Verordnung ab Dezember 2027'),
  question: text(
    'May this product with digital elements be placed on the Union market?',
    'Darf dieses Produkt mit digitalen Elementen auf dem Unionsmarkt in Verkehr gebracht werden?',
  ),
  market: 'EU',
  roles: ['maker', 'authorised-representative', 'importer', 'distributor'],
  lastFreeDay: '2027-12-10',
  zone: 'Europe/Brussels',
  reading: 'new-units',
  consequence: text(
    'Units placed from the day on need a conformity assessment and CE marking under the Act; certificates issued before under other law end by 11 June 2028 at the latest. Authorities can restrict, withdraw or recall.',
    'Geräte, die ab dem Tag in Verkehr gebracht werden, brauchen das Bewertungsverfahren der Verordnung und die CE-Kennzeichnung; zuvor nach anderem Recht ausgestellte Bescheinigungen enden spätestens am 11. Juni 2028. Behörden können einschränken, zurücknehmen oder zurückrufen lassen.',
  ),
  asks: [],
  overrides: [],
  criteria: [],
  requirements: REQUIREMENTS,
  checklists: CHECKLISTS,
  sources: SOURCES,
  caveat: text(
    'Applies from 11 December 2027; reporting (Article 14) since 11 September 2026. No harmonised standard was cited under the Act as of 4 June 2026, and EN 303 645 gives no presumption of conformity. Which items of Annex I Part I(2) apply, the maker’s risk assessment decides; the lines that lead there are of the BSI, of JRC/ENISA, or our analysis.',
    'Gilt ab 11. Dezember 2027; Meldepflichten (Artikel 14) seit 11. September 2026. Bis 4. Juni 2026 war keine harmonisierte Norm zu der Verordnung gelistet, und EN 303 645 begründet keine Konformitätsvermutung. Welche Punkte von Anhang I Teil I(2) zutreffen, entscheidet die Risikobewertung des Herstellers; die Zeilen dorthin stammen vom BSI, von JRC/ENISA oder sind unsere Analyse.',
  ),
})
