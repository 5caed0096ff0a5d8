import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { provision } from './entry.ts'

/** Clauses 5.11 (deleting user data), 5.12 (installation and maintenance) and 5.13 (input validation). */
export const CLAUSES_5_11_TO_5_13: readonly ProvisionRule[] = [
  provision({
    id: '5.11-1',
    status: 'M',
    title: text(
      'Users can erase their data from the device in a simple way',
      'Benutzer können ihre Daten auf einfache Weise vom Gerät löschen',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 25-DelFunc: the function that erases personal data, configuration and keys, how the user starts it, and what it overwrites',
        'IXIT 25-DelFunc: die Funktion, die personenbezogene Daten, Konfiguration und Schlüssel löscht, wie Benutzer sie auslösen und was sie überschreibt',
      ),
      ask(
        'laboratory',
        'device',
        'A flash dump after erasing, searched for data that was put in before',
        'Ein Flash-Abbild nach dem Löschen, durchsucht nach zuvor eingegebenen Daten',
      ),
    ],
  }),
  provision({
    id: '5.11-2',
    status: 'R',
    title: text(
      'From the device, users can simply remove their personal data from associated services',
      'Über das Gerät können Benutzer ihre personenbezogenen Daten einfach aus zugehörigen Diensten entfernen',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 25-DelFunc: every service that stores personal data, and how its removal is started from the device',
        'IXIT 25-DelFunc: jeder Dienst, der personenbezogene Daten speichert, und wie das Entfernen vom Gerät aus ausgelöst wird',
      ),
      ask(
        'laboratory',
        'device',
        'A record of a removal and of what the account or an information request shows afterwards',
        'Ein Protokoll einer Löschung und dessen, was Konto oder Auskunftsersuchen danach zeigen',
      ),
    ],
  }),
  provision({
    id: '5.11-3',
    status: 'R',
    title: text(
      'Users get clear instructions on deleting their personal data',
      'Benutzer erhalten eine klare Anleitung zum Löschen ihrer personenbezogenen Daten',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'The page of the manual on deletion; it must cover every function of IXIT 25-DelFunc, on the device and at the services',
        'Die Seite der Anleitung zum Löschen; sie muss jede Funktion aus IXIT 25-DelFunc abdecken, auf dem Gerät und bei den Diensten',
      ),
    ],
  }),
  provision({
    id: '5.11-4',
    status: 'R',
    title: text(
      'Users get a clear confirmation that their data was deleted',
      'Benutzer erhalten eine klare Bestätigung, dass ihre Daten gelöscht sind',
    ),
    missing: [
      ask(
        'laboratory',
        'device',
        'A screenshot or photograph of the confirmation after each deletion function',
        'Ein Bildschirmfoto oder Foto der Bestätigung nach jeder Löschfunktion',
      ),
    ],
  }),
  provision({
    id: '5.12-1',
    status: 'R',
    title: text(
      'Set-up and maintenance ask for few decisions and follow good practice in usable security',
      'Einrichtung und Wartung verlangen wenige Entscheidungen und folgen guter Praxis benutzbarer Sicherheit',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 26-UserDec: every decision the user takes, its options and its default',
        'IXIT 26-UserDec: jede Entscheidung des Benutzers mit Auswahl und Voreinstellung',
      ),
      ask(
        'laboratory',
        'device',
        'Screenshots of the whole first set-up of a unit',
        'Bildschirmfotos der gesamten Ersteinrichtung eines Geräts',
      ),
    ],
  }),
  provision({
    id: '5.12-2',
    status: 'R',
    title: text(
      'Users get guidance on setting the device up securely',
      'Benutzer erhalten eine Anleitung zur sicheren Einrichtung',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'The guide to secure set-up, with a recommendation for every decision of IXIT 26-UserDec',
        'Die Anleitung zur sicheren Einrichtung mit einer Empfehlung zu jeder Entscheidung aus IXIT 26-UserDec',
      ),
    ],
  }),
  provision({
    id: '5.12-3',
    status: 'R',
    title: text(
      'Users get guidance on checking that the device is set up securely',
      'Benutzer erhalten eine Anleitung, um die sichere Einrichtung zu überprüfen',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'The guide with which a user checks the set-up, and the result it gives for an insecure one',
        'Die Anleitung, mit der Benutzer die Einrichtung prüfen, und das Ergebnis bei einer unsicheren',
      ),
    ],
  }),
  provision({
    id: '5.13-1',
    status: 'M',
    title: text(
      'Input from users, programming interfaces and networks is validated',
      'Eingaben von Benutzern, Programmierschnittstellen und Netzen werden geprüft',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 27-UserIntf, 28-ExtAPI and 29-InpVal: every source of input with how it is validated',
        'IXIT 27-UserIntf, 28-ExtAPI und 29-InpVal: jede Eingabequelle mit der Art ihrer Prüfung',
      ),
      ask(
        'laboratory',
        'device',
        'The report of a web scan and of fuzzing every programming interface and network protocol of a unit',
        'Der Bericht eines Web-Scans und eines Fuzzings jeder Programmierschnittstelle und jedes Netzprotokolls eines Geräts',
      ),
    ],
  }),
]
