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
  'en18031-2024': text(
    'A look into the standards themselves, a new edition, or an amendment to their list of requirements',
    'Ein Blick in die Normen selbst, eine neue Ausgabe oder eine Änderung ihrer Liste der Anforderungen',
  ),
  'red-2022-30': text(
    'An act that repeals the delegated regulation, or another day of application',
    'Ein Rechtsakt, der die delegierte Verordnung aufhebt, oder ein anderer Geltungsbeginn',
  ),
  'decision-2025-138': text(
    'A new implementing decision that lifts, changes or adds a restriction',
    'Ein neuer Durchführungsbeschluss, der eine Einschränkung aufhebt, ändert oder hinzufügt',
  ),
  'messlatte-mapping-en18031': text(
    'A table by the Commission, CEN/CENELEC or ETSI from EN 303 645 to EN 18031, or a reasoned objection to a line',
    'Eine Tabelle der Kommission, von CEN/CENELEC oder ETSI von EN 303 645 zu EN 18031 oder ein begründeter Einwand gegen eine Zeile',
  ),
  'cra-2024-2847': text(
    'A corrigendum, an amending act (the proposal called Digital Omnibus among them), or a standard cited in the Official Journal under the Act',
    'Eine Berichtigung, ein Änderungsrechtsakt (darunter der Vorschlag namens Digital-Omnibus) oder eine im Amtsblatt zu der Verordnung gelistete Norm',
  ),
  'cra-articles': text(
    'A look into the Official Journal that shows another duty or number, or guidance of the Commission under Article 26',
    'Ein Blick ins Amtsblatt, der eine andere Pflicht oder Nummer zeigt, oder Leitlinien der Kommission nach Artikel 26',
  ),
  'cra-article-14': text(
    'An amending act, or notice that the single reporting platform is (or is not) in operation',
    'Ein Änderungsrechtsakt oder die Nachricht, dass die einheitliche Meldeplattform in Betrieb ist (oder nicht)',
  ),
  'bsi-tr-03183-1': text(
    'A newer version of the guideline with another table',
    'Eine neuere Fassung der Richtlinie mit einer anderen Tabelle',
  ),
  'jrc-eur-31892': text(
    'A mapping by JRC or ENISA to the adopted text',
    'Eine Zuordnung von JRC oder ENISA zum verabschiedeten Text',
  ),
  'messlatte-mapping-cra': text(
    'A harmonised standard under the Act, a mapping by an authority, or a reasoned objection to a line',
    'Eine harmonisierte Norm zu der Verordnung, die Zuordnung einer Behörde oder ein begründeter Einwand gegen eine Zeile',
  ),
  'uk-psti-2023-1007': text(
    'A further amending instrument, in particular one that names another edition of EN 303 645',
    'Eine weitere Änderungsverordnung, vor allem eine, die eine andere Ausgabe der EN 303 645 nennt',
  ),
  'bsi-tr-03173': text(
    'A newer version of the guideline, or a notice of the BSI that the label bases on V3.1.3',
    'Eine neuere Fassung der Richtlinie oder eine Bekanntmachung des BSI, dass das Kennzeichen auf V3.1.3 beruht',
  ),
}
