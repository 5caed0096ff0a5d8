import type { Text } from '@messlatte/model'
import { text } from '../text.ts'

const NEW_EDITION = text(
  'A new edition or a correction by ETSI, or a look into the standard itself that shows another number, status or condition',
  'Eine neue Ausgabe oder Berichtigung von ETSI oder ein Blick in die Norm selbst, der andere Nummern, Status oder Bedingungen zeigt',
)

/** What would change what we say on the strength of a source, by its id. A test asks for a line for each. */
export const WOULD_CHANGE: Readonly<Record<string, Text>> = {
  'en303645-v2.1.1': NEW_EDITION,
  'en303645-v2.1.1-conditions-3-4': text(
    'A look into Annex B that shows condition 4 missing from these two rows',
    'Ein Blick in Anhang B, der Bedingung 4 in diesen beiden Zeilen nicht zeigt',
  ),
  'ts103701-v1.1.1': text(
    'A correction by ETSI; the edition for V3.1.3 does not change what is asked for 2020',
    'Eine Berichtigung von ETSI; die Ausgabe zu V3.1.3 ändert nicht, was zu 2020 verlangt wird',
  ),
  'en303645-v3.1.3': NEW_EDITION,
  'en303645-v3.1.3-digest': text(
    'A look into the provisions themselves that shows no change of content, or another one',
    'Ein Blick in die Anforderungen selbst, der keine oder eine andere Änderung des Inhalts zeigt',
  ),
  'en303645-v3.1.3-practice': text(
    'A look into the provisions themselves that shows that they ask for something else than the self-assessment reads in them',
    'Ein Blick in die Anforderungen selbst, der zeigt, dass sie anderes verlangen, als die Selbstbewertung darin liest',
  ),
  'en303645-v3.1.3-unverified': text(
    'A look into 5.3-5 that shows whether checks at intervals are asked for',
    'Ein Blick in 5.3-5, der zeigt, ob eine Suche in Abständen verlangt ist',
  ),
  'ts103701-v2.1.1': text(
    'A look into the specification that shows other tables or fields than the self-assessment uses',
    'Ein Blick in die Spezifikation, der andere Tabellen oder Felder zeigt, als die Selbstbewertung verwendet',
  ),
  'report-2026-07': text(
    'An official text (a law, an ordinance, a notice of the BSI or in the Official Journal), or a denial by an authority',
    'Ein amtlicher Text (Gesetz, Verordnung, Bekanntmachung des BSI oder im Amtsblatt) oder ein Dementi einer Behörde',
  ),
  'messlatte-reading': text(
    'An official text that says what the three points of the report mean, or a reasoned objection to our reading',
    'Ein amtlicher Text, der sagt, was die drei Punkte des Berichts bedeuten, oder ein begründeter Einwand gegen unsere Auslegung',
  ),
}
