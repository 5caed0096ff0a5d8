import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { provision } from './entry.ts'

/** Clause 5.2: a means to manage reports of vulnerabilities. */
export const CLAUSE_5_2: readonly ProvisionRule[] = [
  provision({
    id: '5.2-1',
    status: 'M',
    title: text(
      'A vulnerability disclosure policy is public: contact, and when reports are acknowledged and followed up',
      'Eine Richtlinie zur Meldung von Schwachstellen ist öffentlich: Kontakt sowie Fristen für Eingangsbestätigung und Zwischenstände',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'The web address of the disclosure policy; it must open without an account and state a contact, the time to a first acknowledgement and the time to status updates',
        'Die Webadresse der Richtlinie; sie muss ohne Konto erreichbar sein und Kontakt, Frist der Eingangsbestätigung und Frist der Zwischenstände nennen',
      ),
      ask(
        'assessor',
        'documents',
        'A dated capture of that page, made by you',
        'Eine datierte, von Ihnen erstellte Aufnahme dieser Seite',
      ),
    ],
  }),
  provision({
    id: '5.2-2',
    status: 'R',
    title: text(
      'Disclosed vulnerabilities are acted on in good time',
      'Auf gemeldete Schwachstellen wird zeitnah reagiert',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 3-VulnTypes: per kind of vulnerability the action, the people involved and the time frame, and the confirmation in IXIT 4-Conf; best with dates of the last handled reports',
        'IXIT 3-VulnTypes: je Art von Schwachstelle Maßnahme, Beteiligte und Frist, dazu die Bestätigung in IXIT 4-Conf; am besten mit Daten der zuletzt bearbeiteten Meldungen',
      ),
    ],
  }),
  provision({
    id: '5.2-3',
    status: 'R',
    title: text(
      'Throughout the support period vulnerabilities are watched for, identified and fixed',
      'Während des gesamten Unterstützungszeitraums werden Schwachstellen beobachtet, erkannt und behoben',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 5-VulnMon: how components are monitored (feeds, tools, intervals) and the confirmation in IXIT 4-Conf; with it a parts list of the software (SBOM) of this version',
        'IXIT 5-VulnMon: wie Komponenten überwacht werden (Quellen, Werkzeuge, Abstände) und die Bestätigung in IXIT 4-Conf; dazu eine Software-Stückliste (SBOM) dieser Version',
      ),
    ],
  }),
]
