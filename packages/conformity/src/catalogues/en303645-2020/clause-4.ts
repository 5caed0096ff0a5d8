import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { provision } from './entry.ts'

/** Clause 4: reporting on the implementation. */
export const CLAUSE_4: readonly ProvisionRule[] = [
  provision({
    id: '4-1',
    status: 'M',
    title: text(
      'For every recommendation that is not met or does not apply, a justification is on record',
      'Zu jeder Empfehlung, die nicht erfüllt ist oder nicht zutrifft, ist eine Begründung festgehalten',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'The completed ICS: one row per provision, and in the detail column a reason for every recommendation marked N or N/A',
        'Die ausgefüllte ICS-Tabelle: eine Zeile je Anforderung, und in der Detailspalte ein Grund für jede Empfehlung mit N oder N/A',
      ),
      ask(
        'assessor',
        'documents',
        'Your decision on whether each of these reasons holds, with name and date',
        'Ihre Entscheidung, ob jede dieser Begründungen trägt, mit Name und Datum',
      ),
    ],
  }),
]
