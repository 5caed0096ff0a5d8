import type { Requirement, Source } from '@messlatte/model'
import type { ProfileRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { linesBy } from '../mapping.ts'

const CHECKED = '2026-11-22'

const SOURCES: readonly Source[] = [
  {
    id: 'uk-psti-2023-1007',
    title: 'UK, SI 2023/1007 (security requirements for relevant connectable products), Schedules 1 and 2',
    status: 'in-force',
    appliesFrom: '2024-04-29',
    checked: CHECKED,
    note: text(
      'Regulations under the PSTI Act 2022, amended by SI 2025/211 and SI 2025/1267. Three requirements; provisions of EN 303 645 V2.1.1 are named as deemed to meet them. Known from a public dossier.',
      'Verordnung nach dem PSTI Act 2022, geändert durch SI 2025/211 und SI 2025/1267. Drei Anforderungen; Anforderungen der EN 303 645 V2.1.1 gelten als deren Erfüllung. Aus einem öffentlichen Dossier bekannt.',
    ),
  },
]

const law = linesBy('SI 2023/1007', 'uk-psti-2023-1007')

type Entry = Pick<Requirement, 'id' | 'title' | 'pillar' | 'lines' | 'missing' | 'note'>

function asked(entry: Entry): Requirement {
  return {
    ...entry,
    where: 'SI 2023/1007',
    source: 'uk-psti-2023-1007',
    sourceStatus: 'in-force',
  }
}

const REQUIREMENTS: readonly Requirement[] = [
  asked({
    id: 'PSTI-1',
    pillar: 'credentials',
    title: text(
      'Passwords are unique per product or set by the user, and cannot be guessed from counters, serial numbers or public information',
      'Passwörter sind je Produkt einmalig oder vom Benutzer gesetzt und nicht aus Zählern, Seriennummern oder öffentlichen Angaben zu erraten',
    ),
    lines: law('same', 'high', '5.1-1', '5.1-2'),
    missing: [
      ask(
        'maker',
        'units',
        'The labels of at least two units with their serial and MAC numbers, and how the passwords are made',
        'Die Etiketten von mindestens zwei Geräten mit Serien- und MAC-Nummern und die Beschreibung, wie die Passwörter entstehen',
      ),
    ],
  }),
  asked({
    id: 'PSTI-2',
    pillar: null,
    title: text(
      'A contact for security issues is published, with the times of acknowledgement and status updates',
      'Ein Kontakt für Sicherheitsprobleme ist veröffentlicht, mit den Fristen für Eingangsbestätigung und Zwischenstände',
    ),
    note: text(
      'ISO/IEC 29147:2018, 6.2.2, 6.2.5 and 6.5, with publication, is another way that the law names.',
      'ISO/IEC 29147:2018, 6.2.2, 6.2.5 und 6.5, mit Veröffentlichung, ist ein weiterer Weg, den das Recht nennt.',
    ),
    lines: law('same', 'high', '5.2-1'),
    missing: [
      ask(
        'maker',
        'documents',
        'The address of the published page, reachable without an account, in English',
        'Die Adresse der veröffentlichten Seite, ohne Konto erreichbar, auf Englisch',
      ),
    ],
  }),
  asked({
    id: 'PSTI-3',
    pillar: 'updates',
    title: text(
      'The minimum period of security updates is published with its end date, and is not shortened',
      'Der Mindestzeitraum für Sicherheitsaktualisierungen ist mit Enddatum veröffentlicht und wird nicht verkürzt',
    ),
    lines: law('same', 'high', '5.3-13'),
    missing: [
      ask(
        'maker',
        'documents',
        'The address of the published period with its end date, also where the product is offered for sale by the maker',
        'Die Adresse des veröffentlichten Zeitraums mit Enddatum, auch dort, wo der Hersteller das Produkt zum Kauf anbietet',
      ),
    ],
  }),
  asked({
    id: 'PSTI-SoC',
    pillar: null,
    title: text(
      'A statement of compliance comes with each product and is kept for 10 years or the support period',
      'Eine Erklärung der Einhaltung liegt jedem Produkt bei und wird 10 Jahre oder für den Unterstützungszeitraum aufbewahrt',
    ),
    note: text(
      'Since 4 December 2025 a valid JC-STAR STAR-1 or Singapore CLS label is deemed to meet all three requirements and this.',
      'Seit dem 4. Dezember 2025 gilt ein gültiges JC-STAR-STAR-1- oder CLS-Label aus Singapur als Erfüllung aller drei Anforderungen und dieser.',
    ),
    lines: [],
    missing: [
      ask(
        'maker',
        'documents',
        'The statement: type and batch, names and addresses, declaration, standard relied on, support period, signature with place and date',
        'Die Erklärung: Typ und Charge, Namen und Anschriften, Aussage, zugrunde gelegte Norm, Unterstützungszeitraum, Unterschrift mit Ort und Datum',
      ),
    ],
  }),
]

/** The United Kingdom's product security regime, which names provisions of EN 303 645 V2.1.1. */
export const UK_PSTI: ProfileRule = {
  id: 'uk-psti',
  version: '1.0.0',
  edition: 'en303645-2020',
  title: text('UK product security (PSTI)', 'Produktsicherheit im Vereinigten Königreich (PSTI)'),
  question: text(
    'May this product be made available to consumers in the United Kingdom?',
    'Darf dieses Produkt Verbrauchern im Vereinigten Königreich angeboten werden?',
  ),
  market: 'GB',
  roles: ['maker', 'authorised-representative', 'importer', 'distributor'],
  lastFreeDay: '2024-04-28',
  zone: 'Europe/London',
  reading: 'surveillance',
  consequence: text(
    'The Office for Product Safety and Standards can stop supply, recall, and fine up to 10 million pounds or 4 % of turnover.',
    'Das Office for Product Safety and Standards kann die Abgabe untersagen, zurückrufen lassen und Geldbußen bis 10 Millionen Pfund oder 4 % des Umsatzes verhängen.',
  ),
  asks: [],
  overrides: [],
  criteria: [],
  requirements: REQUIREMENTS,
  checklists: [],
  sources: SOURCES,
  caveat: text(
    'In force since 29 April 2024, for consumer connectable products. The law names EN 303 645 V2.1.1, not the current edition. Other ways that it allows are not looked at here.',
    'In Kraft seit 29. April 2024, für vernetzbare Verbraucherprodukte. Das Recht nennt EN 303 645 V2.1.1, nicht die aktuelle Ausgabe. Andere Wege, die es zulässt, werden hier nicht betrachtet.',
  ),
}
