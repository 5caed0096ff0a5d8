import type { ProfileRule } from '../../rules.ts'
import { text } from '../../text.ts'
import { overBothEditions } from '../mapping.ts'
import { ACCESS } from './access.ts'
import { EQUIPMENT } from './equipment.ts'
import { PROTECTION } from './protection.ts'
import { SOURCES } from './sources.ts'

/** The cybersecurity requirements of the Radio Equipment Directive, by the numbers of EN 18031. */
export const EU_RED_2025: readonly ProfileRule[] = overBothEditions({
  id: 'eu-red-2025',
  version: '1.0.0',
  edition: 'en303645-2020',
  title: text(
    'EU radio equipment since August 2025 (EN 18031)',
    'EU-Funkanlagen seit August 2025 (EN 18031)',
  ),
  question: text(
    'May this radio equipment be placed on the Union market?',
    'Darf diese Funkanlage auf dem Unionsmarkt in Verkehr gebracht werden?',
  ),
  market: 'EU',
  roles: ['maker', 'authorised-representative', 'importer', 'distributor'],
  lastFreeDay: '2025-07-31',
  zone: 'Europe/Brussels',
  reading: 'new-units',
  consequence: text(
    'Units that are placed on the market must meet Article 3(3) of the Directive; where a restriction on EN 18031 fits, or the standard is not applied in full, a notified body is needed. Authorities can restrict, withdraw or recall.',
    'Geräte, die in Verkehr gebracht werden, müssen Artikel 3 Absatz 3 der Richtlinie erfüllen; trifft eine Einschränkung zu EN 18031 zu oder wird die Norm nicht vollständig angewandt, ist eine notifizierte Stelle nötig. Behörden können einschränken, zurücknehmen oder zurückrufen lassen.',
  ),
  asks: [],
  overrides: [],
  criteria: [],
  requirements: [...ACCESS, ...PROTECTION, ...EQUIPMENT],
  checklists: [
    {
      id: 'red-scope',
      title: text('Before the assessment: which parts apply', 'Vor der Bewertung: welche Teile zutreffen'),
      roles: ['maker'],
      appliesFrom: '2025-08-01',
      source: 'red-2022-30',
      items: [
        {
          ref: '3(3)(d)',
          text: text(
            'Radio equipment that communicates over the internet, directly or through other equipment: part 1',
            'Funkanlagen, die direkt oder über andere Geräte über das Internet kommunizieren: Teil 1',
          ),
        },
        {
          ref: '3(3)(e)',
          text: text(
            'The same where personal, traffic or location data are processed, and child care, toys and wearables: part 2',
            'Dieselben, wenn Personen-, Verkehrs- oder Standortdaten verarbeitet werden, sowie Kinderbetreuung, Spielzeug und am Körper Getragenes: Teil 2',
          ),
        },
        {
          ref: '3(3)(f)',
          text: text(
            'The same where money, monetary value or virtual currency can be transferred: part 3',
            'Dieselben, wenn Geld, geldwerte Guthaben oder virtuelle Währung übertragen werden können: Teil 3',
          ),
        },
      ],
    },
    {
      id: 'red-presumption',
      title: text('What takes the presumption away', 'Was die Vermutung entfallen lässt'),
      roles: ['maker'],
      appliesFrom: '2025-08-01',
      source: 'decision-2025-138',
      items: [
        {
          ref: 'AUM-5-1, AUM-5-2',
          text: text(
            'Users are free not to set and use a password',
            'Benutzern steht es frei, kein Passwort zu setzen und zu verwenden',
          ),
        },
        {
          ref: 'ACM-3 to ACM-6',
          text: text(
            'Toys or child care without control by parents or guardians',
            'Spielzeug oder Kinderbetreuung ohne Kontrolle durch Eltern oder Aufsichtspersonen',
          ),
        },
        {
          ref: 'SUM-2 (part 3)',
          text: text(
            'Equipment that moves money relies on the update criteria alone',
            'Anlagen, die Geld bewegen, stützen sich allein auf die Kriterien für Aktualisierungen',
          ),
        },
        {
          ref: 'all parts',
          text: text(
            'Sections with rationale and guidance are relied on',
            'Man beruft sich auf Abschnitte mit Begründung und Anleitung',
          ),
        },
      ],
    },
  ],
  sources: SOURCES,
  caveat: text(
    'In force for radio equipment since 1 August 2025. Numbers are those of EN 18031; what leads there from EN 303 645 is our analysis, and EN 303 645 gives no presumption of conformity under RED. An assessment by the standard’s own decision trees is the maker’s or a notified body’s.',
    'Für Funkanlagen in Kraft seit dem 1. August 2025. Die Nummern sind die der EN 18031; was von EN 303 645 dorthin führt, ist unsere Analyse, und EN 303 645 begründet keine Konformitätsvermutung nach RED. Die Bewertung nach den Entscheidungsbäumen der Norm ist Sache des Herstellers oder einer notifizierten Stelle.',
  ),
})
