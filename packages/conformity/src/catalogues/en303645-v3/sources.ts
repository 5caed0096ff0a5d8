import type { Source } from '@messlatte/model'
import { text } from '../../text.ts'

const CHECKED = '2026-11-22'

export type SourceId =
  | 'en303645-v3.1.3'
  | 'en303645-v3.1.3-digest'
  | 'en303645-v3.1.3-practice'
  | 'en303645-v3.1.3-unverified'

export const SOURCES: readonly (Source & { readonly id: SourceId | 'ts103701-v2.1.1' })[] = [
  {
    id: 'en303645-v3.1.3',
    title: 'ETSI EN 303 645 V3.1.3 (2024-09), Annex B, Table B.1',
    status: 'published',
    checked: CHECKED,
    note: text(
      'The current edition. Numbers, statuses, conditions and features agree in three independent public transcriptions of Table B.1; the standard itself was not at hand. Titles are our own paraphrases. It gives no presumption of conformity under RED or CRA.',
      'Die aktuelle Ausgabe. Nummern, Status, Bedingungen und Merkmale stimmen in drei unabhängigen öffentlichen Abschriften von Tabelle B.1 überein; die Norm selbst lag nicht vor. Die Titel sind eigene Umschreibungen. Sie begründet keine Konformitätsvermutung nach RED oder CRA.',
    ),
  },
  {
    id: 'en303645-v3.1.3-digest',
    title: 'ETSI EN 303 645 V3.1.3 (2024-09), mandatory provisions as a public digest gives them',
    status: 'published',
    checked: CHECKED,
    note: text(
      'Number and status agree in three transcriptions. That the content changed, and how, rests on one public digest of the mandatory provisions.',
      'Nummer und Status stimmen in drei Abschriften überein. Dass und wie sich der Inhalt änderte, stützt sich auf eine einzige öffentliche Zusammenfassung der verpflichtenden Anforderungen.',
    ),
  },
  {
    id: 'en303645-v3.1.3-practice',
    title: 'ETSI EN 303 645 V3.1.3 (2024-09), recommendations as a published self-assessment reads them',
    status: 'published',
    checked: CHECKED,
    note: text(
      'Number, status and feature agree in three transcriptions. What the provision asks is paraphrased from a public self-assessment and not from the standard.',
      'Nummer, Status und Merkmal stimmen in drei Abschriften überein. Was die Anforderung verlangt, ist nach einer öffentlichen Selbstbewertung umschrieben und nicht nach der Norm.',
    ),
  },
  {
    id: 'en303645-v3.1.3-unverified',
    title: 'ETSI EN 303 645 V3.1.3 (2024-09), row 5.3-5',
    status: 'published',
    checked: CHECKED,
    note: text(
      'Number, status and feature agree in three transcriptions. Whether checks at intervals are still asked for, beside the one after initialisation, is not established.',
      'Nummer, Status und Merkmal stimmen in drei Abschriften überein. Ob neben der Suche nach der Einrichtung weiterhin eine Suche in Abständen verlangt ist, steht nicht fest.',
    ),
  },
  {
    id: 'ts103701-v2.1.1',
    title: 'ETSI TS 103 701 V2.1.1 (2025-05)',
    status: 'published',
    checked: CHECKED,
    note: text(
      'The assessment specification for this edition, known to us from a public self-assessment and not from its own text. The lists of what is missing name its IXIT tables.',
      'Die Prüfspezifikation zu dieser Ausgabe, uns aus einer öffentlichen Selbstbewertung bekannt und nicht aus ihrem eigenen Text. Die Listen des Fehlenden nennen ihre IXIT-Tabellen.',
    ),
  },
]
