import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { provision } from './entry.ts'

/** Clauses 5.8 (personal data), 5.9 (resilience to outages) and 5.10 (telemetry). */
export const CLAUSES_5_8_TO_5_10: readonly ProvisionRule[] = [
  provision({
    id: '5.8-1',
    status: 'R',
    title: text(
      'Personal data stays confidential between device and service, by best-practice cryptography',
      'Personenbezogene Daten bleiben zwischen Gerät und Dienst durch bewährte Kryptografie vertraulich',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 21-PersData with IXIT 11-ComMech: which connection carries which personal data, and its protocol, cipher and peer check',
        'IXIT 21-PersData mit IXIT 11-ComMech: welche Verbindung welche personenbezogenen Daten trägt, mit Protokoll, Verschlüsselung und Prüfung der Gegenstelle',
      ),
      ask(
        'laboratory',
        'device',
        'A packet capture of normal use with an interception attempt',
        'Ein Paketmitschnitt des normalen Betriebs mit Abfangversuch',
      ),
    ],
  }),
  provision({
    id: '5.8-2',
    status: 'M',
    title: text(
      'Sensitive personal data stays confidential between device and associated services, by fitting cryptography',
      'Besonders schutzbedürftige personenbezogene Daten bleiben zwischen Gerät und zugehörigen Diensten durch passende Kryptografie vertraulich',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 21-PersData: which data is sensitive (video, audio, location, health, payment) and how each connection that carries it is encrypted',
        'IXIT 21-PersData: welche Daten besonders schutzbedürftig sind (Bild, Ton, Standort, Gesundheit, Zahlung) und wie jede Verbindung damit verschlüsselt ist',
      ),
      ask(
        'laboratory',
        'device',
        'A packet capture while such data flows, with protocol version, cipher and an interception attempt with an own CA',
        'Ein Paketmitschnitt, während solche Daten fließen, mit Protokollversion, Verschlüsselung und Abfangversuch mit eigener CA',
      ),
    ],
  }),
  provision({
    id: '5.8-3',
    status: 'M',
    title: text(
      'All external sensing capabilities are documented clearly for the user',
      'Alle Sensoren nach außen sind für Benutzer verständlich dokumentiert',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'The page of the manual that lists every camera, microphone, motion, position and other sensor (IXIT 2-UserInfo, IXIT 22-ExtSens)',
        'Die Seite der Anleitung mit allen Kameras, Mikrofonen, Bewegungs-, Positions- und sonstigen Sensoren (IXIT 2-UserInfo, IXIT 22-ExtSens)',
      ),
      ask(
        'laboratory',
        'device',
        'Photographs of the opened unit, compared with that list',
        'Fotos des geöffneten Geräts, verglichen mit dieser Liste',
      ),
    ],
  }),
  provision({
    id: '5.9-1',
    status: 'R',
    title: text(
      'Resilience to outages of network and power is built in',
      'Widerstandsfähigkeit gegen Ausfall von Netz und Strom ist eingebaut',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 23-ResMech: what covers loss of network and what covers loss of power',
        'IXIT 23-ResMech: was den Ausfall des Netzes und was den Ausfall des Stroms abdeckt',
      ),
      ask(
        'laboratory',
        'device',
        'A record of a unit whose network and then power were cut and restored',
        'Ein Protokoll eines Geräts, dem Netz und dann Strom entzogen und wiedergegeben wurden',
      ),
    ],
  }),
  provision({
    id: '5.9-2',
    status: 'R',
    title: text(
      'Without network the device keeps working locally, and it recovers cleanly after loss of power',
      'Ohne Netz arbeitet das Gerät örtlich weiter, und nach Stromausfall läuft es sauber wieder an',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 23-ResMech: which functions stay available without network, and the state after power returns',
        'IXIT 23-ResMech: welche Funktionen ohne Netz bleiben und der Zustand nach Rückkehr des Stroms',
      ),
      ask(
        'laboratory',
        'device',
        'A record of use without network, and of power cut in operation and during an update',
        'Ein Protokoll des Betriebs ohne Netz sowie eines Stromausfalls im Betrieb und während einer Aktualisierung',
      ),
    ],
  }),
  provision({
    id: '5.9-3',
    status: 'R',
    title: text(
      'The device connects in an orderly and stable way that spares the infrastructure',
      'Das Gerät verbindet sich geordnet und stabil und schont die Infrastruktur',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 11-ComMech, resilience measures: order of connecting, back-off and random delay after an outage',
        'IXIT 11-ComMech, Widerstandsfähigkeit: Reihenfolge des Verbindens, wachsende und zufällige Wartezeiten nach einem Ausfall',
      ),
      ask(
        'laboratory',
        'device',
        'A packet capture of reconnecting after an outage of the service',
        'Ein Paketmitschnitt der Wiederverbindung nach einem Ausfall des Dienstes',
      ),
    ],
  }),
  provision({
    id: '5.10-1',
    status: 'R',
    conditions: [6],
    title: text(
      'Collected telemetry is examined for security anomalies',
      'Gesammelte Telemetrie wird auf Sicherheitsauffälligkeiten untersucht',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 24-TelData, security examination: which data is examined for what, by whom and how often',
        'IXIT 24-TelData, Sicherheitsauswertung: welche Daten worauf, von wem und wie oft untersucht werden',
      ),
    ],
  }),
]
