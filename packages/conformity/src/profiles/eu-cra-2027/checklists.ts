import type { Checklist, EconomicRole } from '@messlatte/model'
import { text } from '../../text.ts'

type Line = readonly [ref: string, en: string, de: string]

const FULL = '2027-12-11'

function list(
  id: string,
  [en, de]: readonly [string, string],
  roles: readonly EconomicRole[],
  lines: readonly Line[],
  [source, appliesFrom]: readonly [string, string] = ['cra-articles', FULL],
): Checklist {
  return {
    id,
    title: text(en, de),
    roles,
    appliesFrom,
    source,
    items: lines.map(([ref, enText, deText]) => ({ ref, text: text(enText, deText) })),
  }
}

const ANNEXES = ['cra-2024-2847', FULL] as const

/** What the Act asks of people and papers, by role; no image shows any of it. */
export const CHECKLISTS: readonly Checklist[] = [
  list(
    'cra-article-13',
    ['Article 13: the maker', 'Artikel 13: der Hersteller'],
    ['maker'],
    [
      [
        '13(2) to (4)',
        'Risk assessment, kept up to date, in the technical file, with how each item of Annex I Part I(2) applies',
        'Risikobewertung, aktuell gehalten, in den technischen Unterlagen, mit der Aussage zu jedem Punkt von Anhang I Teil I(2)',
      ],
      [
        '13(5)',
        'Due diligence on components of third parties, free software included',
        'Sorgfalt bei Bestandteilen Dritter, auch freier Software',
      ],
      [
        '13(6)',
        'Vulnerabilities of components are reported to whoever maintains them, with the fix',
        'Schwachstellen von Bestandteilen werden deren Betreuern gemeldet, mit der Behebung',
      ],
      [
        '13(8)',
        'Support period of at least 5 years unless use is shorter, with its reasons on record',
        'Unterstützungszeitraum von mindestens 5 Jahren, sofern die Nutzung nicht kürzer ist, mit festgehaltenen Gründen',
      ],
      [
        '13(9)',
        'Each security update stays available for at least 10 years or the rest of the support period',
        'Jede Sicherheitsaktualisierung bleibt mindestens 10 Jahre oder für den Rest des Unterstützungszeitraums verfügbar',
      ],
      [
        '13(12)',
        'Conformity assessment, declaration and CE marking before placing',
        'Konformitätsbewertung, Erklärung und CE-Kennzeichnung vor dem Inverkehrbringen',
      ],
      [
        '13(13)',
        'Technical file and declaration kept 10 years or the support period, whichever is longer',
        'Technische Unterlagen und Erklärung 10 Jahre oder den Unterstützungszeitraum aufbewahrt, je nachdem, was länger ist',
      ],
      ['13(14)', 'Series production stays as assessed', 'Die Serienfertigung bleibt, wie sie bewertet wurde'],
      [
        '13(15) to (17)',
        'Type, batch or serial number; name and contact; one contact point that is not only a machine',
        'Typ-, Chargen- oder Seriennummer; Name und Kontakt; eine Kontaktstelle, die nicht nur eine Maschine ist',
      ],
      [
        '13(18), (20)',
        'Information of Annex II and the declaration (or its short form) come with the product',
        'Angaben nach Anhang II und die Erklärung (oder ihre Kurzform) liegen dem Produkt bei',
      ],
      [
        '13(19)',
        'End of the support period visible at purchase, and told when it comes',
        'Ende des Unterstützungszeitraums beim Kauf erkennbar und bei Erreichen mitgeteilt',
      ],
      [
        '13(21) to (23)',
        'Corrective measures, cooperation with authorities, notice when business ends',
        'Korrekturmaßnahmen, Zusammenarbeit mit Behörden, Mitteilung bei Einstellung des Betriebs',
      ],
    ],
  ),
  list(
    'cra-article-14',
    ['Article 14: reporting', 'Artikel 14: Meldungen'],
    ['maker'],
    [
      [
        '14(1), (2)',
        'Exploited vulnerability: early warning in 24 hours, notification in 72, final report 14 days after a fix is there',
        'Ausgenutzte Schwachstelle: Frühwarnung in 24 Stunden, Meldung in 72, Abschlussbericht 14 Tage nach Vorliegen einer Behebung',
      ],
      [
        '14(3), (4)',
        'Severe incident: early warning in 24 hours, notification in 72, final report one month later',
        'Schwerwiegender Vorfall: Frühwarnung in 24 Stunden, Meldung in 72, Abschlussbericht einen Monat später',
      ],
      [
        '14(8)',
        'Users are informed, with what they can do',
        'Benutzer werden unterrichtet, mit dem, was sie tun können',
      ],
    ],
    ['cra-article-14', '2026-09-11'],
  ),
  list(
    'cra-article-19',
    ['Article 19: the importer', 'Artikel 19: der Einführer'],
    ['importer'],
    [
      [
        '19(1)',
        'Only products that meet Annex I are placed',
        'Nur Produkte, die Anhang I erfüllen, werden in Verkehr gebracht',
      ],
      [
        '19(2)',
        'Before placing: procedure done, technical file drawn up, CE marking, declaration and Annex II information there',
        'Vor dem Inverkehrbringen: Verfahren durchgeführt, technische Unterlagen erstellt, CE-Kennzeichnung, Erklärung und Angaben nach Anhang II vorhanden',
      ],
      [
        '19(3)',
        'On doubt nothing is placed; a significant risk is told to maker and authority',
        'Bei Zweifel wird nichts in Verkehr gebracht; ein erhebliches Risiko erfahren Hersteller und Behörde',
      ],
      [
        '19(4)',
        'Own name and addresses on the product, its packaging or a document',
        'Eigener Name und Anschriften auf Produkt, Verpackung oder Unterlage',
      ],
      [
        '19(5)',
        'After placing: corrective measures, and vulnerabilities told to the maker',
        'Nach dem Inverkehrbringen: Korrekturmaßnahmen, Schwachstellen dem Hersteller mitgeteilt',
      ],
      [
        '19(6), (7)',
        'Declaration kept 10 years or the support period; technical file available on request',
        'Erklärung 10 Jahre oder den Unterstützungszeitraum aufbewahrt; technische Unterlagen auf Verlangen verfügbar',
      ],
      [
        '19(8)',
        'When the maker ceases: authorities and, where possible, users are told',
        'Stellt der Hersteller den Betrieb ein: Behörden und, soweit möglich, Benutzer werden unterrichtet',
      ],
    ],
  ),
  list(
    'cra-article-20',
    ['Article 20: the distributor', 'Artikel 20: der Händler'],
    ['distributor'],
    [
      [
        '20(1), (2)',
        'With due care: CE marking, documents, and the duties of maker and importer on marking and information',
        'Mit Sorgfalt: CE-Kennzeichnung, Unterlagen und die Pflichten von Hersteller und Einführer zu Kennzeichnung und Angaben',
      ],
      [
        '20(3)',
        'On suspicion nothing is made available; a significant risk is told',
        'Bei Verdacht wird nichts bereitgestellt; ein erhebliches Risiko wird mitgeteilt',
      ],
      [
        '20(4)',
        'Corrective measures, and vulnerabilities told to the maker',
        'Korrekturmaßnahmen, Schwachstellen dem Hersteller mitgeteilt',
      ],
      [
        '20(5), (6)',
        'Cooperation, and notice when the maker ceases',
        'Zusammenarbeit und Mitteilung, wenn der Hersteller den Betrieb einstellt',
      ],
    ],
  ),
  list(
    'cra-annex-ii',
    ['Annex II: information for users', 'Anhang II: Angaben für Benutzer'],
    ['maker', 'importer'],
    [
      [
        'II(1)',
        'Name, trade mark, postal and digital address of the maker, website',
        'Name, Marke, Post- und digitale Anschrift des Herstellers, Website',
      ],
      [
        'II(2)',
        'Contact point for vulnerabilities, and where the disclosure policy is',
        'Kontaktstelle für Schwachstellen und Ort der Offenlegungsregelung',
      ],
      ['II(3)', 'Name, type and unique identification', 'Name, Typ und eindeutige Kennung'],
      [
        'II(4)',
        'Intended purpose, security environment, essential functions and security properties',
        'Zweckbestimmung, Sicherheitsumgebung, wesentliche Funktionen und Sicherheitseigenschaften',
      ],
      [
        'II(5)',
        'Circumstances known or foreseeable that lead to significant risks',
        'Bekannte oder vorhersehbare Umstände, die zu erheblichen Risiken führen',
      ],
      ['II(6)', 'Internet address of the declaration', 'Internetadresse der Erklärung'],
      [
        'II(7)',
        'Kind of support and the end of the support period',
        'Art der Unterstützung und Ende des Unterstützungszeitraums',
      ],
      [
        'II(8)',
        'Instructions: commissioning, changes, updates, decommissioning, switching automatic installation off, integration',
        'Anleitungen: Inbetriebnahme, Änderungen, Aktualisierungen, Außerbetriebnahme, Abschalten der automatischen Installation, Einbau',
      ],
      [
        'II(9)',
        'Where the bill of materials is, if it is made available',
        'Ort der Stückliste, falls sie bereitgestellt wird',
      ],
    ],
    ANNEXES,
  ),
  list(
    'cra-annex-v',
    ['Annex V: the EU declaration', 'Anhang V: die EU-Erklärung'],
    ['maker', 'authorised-representative'],
    [
      [
        'V(1) to (4)',
        'Product, maker, sole responsibility, object with its traceability',
        'Produkt, Hersteller, alleinige Verantwortung, Gegenstand mit Rückverfolgbarkeit',
      ],
      [
        'V(5), (6)',
        'Acts that are met, and standards or schemes used',
        'Erfüllte Rechtsakte und verwendete Normen oder Schemata',
      ],
      [
        'V(7)',
        'Notified body, procedure and certificate, where there is one',
        'Notifizierte Stelle, Verfahren und Bescheinigung, sofern vorhanden',
      ],
      ['V(8)', 'Place, date, name, function, signature', 'Ort, Datum, Name, Funktion, Unterschrift'],
    ],
    ANNEXES,
  ),
  list(
    'cra-annex-vii',
    ['Annex VII: technical documentation', 'Anhang VII: technische Dokumentation'],
    ['maker'],
    [
      [
        'VII(1)',
        'General description: purpose, software versions, photographs, information of Annex II',
        'Allgemeine Beschreibung: Zweck, Softwareversionen, Fotos, Angaben nach Anhang II',
      ],
      [
        'VII(2)',
        'Design and development, vulnerability handling with bill of materials and disclosure policy, production',
        'Entwurf und Entwicklung, Umgang mit Schwachstellen mit Stückliste und Offenlegungsregelung, Fertigung',
      ],
      ['VII(3)', 'Risk assessment', 'Risikobewertung'],
      [
        'VII(4)',
        'What the support period was determined by',
        'Wonach der Unterstützungszeitraum bestimmt wurde',
      ],
      [
        'VII(5)',
        'Standards and schemes applied, otherwise the solutions chosen',
        'Angewandte Normen und Schemata, sonst die gewählten Lösungen',
      ],
      [
        'VII(6)',
        'Test reports on the product and on vulnerability handling',
        'Prüfberichte zum Produkt und zum Umgang mit Schwachstellen',
      ],
      [
        'VII(7), (8)',
        'Copy of the declaration; the bill of materials on reasoned request',
        'Kopie der Erklärung; die Stückliste auf begründetes Verlangen',
      ],
    ],
    ANNEXES,
  ),
  list(
    'cra-article-69',
    ['Article 69: what was there before', 'Artikel 69: was es vorher gab'],
    ['maker', 'importer'],
    [
      [
        '69(1)',
        'Certificates on cybersecurity under other Union law, issued before, end on 11 June 2028 at the latest',
        'Vorher nach anderem Unionsrecht ausgestellte Bescheinigungen zur Cybersicherheit enden spätestens am 11. Juni 2028',
      ],
      [
        '69(2)',
        'Units placed before 11 December 2027 are touched only if substantially modified from then on',
        'Vor dem 11. Dezember 2027 in Verkehr gebrachte Geräte sind nur betroffen, wenn sie danach wesentlich geändert werden',
      ],
      [
        '69(3)',
        'Reporting under Article 14 applies to them all the same',
        'Die Meldepflicht nach Artikel 14 gilt für sie gleichwohl',
      ],
    ],
  ),
]
