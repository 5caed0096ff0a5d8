import type { Source, Text } from '@messlatte/model'

/** German titles of our sources by their English ones: acts as the Official Journal cites them in German. */
export const GERMAN_TITLES: Readonly<Record<string, string>> = {
  'BSI TR-03173 v1.0 (2022-04-27), amendments to assessments by EN 303 645':
    'BSI TR-03173 v1.0 (27.04.2022), Ergänzungen zu Prüfungen nach EN 303 645',
  'BSI TR-03183-1 v0.9.0 (2024-09-20), table from the Act to EN 303 645':
    'BSI TR-03183-1 v0.9.0 (20.09.2024), Tabelle von der Verordnung zu EN 303 645',
  'Regulation (EU) 2024/2847 (Cyber Resilience Act), Annexes I, II, V and VII':
    'Verordnung (EU) 2024/2847 (Cyberresilienz-Verordnung), Anhänge I, II, V und VII',
  'Regulation (EU) 2024/2847, Articles 13, 19 and 20': 'Verordnung (EU) 2024/2847, Artikel 13, 19 und 20',
  'Regulation (EU) 2024/2847, Article 14 with Article 69(3)':
    'Verordnung (EU) 2024/2847, Artikel 14 mit Artikel 69 Absatz 3',
  'JRC/ENISA, EUR 31892 EN (2024-04), mapping of the proposal’s requirements to standards':
    'JRC/ENISA, EUR 31892 EN (2024-04), Zuordnung der Anforderungen des Vorschlags zu Normen',
  'Messlatte, from EN 303 645 to the Cyber Resilience Act':
    'Messlatte, von EN 303 645 zur Cyberresilienz-Verordnung',
  'Commission Implementing Decision (EU) 2025/138, restrictions on EN 18031':
    'Durchführungsbeschluss (EU) 2025/138 der Kommission, Einschränkungen zu EN 18031',
  'EN 18031-1, -2 and -3:2024': 'EN 18031-1, -2 und -3:2024',
  'Directive 2014/53/EU, Article 3(3)(d), (e), (f), by Delegated Regulation (EU) 2022/30':
    'Richtlinie 2014/53/EU, Artikel 3 Absatz 3 Buchstaben d, e, f, durch Delegierte Verordnung (EU) 2022/30',
  'Messlatte, from EN 303 645 to EN 18031': 'Messlatte, von EN 303 645 zu EN 18031',
  'UK, SI 2023/1007 (security requirements for relevant connectable products), Schedules 1 and 2':
    'Vereinigtes Königreich, SI 2023/1007 (Sicherheitsanforderungen an vernetzbare Produkte), Anhänge 1 und 2',
  'Messlatte, our reading of the report': 'Messlatte, unsere Lesart des Berichts',
  'Trade press, “Germany Sets 2027 IoT Security Bar”, 4 July 2026, on an announcement dated 2 July 2026':
    'Fachpresse, „Germany Sets 2027 IoT Security Bar“, 4. Juli 2026, über eine Ankündigung vom 2. Juli 2026',
  'ETSI EN 303 645 V2.1.1 (2020-06), clauses 4 to 6 and Annex B':
    'ETSI EN 303 645 V2.1.1 (2020-06), Abschnitte 4 bis 6 und Anhang B',
  'ETSI EN 303 645 V2.1.1 (2020-06), Annex B, rows 5.3-14 and 5.3-15':
    'ETSI EN 303 645 V2.1.1 (2020-06), Anhang B, Zeilen 5.3-14 und 5.3-15',
  'ETSI TS 103 701 V1.1.1 (2021-08)': 'ETSI TS 103 701 V1.1.1 (2021-08)',
  'ETSI EN 303 645 V3.1.3 (2024-09), Annex B, Table B.1':
    'ETSI EN 303 645 V3.1.3 (2024-09), Anhang B, Tabelle B.1',
  'ETSI EN 303 645 V3.1.3 (2024-09), mandatory provisions as a public digest gives them':
    'ETSI EN 303 645 V3.1.3 (2024-09), verbindliche Anforderungen nach einer öffentlichen Zusammenfassung',
  'ETSI EN 303 645 V3.1.3 (2024-09), recommendations as a published self-assessment reads them':
    'ETSI EN 303 645 V3.1.3 (2024-09), Empfehlungen nach einer veröffentlichten Selbstbewertung',
  'ETSI EN 303 645 V3.1.3 (2024-09), row 5.3-5': 'ETSI EN 303 645 V3.1.3 (2024-09), Zeile 5.3-5',
  'ETSI TS 103 701 V2.1.1 (2025-05)': 'ETSI TS 103 701 V2.1.1 (2025-05)',
}

/** The title of a source for people; one of a user’s own rule stands as its author wrote it. */
export function sourceTitle({ title }: Pick<Source, 'title'>): Text {
  return { en: title, de: Object.hasOwn(GERMAN_TITLES, title) ? GERMAN_TITLES[title]! : title }
}
