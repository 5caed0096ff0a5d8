import type { Source } from '@messlatte/model'
import { text } from '../../text.ts'

const CHECKED = '2026-11-22'

export const SOURCES: readonly Source[] = [
  {
    id: 'report-2026-07',
    title:
      'Trade press, “Germany Sets 2027 IoT Security Bar”, 4 July 2026, on an announcement dated 2 July 2026',
    status: 'reported',
    appliesFrom: '2027-01-02',
    checked: CHECKED,
    note: text(
      'Says that IoT devices placed on the German market after 1 January 2027 must meet EN 303 645 v2.1.0, with secure boot, no hard-coded credentials and over-the-air updates highlighted. It names no official text, and a search, as far as we could search, found none at the BSI, in the Federal Law Gazette or the Official Journal of the EU. In both editions of the standard secure boot is a recommendation.',
      'Berichtet, dass IoT-Geräte, die nach dem 1. Januar 2027 in Deutschland in Verkehr gebracht werden, EN 303 645 v2.1.0 erfüllen müssen, mit Betonung auf sicherem Booten, keinen fest eingebauten Zugangsdaten und Aktualisierungen über das Netz. Der Bericht nennt keinen amtlichen Text, und eine Suche fand, soweit wir suchen konnten, keinen beim BSI, im Bundesgesetzblatt oder im Amtsblatt der EU. In beiden Ausgaben der Norm ist sicheres Booten eine Empfehlung.',
    ),
  },
  {
    id: 'messlatte-reading',
    title: 'Messlatte, our reading of the report',
    status: 'analysis',
    checked: CHECKED,
    note: text(
      'Our conclusions from the three points of the report; nobody else has published them. What a hardware root of trust is, we take from requirement GEC-8 of EN 18031-3:2024, the only European standard known to us that demands verified boot.',
      'Unsere Schlüsse aus den drei Punkten des Berichts; niemand sonst hat sie veröffentlicht. Was ein Vertrauensanker in der Hardware ist, entnehmen wir der Anforderung GEC-8 der EN 18031-3:2024, der einzigen uns bekannten europäischen Norm, die einen geprüften Start verlangt.',
    ),
  },
]
