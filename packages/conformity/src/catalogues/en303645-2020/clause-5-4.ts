import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { provision } from './entry.ts'

/** Clause 5.4: securely store sensitive security parameters. */
export const CLAUSE_5_4: readonly ProvisionRule[] = [
  provision({
    id: '5.4-1',
    status: 'M',
    title: text(
      'Sensitive security parameters in persistent storage are stored securely',
      'Sensible Sicherheitsparameter im dauerhaften Speicher sind sicher abgelegt',
    ),
    cannotShow: text(
      'What a unit adds to its storage in production and use, and what its hardware protects, is not in an image.',
      'Was ein Gerät in Produktion und Betrieb speichert und was seine Hardware schützt, steht nicht im Abbild.',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 10-SecParam, complete: every password, key, token and certificate on the device with type (public or critical), storage place, protection scheme and file permissions',
        'IXIT 10-SecParam, vollständig: jedes Passwort, jeder Schlüssel, jedes Token und Zertifikat auf dem Gerät mit Art (öffentlich oder kritisch), Speicherort, Schutz und Dateirechten',
      ),
      ask(
        'laboratory',
        'device',
        'A flash dump of a unit in use, searched for these values, and the read-out that shows flash encryption or the secure element in operation where claimed',
        'Ein Flash-Abbild eines Geräts im Betrieb, durchsucht nach diesen Werten, und das Auslesen, das Flash-Verschlüsselung oder Sicherheitsbaustein in Betrieb zeigt, wo behauptet',
      ),
    ],
  }),
  provision({
    id: '5.4-2',
    status: 'M',
    conditions: [10],
    title: text(
      'A hard-coded unique identity used for security resists physical, electrical and software tampering',
      'Eine fest eingebaute, einmalige Identität für Sicherheitszwecke widersteht Manipulation an Hardware, Elektrik und Software',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 10-SecParam: which hard-coded identity serves security, where it lies (fuse, secure element, locked flash page), and the data sheet or evaluation report of that part and revision',
        'IXIT 10-SecParam: welche fest eingebaute Identität der Sicherheit dient, wo sie liegt (Fuse, Sicherheitsbaustein, gesperrte Flash-Seite), und Datenblatt oder Prüfbericht dieses Bausteins in dieser Revision',
      ),
      ask(
        'laboratory',
        'device',
        'The read-out of the lock bits of a unit, and an attempt to overwrite the identity from software',
        'Das Auslesen der Sperrbits eines Geräts und ein Versuch, die Identität per Software zu überschreiben',
      ),
    ],
  }),
  provision({
    id: '5.4-3',
    status: 'M',
    title: text(
      'No critical security parameter is hard-coded in the device software',
      'In der Gerätesoftware ist kein kritischer Sicherheitsparameter fest eingebaut',
    ),
    pillar: 'credentials',
    // Absence cannot be shown by looking: what was not found may lie where nobody looked.
    cannotShow: text(
      'That there is none cannot be shown by looking at an image; not finding one is no proof.',
      'Dass es keinen gibt, zeigt die Durchsicht eines Abbilds nicht; nichts gefunden zu haben ist kein Beweis.',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 10-SecParam: every critical parameter with how it gets onto the unit; for each that stands in the software, the step that replaces it before use',
        'IXIT 10-SecParam: jeder kritische Parameter mit dem Weg auf das Gerät; für jeden, der in der Software steht, der Schritt, der ihn vor der Nutzung ersetzt',
      ),
      ask(
        'maker',
        'documents',
        'The report of a secret scan over the source code of this version, with tool, rules and the reason for every exception',
        'Der Bericht einer Suche nach Geheimnissen im Quellcode dieser Version, mit Werkzeug, Regeln und Begründung jeder Ausnahme',
      ),
      ask(
        'laboratory',
        'device',
        'A flash dump of a provisioned unit: every value that stands in the image as a placeholder must have been replaced there',
        'Ein Flash-Abbild eines in Betrieb genommenen Geräts: jeder Wert, der im Abbild als Platzhalter steht, muss dort ersetzt sein',
      ),
    ],
  }),
  provision({
    id: '5.4-4',
    status: 'M',
    title: text(
      'Critical parameters for updates and for talking to services are unique per device and withstand attacks on the class',
      'Kritische Parameter für Aktualisierungen und Dienste sind je Gerät einmalig und widerstehen Angriffen auf die Geräteklasse',
    ),
    pillar: 'credentials',
    cannotShow: text(
      'That a parameter is unique per device shows only on two units or in production data.',
      'Dass ein Parameter je Gerät einmalig ist, zeigen nur zwei Geräte oder Produktionsdaten.',
    ),
    proof: ['units.parameter.differ'],
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 10-SecParam, generation and provisioning of every device key, client certificate and token: on the unit itself or in an HSM, with random source and key length, and a key injection log of one lot',
        'IXIT 10-SecParam, Erzeugung und Einbringung jedes Geräteschlüssels, Client-Zertifikats und Tokens: auf dem Gerät selbst oder im HSM, mit Zufallsquelle und Schlüssellänge, dazu ein Einbringungsprotokoll eines Loses',
      ),
      ask(
        'laboratory',
        'units',
        'Flash dumps, or the TLS and SSH public keys, of two units with the same version: each must differ',
        'Flash-Abbilder oder die öffentlichen TLS- und SSH-Schlüssel zweier Geräte gleicher Version: alle müssen sich unterscheiden',
      ),
    ],
  }),
]
