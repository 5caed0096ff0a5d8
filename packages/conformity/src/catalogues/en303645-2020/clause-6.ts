import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { provision } from './entry.ts'

/** Clause 6: data protection provisions. */
export const CLAUSE_6: readonly ProvisionRule[] = [
  provision({
    id: '6-1',
    status: 'M',
    title: text(
      'Consumers are told which personal data is processed, how, by whom and why, third parties included',
      'Verbraucher erfahren, welche personenbezogenen Daten wie, von wem und wozu verarbeitet werden, auch von Dritten',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'The privacy information for this product, for device and each service, compared with the processing activities of IXIT 21-PersData',
        'Die Datenschutzinformation zu diesem Produkt, für Gerät und jeden Dienst, abgeglichen mit den Verarbeitungen in IXIT 21-PersData',
      ),
    ],
  }),
  provision({
    id: '6-2',
    status: 'M',
    conditions: [7],
    title: text(
      'Where processing rests on consent, it is obtained in a valid way',
      'Wo die Verarbeitung auf Einwilligung beruht, wird sie wirksam eingeholt',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 21-PersData, obtaining consent: the wording and place of each opt-in, never set beforehand',
        'IXIT 21-PersData, Einholen der Einwilligung: Wortlaut und Ort jeder Zustimmung, nie vorangekreuzt',
      ),
      ask(
        'laboratory',
        'device',
        'Screenshots of the consent dialogues during set-up, and what the device does when consent is refused',
        'Bildschirmfotos der Einwilligungsdialoge bei der Einrichtung und was das Gerät bei Ablehnung tut',
      ),
    ],
  }),
  provision({
    id: '6-3',
    status: 'M',
    title: text(
      'Consent that was given can be withdrawn at any time',
      'Eine erteilte Einwilligung kann jederzeit widerrufen werden',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 21-PersData, withdrawing consent: where and how; or the statement that no processing rests on consent',
        'IXIT 21-PersData, Widerruf der Einwilligung: wo und wie; oder die Erklärung, dass keine Verarbeitung auf Einwilligung beruht',
      ),
      ask(
        'laboratory',
        'device',
        'A record of a withdrawal and a packet capture that shows the processing has ended',
        'Ein Protokoll eines Widerrufs und ein Paketmitschnitt, der das Ende der Verarbeitung zeigt',
      ),
    ],
  }),
  provision({
    id: '6-4',
    status: 'R',
    conditions: [6],
    title: text(
      'Telemetry carries no more personal data than its purpose needs',
      'Telemetrie enthält nicht mehr personenbezogene Daten, als ihr Zweck braucht',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 24-TelData: every telemetry value with purpose, and why each that is personal data is needed',
        'IXIT 24-TelData: jeder Telemetriewert mit Zweck und warum jeder personenbezogene nötig ist',
      ),
    ],
  }),
  provision({
    id: '6-5',
    status: 'M',
    conditions: [6],
    title: text(
      'Consumers are told which telemetry is collected, how it is used, by whom and why',
      'Verbraucher erfahren, welche Telemetrie gesammelt, wie, von wem und wozu sie genutzt wird',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'The published text on telemetry for this product, compared with IXIT 24-TelData',
        'Der veröffentlichte Text zur Telemetrie dieses Produkts, abgeglichen mit IXIT 24-TelData',
      ),
    ],
  }),
]
