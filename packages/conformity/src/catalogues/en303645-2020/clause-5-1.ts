import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { provision } from './entry.ts'

/** Clause 5.1: no universal default passwords. */
export const CLAUSE_5_1: readonly ProvisionRule[] = [
  provision({
    id: '5.1-1',
    status: 'M',
    conditions: [1],
    title: text(
      'Outside the factory default state, every password differs per unit or was set by the user',
      'Außerhalb des Auslieferungszustands ist jedes Passwort je Gerät verschieden oder vom Benutzer gesetzt',
    ),
    pillar: 'credentials',
    cannotShow: text(
      'That passwords differ from unit to unit shows only on two units or in production data.',
      'Dass Passwörter von Gerät zu Gerät verschieden sind, zeigen nur zwei Geräte oder Produktionsdaten.',
    ),
    proof: ['units.password.differ'],
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 1-AuthMech: every login that takes a password (web, SSH, Telnet, serial console, app, RTSP, FTP …) and how each password comes about: set by the user at first use, or generated per unit',
        'IXIT 1-AuthMech: jede Anmeldung mit Passwort (Web, SSH, Telnet, serielle Konsole, App, RTSP, FTP …) und wie jedes Passwort entsteht: vom Benutzer bei der ersten Nutzung gesetzt oder je Gerät erzeugt',
      ),
      ask(
        'laboratory',
        'units',
        'Flash dumps (or label passwords) of two units with the same firmware version: every preset password and its hash must differ',
        'Flash-Abbilder (oder Passwörter vom Typenschild) zweier Geräte mit gleicher Firmware: jedes voreingestellte Passwort und sein Hash müssen sich unterscheiden',
      ),
      ask(
        'laboratory',
        'device',
        'A log of the first start from factory state: which logins answer before the user has set a password, and a port scan beside it',
        'Ein Protokoll der ersten Inbetriebnahme ab Werk: welche Anmeldungen antworten, bevor der Benutzer ein Passwort gesetzt hat, dazu ein Portscan',
      ),
    ],
  }),
  provision({
    id: '5.1-2',
    status: 'M',
    conditions: [2],
    title: text(
      'Preset passwords come from a generator that automated attacks on the whole product class cannot predict',
      'Voreingestellte Passwörter stammen aus einem Generator, den automatisierte Angriffe auf die ganze Geräteklasse nicht vorhersagen können',
    ),
    pillar: 'credentials',
    cannotShow: text(
      'How a generator behaves shows only on the passwords of several units or in production data.',
      'Wie ein Generator arbeitet, zeigen nur die Passwörter mehrerer Geräte oder Produktionsdaten.',
    ),
    proof: ['units.password.random'],
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 1-AuthMech, password generation: source of randomness, alphabet, length, the step in production, and that neither MAC address, serial number, SSID nor model goes into it',
        'IXIT 1-AuthMech, Passworterzeugung: Zufallsquelle, Zeichenvorrat, Länge, der Schritt in der Produktion, und dass weder MAC-Adresse, Seriennummer, SSID noch Modell eingehen',
      ),
      ask(
        'maker',
        'units',
        'The label passwords of at least 20 units with their MAC addresses, serial numbers and SSIDs',
        'Die Passwörter vom Typenschild von mindestens 20 Geräten mit MAC-Adressen, Seriennummern und SSIDs',
      ),
    ],
  }),
  provision({
    id: '5.1-3',
    status: 'M',
    title: text(
      'Users authenticate to the device with best-practice cryptography that fits the technology, risk and use',
      'Benutzer melden sich am Gerät mit bewährter Kryptografie an, die zu Technik, Risiko und Einsatz passt',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 1-AuthMech, cryptographic details: protocol, algorithms, key lengths and password hash of every login, with the catalogue they are taken from (SOG-IS ACM or BSI TR-02102)',
        'IXIT 1-AuthMech, kryptografische Angaben: Protokoll, Verfahren, Schlüssellängen und Passwort-Hash jeder Anmeldung, mit dem Katalog, aus dem sie stammen (SOG-IS ACM oder BSI TR-02102)',
      ),
      ask(
        'laboratory',
        'device',
        'A packet capture of each login on a running unit, with an attempt to downgrade it and to present a foreign certificate',
        'Ein Paketmitschnitt jeder Anmeldung an einem laufenden Gerät, mit dem Versuch einer Herabstufung und eines fremden Zertifikats',
      ),
    ],
  }),
  provision({
    id: '5.1-4',
    status: 'M',
    conditions: [8],
    title: text(
      'Users or administrators can change the authentication value in a simple way',
      'Benutzer oder Administratoren können das Authentisierungsmerkmal auf einfache Weise ändern',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'The page of the user manual that explains how to change each password, PIN or key (IXIT 2-UserInfo), in words that a layperson understands',
        'Die Seite der Anleitung, die das Ändern jedes Passworts, jeder PIN und jedes Schlüssels erklärt (IXIT 2-UserInfo), für Laien verständlich',
      ),
      ask(
        'laboratory',
        'device',
        'A record of one change per login: the new value works, the old one no longer does',
        'Ein Protokoll je Anmeldung über eine Änderung: der neue Wert gilt, der alte nicht mehr',
      ),
    ],
  }),
  provision({
    id: '5.1-5',
    status: 'M',
    conditions: [5],
    title: text(
      'Brute force against logins over the network is made impracticable',
      'Durchprobieren von Anmeldungen über das Netz ist praktisch unmöglich gemacht',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 1-AuthMech, brute-force prevention: for every login on the network the delay, lock-out or rate limit, and the entropy behind it',
        'IXIT 1-AuthMech, Schutz gegen Durchprobieren: für jede Anmeldung im Netz die Verzögerung, Sperre oder Ratenbegrenzung und die Entropie dahinter',
      ),
      ask(
        'laboratory',
        'device',
        'A brute-force run against each network login with attempts per minute and the moment at which it was slowed or locked, and a scan for logins that nobody declared',
        'Ein Durchprobierversuch gegen jede Anmeldung im Netz mit Versuchen je Minute und dem Zeitpunkt von Verzögerung oder Sperre, dazu eine Suche nach nicht angegebenen Anmeldungen',
      ),
    ],
  }),
]
