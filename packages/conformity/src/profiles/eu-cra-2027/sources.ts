import type { Source } from '@messlatte/model'
import { text } from '../../text.ts'

const CHECKED = '2026-11-22'

export const SOURCES: readonly Source[] = [
  {
    id: 'cra-2024-2847',
    title: 'Regulation (EU) 2024/2847 (Cyber Resilience Act), Annexes I, II, V and VII',
    status: 'applies-from',
    appliesFrom: '2027-12-11',
    checked: CHECKED,
    note: text(
      'In force since 10 December 2024, applies in full from 11 December 2027; products placed before are touched only if they are substantially modified (Article 69(2)). Numbering of the annexes follows a public data set of the adopted text; our own paraphrases.',
      'In Kraft seit 10. Dezember 2024, gilt vollständig ab 11. Dezember 2027; zuvor in Verkehr gebrachte Produkte sind nur bei wesentlicher Änderung betroffen (Artikel 69 Absatz 2). Die Nummerierung der Anhänge folgt einem öffentlichen Datensatz des verabschiedeten Textes; eigene Umschreibungen.',
    ),
  },
  {
    id: 'cra-articles',
    title: 'Regulation (EU) 2024/2847, Articles 13, 19 and 20',
    status: 'applies-from',
    appliesFrom: '2027-12-11',
    checked: CHECKED,
    note: text(
      'Duties of makers, importers and distributors, paraphrased from our own knowledge of the adopted text, which was not at hand.',
      'Pflichten von Herstellern, Einführern und Händlern, nach eigener Kenntnis des verabschiedeten Textes umschrieben, der nicht vorlag.',
    ),
  },
  {
    id: 'cra-article-14',
    title: 'Regulation (EU) 2024/2847, Article 14 with Article 69(3)',
    status: 'in-force',
    appliesFrom: '2026-09-11',
    checked: CHECKED,
    note: text(
      'Reporting applies since 11 September 2026 to all products in scope, also to those placed earlier. Whether the single reporting platform is in operation was not found.',
      'Die Meldepflichten gelten seit 11. September 2026 für alle erfassten Produkte, auch für früher in Verkehr gebrachte. Ob die einheitliche Meldeplattform in Betrieb ist, wurde nicht gefunden.',
    ),
  },
  {
    id: 'bsi-tr-03183-1',
    title: 'BSI TR-03183-1 v0.9.0 (2024-09-20), table from the Act to EN 303 645',
    status: 'draft',
    checked: CHECKED,
    note: text(
      'The BSI’s own lines to the provisions of 2020, in a version below 1.0; a newer one may exist.',
      'Die eigenen Zeilen des BSI zu den Anforderungen von 2020, in einer Fassung unter 1.0; eine neuere kann es geben.',
    ),
  },
  {
    id: 'jrc-eur-31892',
    title: 'JRC/ENISA, EUR 31892 EN (2024-04), mapping of the proposal’s requirements to standards',
    status: 'published',
    checked: CHECKED,
    note: text(
      'Known from a public digest; it uses the numbering of the proposal, which we led to the adopted one.',
      'Aus einer öffentlichen Zusammenfassung bekannt; sie verwendet die Nummerierung des Vorschlags, die wir auf die verabschiedete übertragen haben.',
    ),
  },
  {
    id: 'messlatte-mapping-cra',
    title: 'Messlatte, from EN 303 645 to the Cyber Resilience Act',
    status: 'analysis',
    checked: CHECKED,
    note: text(
      'Our own lines, where neither authority names a provision. EN 303 645 gives no presumption of conformity under the Act.',
      'Eigene Zeilen, wo keine der beiden Stellen eine Anforderung nennt. EN 303 645 begründet keine Konformitätsvermutung nach der Verordnung.',
    ),
  },
]
