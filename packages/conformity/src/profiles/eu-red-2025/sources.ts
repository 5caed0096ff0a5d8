import type { Source } from '@messlatte/model'
import { text } from '../../text.ts'

const CHECKED = '2026-11-22'

export const SOURCES: readonly Source[] = [
  {
    id: 'en18031-2024',
    title: 'EN 18031-1, -2 and -3:2024',
    status: 'published',
    checked: CHECKED,
    note: text(
      'Numbers and subjects of the requirements follow a public list under CC BY-SA; the standards are sold and were not at hand. Titles are our own paraphrases.',
      'Nummern und Gegenstände der Anforderungen folgen einer öffentlichen Liste unter CC BY-SA; die Normen sind kostenpflichtig und lagen nicht vor. Die Titel sind eigene Umschreibungen.',
    ),
  },
  {
    id: 'red-2022-30',
    title: 'Directive 2014/53/EU, Article 3(3)(d), (e), (f), by Delegated Regulation (EU) 2022/30',
    status: 'in-force',
    appliesFrom: '2025-08-01',
    checked: CHECKED,
    note: text(
      'Binds radio equipment since 1 August 2025 (day set by Delegated Regulation (EU) 2023/2444). The law itself asks for protection of networks, personal data and money; EN 18031 is one way to show it. It is expected to end when the Cyber Resilience Act applies; no act that repeals it was found.',
      'Bindet Funkanlagen seit dem 1. August 2025 (Tag nach der Delegierten Verordnung (EU) 2023/2444). Das Recht selbst verlangt Schutz von Netzen, personenbezogenen Daten und Geld; EN 18031 ist ein Weg, ihn zu zeigen. Es soll mit Geltung des Cyber Resilience Act enden; ein aufhebender Rechtsakt wurde nicht gefunden.',
    ),
  },
  {
    id: 'decision-2025-138',
    title: 'Commission Implementing Decision (EU) 2025/138, restrictions on EN 18031',
    status: 'in-force',
    checked: CHECKED,
    note: text(
      'Cites the three parts with restrictions; where one of them fits, the standard gives no presumption of conformity and a notified body is needed. Known to us from public articles, not from the Official Journal.',
      'Nennt die drei Teile mit Einschränkungen; wo eine zutrifft, begründet die Norm keine Konformitätsvermutung, und eine notifizierte Stelle ist nötig. Uns aus öffentlichen Artikeln bekannt, nicht aus dem Amtsblatt.',
    ),
  },
  {
    id: 'messlatte-mapping-en18031',
    title: 'Messlatte, from EN 303 645 to EN 18031',
    status: 'analysis',
    checked: CHECKED,
    note: text(
      'Our own lines; no official table was found. A line decides only where the provision is a part of what the requirement asks. EN 303 645 gives no presumption of conformity under RED.',
      'Eigene Zeilen; eine amtliche Tabelle wurde nicht gefunden. Eine Zeile entscheidet nur, wo die Anforderung der EN 303 645 ein Teil des Verlangten ist. EN 303 645 begründet keine Konformitätsvermutung nach RED.',
    ),
  },
]
