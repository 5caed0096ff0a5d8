import type { Text } from '@messlatte/model'
import { text } from '../text.ts'
import type { ClaimFindingCode } from './finding.ts'

/** What kinds of finding in claims are about, for people. */
export const CLAIM_FINDING_TITLES: Readonly<Record<ClaimFindingCode, Text>> = {
  missing: text('Something is missing in the claims', 'In den Angaben fehlt etwas'),
  'not-allowed': text(
    'A row says what it must not say for this provision',
    'Eine Zeile sagt, was sie zu dieser Anforderung nicht sagen darf',
  ),
  'mandatory-not-supported': text(
    'A mandatory provision is declared as not supported',
    'Eine verbindliche Anforderung ist als nicht erfüllt erklärt',
  ),
  'without-reason': text('A reason is missing', 'Eine Begründung fehlt'),
  placeholder: text('A placeholder stands in place of a fact', 'Ein Platzhalter steht anstelle einer Angabe'),
  duplicate: text('Something is stated twice', 'Etwas ist doppelt angegeben'),
  reference: text(
    'Tables do not refer to each other as they must',
    'Verweise zwischen Tabellen fehlen oder gehen ins Leere',
  ),
  contradiction: text('Claims contradict each other', 'Angaben widersprechen einander'),
  admission: text(
    'The tables of the supplier say something that its claim denies',
    'Die Tabellen des Lieferanten sagen etwas, dem seine Erklärung widerspricht',
  ),
}

export const DOCUMENT_FINDING = 'documents.finding'

export const DOCUMENT_FINDING_TITLE = text(
  'A document does not tell about this product, edition or day',
  'Ein Dokument sagt nichts zu diesem Produkt, dieser Ausgabe oder diesem Tag',
)

/** Findings in papers by the names that logs give them: `claims.missing`. */
export const PAPER_FINDINGS: readonly { readonly id: string; readonly title: Text }[] = [
  ...Object.entries(CLAIM_FINDING_TITLES).map(([code, title]) => ({ id: `claims.${code}`, title })),
  { id: DOCUMENT_FINDING, title: DOCUMENT_FINDING_TITLE },
]
