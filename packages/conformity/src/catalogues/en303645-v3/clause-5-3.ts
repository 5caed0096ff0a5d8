import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { fresh, kept } from './entry.ts'

/** Clause 5.3, keep software updated. */
export const CLAUSE_5_3: readonly ProvisionRule[] = [
  kept({
    id: '5.3-1',
    status: 'R',
    features: ['f'],
    title: text(
      'All software components that are not immutable for security reasons can be updated securely',
      'Alle Softwarekomponenten, die nicht aus Sicherheitsgründen unveränderlich sind, lassen sich sicher aktualisieren',
    ),
    needsNothing: true,
  }),
  kept({
    id: '5.3-2',
    status: 'M',
    conditions: [15],
    title: text(
      'Unless its use rules that out, the device has a mechanism to install updates securely',
      'Das Gerät hat einen Mechanismus, Aktualisierungen sicher zu installieren, soweit sein Einsatz das nicht ausschließt',
    ),
  }),
  kept({
    id: '5.3-3',
    status: 'M',
    features: ['g'],
  }),
  kept({
    id: '5.3-4A',
    from: '5.3-4',
    status: 'R',
    features: ['g'],
    title: text(
      'The update mechanism can be set to run automatically',
      'Der Aktualisierungsmechanismus lässt sich so einstellen, dass er selbsttätig läuft',
    ),
    source: 'en303645-v3.1.3-practice',
  }),
  fresh({
    id: '5.3-4B',
    status: 'R',
    features: ['h'],
    title: text(
      'Automatic updates are switched on at set-up, after the user was asked',
      'Automatische Aktualisierungen werden bei der Einrichtung nach Rückfrage beim Benutzer eingeschaltet',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 7-UpdMech and 26-UserDec: the question that the user is asked at set-up, its preset answer, and what each answer does',
        'IXIT 7-UpdMech und 26-UserDec: die Frage bei der Einrichtung, ihre Voreinstellung und was jede Antwort bewirkt',
      ),
      ask(
        'laboratory',
        'device',
        'A record of two set-ups of a unit, once with consent and once without, with the update behaviour that follows',
        'Ein Protokoll zweier Einrichtungen eines Geräts, einmal mit und einmal ohne Zustimmung, mit dem folgenden Aktualisierungsverhalten',
      ),
    ],
    source: 'en303645-v3.1.3-practice',
  }),
  kept({
    id: '5.3-5',
    status: 'R',
    features: ['g'],
    title: text(
      'The device looks for security updates after initialisation; whether also at intervals is not established',
      'Das Gerät sucht nach der Einrichtung nach Sicherheitsaktualisierungen; ob auch in Abständen, steht nicht fest',
    ),
    source: 'en303645-v3.1.3-unverified',
  }),
  fresh({
    id: '5.3-6A',
    status: 'R',
    features: ['h'],
    title: text(
      'The user can enable, disable and postpone the automatic installation of updates',
      'Benutzer können die automatische Installation von Aktualisierungen ein- und ausschalten und verschieben',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 7-UpdMech, configuration: where the user enables, disables and postpones automatic installation',
        'IXIT 7-UpdMech, Konfiguration: wo Benutzer die automatische Installation ein- und ausschalten und verschieben',
      ),
      ask(
        'laboratory',
        'device',
        'A record of these three settings, tried on a unit with an update waiting',
        'Ein Protokoll dieser drei Einstellungen, ausprobiert an einem Gerät mit anstehender Aktualisierung',
      ),
    ],
    source: 'en303645-v3.1.3-practice',
  }),
  fresh({
    id: '5.3-6B',
    status: 'R',
    features: ['i'],
    title: text(
      'The user can enable and disable notices about updates',
      'Benutzer können Hinweise auf Aktualisierungen ein- und ausschalten',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 7-UpdMech, configuration: where the user enables and disables notices about updates',
        'IXIT 7-UpdMech, Konfiguration: wo Benutzer Hinweise auf Aktualisierungen ein- und ausschalten',
      ),
      ask(
        'laboratory',
        'device',
        'A record of both settings, tried on a unit for which an update is announced',
        'Ein Protokoll beider Einstellungen, ausprobiert an einem Gerät, für das eine Aktualisierung angekündigt ist',
      ),
    ],
    source: 'en303645-v3.1.3-practice',
  }),
  kept({
    id: '5.3-7',
    status: 'M',
    features: ['g'],
  }),
  kept({
    id: '5.3-8',
    status: 'M',
    conditions: [12],
  }),
  kept({
    id: '5.3-9',
    status: 'R',
    features: ['g'],
  }),
  kept({
    id: '5.3-10',
    status: 'M',
    features: ['j'],
  }),
  kept({
    id: '5.3-11',
    status: 'R',
    conditions: [12],
    title: text(
      'The user learns recognisably that a security update is needed; which risks it removes can be looked up',
      'Benutzer erfahren deutlich, dass eine Sicherheitsaktualisierung nötig ist; welche Risiken sie beseitigt, ist zu erfahren',
    ),
    source: 'en303645-v3.1.3-practice',
  }),
  kept({
    id: '5.3-12',
    status: 'R',
    conditions: [12],
  }),
  kept({
    id: '5.3-13',
    status: 'M',
  }),
  kept({
    id: '5.3-14',
    status: 'R',
    conditions: [3],
    title: text(
      'Where software cannot be updated: reason, replacement of hardware and support period are published',
      'Wo Software nicht aktualisierbar ist, sind Grund, Hardwareersatz und Unterstützungszeitraum veröffentlicht',
    ),
  }),
  fresh({
    id: '5.3-15A',
    status: 'R',
    conditions: [3],
    title: text(
      'A product whose software cannot be updated can be isolated',
      'Ein Produkt mit nicht aktualisierbarer Software lässt sich vom Netz trennen',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 9-ReplSup, isolation: how the product is taken off the network, and that no more than connectivity is lost',
        'IXIT 9-ReplSup, Trennung: wie das Produkt vom Netz genommen wird und dass dabei nur die Verbindung verloren geht',
      ),
      ask(
        'laboratory',
        'device',
        'A record of an isolated unit: what still works on it, and that its neighbours are not disturbed',
        'Ein Protokoll eines getrennten Geräts: was daran noch arbeitet und dass seine Nachbarn nicht gestört sind',
      ),
    ],
  }),
  fresh({
    id: '5.3-15B',
    status: 'R',
    conditions: [3],
    title: text(
      'The hardware of a product whose software cannot be updated can be replaced',
      'Die Hardware eines Produkts mit nicht aktualisierbarer Software lässt sich ersetzen',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 9-ReplSup, hardware replacement: which part is replaced, by whom and how',
        'IXIT 9-ReplSup, Hardwareersatz: welches Teil von wem und wie ersetzt wird',
      ),
      ask(
        'laboratory',
        'device',
        'A record of a replacement carried out on a unit, with its functions afterwards',
        'Ein Protokoll eines an einem Gerät ausgeführten Ersatzes, mit seinen Funktionen danach',
      ),
    ],
  }),
  kept({
    id: '5.3-16',
    status: 'M',
    title: text(
      'The model designation can be read on a label or through a user interface',
      'Die Modellbezeichnung ist auf einem Schild oder über eine Benutzerschnittstelle ablesbar',
    ),
    source: 'en303645-v3.1.3-digest',
  }),
]
