import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { provision } from './entry.ts'

/** Clause 5.5: communicate securely. */
export const CLAUSE_5_5: readonly ProvisionRule[] = [
  provision({
    id: '5.5-1',
    status: 'M',
    title: text(
      'The device communicates with best-practice cryptography',
      'Das Gerät kommuniziert mit bewährter Kryptografie',
    ),
    cannotShow: text(
      'Configuration shows what is intended; what every connection really uses shows only on a running unit.',
      'Eine Konfiguration zeigt die Absicht; was jede Verbindung wirklich nutzt, zeigt nur ein laufendes Gerät.',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 11-ComMech: every connection of the device (cloud, app, update, local, radio) with protocol version, cipher suites, key lengths and how the peer is checked',
        'IXIT 11-ComMech: jede Verbindung des Geräts (Cloud, App, Aktualisierung, lokal, Funk) mit Protokollversion, Cipher-Suites, Schlüssellängen und Prüfung der Gegenstelle',
      ),
      ask(
        'laboratory',
        'device',
        'A packet capture of each connection, with a downgrade below TLS 1.2 and a foreign certificate tried',
        'Ein Paketmitschnitt jeder Verbindung, mit versuchter Herabstufung unter TLS 1.2 und fremdem Zertifikat',
      ),
    ],
  }),
  provision({
    id: '5.5-2',
    status: 'R',
    title: text(
      'Network and security functions come from reviewed or evaluated implementations',
      'Netz- und Sicherheitsfunktionen stammen aus begutachteten oder geprüften Implementierungen',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 12-NetSecImpl: every network and cryptographic stack with version, and for each the review or evaluation with its scope; one without is enough to miss this',
        'IXIT 12-NetSecImpl: jeder Netz- und Kryptografie-Stack mit Version, und zu jedem die Begutachtung oder Prüfung mit Umfang; einer ohne genügt zum Verfehlen',
      ),
    ],
  }),
  provision({
    id: '5.5-3',
    status: 'R',
    title: text(
      'Cryptographic algorithms and primitives can be updated',
      'Kryptografische Verfahren und Bausteine lassen sich aktualisieren',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 6-SoftComp: the update mechanism of every component that uses cryptography, also ROM code and secure element, and the side effects considered when algorithms change',
        'IXIT 6-SoftComp: der Aktualisierungsweg jeder Komponente mit Kryptografie, auch ROM-Code und Sicherheitsbaustein, und die bedachten Nebenwirkungen eines Verfahrenswechsels',
      ),
    ],
  }),
  provision({
    id: '5.5-4',
    status: 'R',
    title: text(
      'Once set up, functions reachable over the network are open only after authentication',
      'Nach der Einrichtung sind über das Netz erreichbare Funktionen nur nach Authentisierung nutzbar',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 13-SoftServ: every service on the network with its authentication mechanism, and the reason for each that has none',
        'IXIT 13-SoftServ: jeder Dienst im Netz mit seinem Authentisierungsverfahren und der Grund für jeden ohne',
      ),
      ask(
        'laboratory',
        'device',
        'A port scan of a unit in its initialised state, and for each service an attempt without, with wrong and with lesser credentials',
        'Ein Portscan eines eingerichteten Geräts und je Dienst ein Versuch ohne, mit falschen und mit geringeren Zugangsdaten',
      ),
    ],
  }),
  provision({
    id: '5.5-5',
    status: 'M',
    title: text(
      'Security-relevant settings change over the network only after authentication',
      'Sicherheitsrelevante Einstellungen lassen sich über das Netz nur nach Authentisierung ändern',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 13-SoftServ: every service that can change security-relevant settings, in all states of the device, with its authentication mechanism; protocols the device must rely on, such as DHCP, named apart',
        'IXIT 13-SoftServ: jeder Dienst, der sicherheitsrelevante Einstellungen ändern kann, in allen Gerätezuständen, mit seinem Authentisierungsverfahren; unverzichtbare Protokolle wie DHCP gesondert',
      ),
      ask(
        'laboratory',
        'device',
        'Attempts to change such settings over every open port without valid credentials, before and after set-up, with logs',
        'Versuche, solche Einstellungen über jeden offenen Port ohne gültige Zugangsdaten zu ändern, vor und nach der Einrichtung, mit Protokollen',
      ),
    ],
  }),
  provision({
    id: '5.5-6',
    status: 'R',
    title: text(
      'Critical security parameters are encrypted in transit',
      'Kritische Sicherheitsparameter werden bei der Übertragung verschlüsselt',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 10-SecParam with IXIT 11-ComMech: which connection carries which critical parameter, and how it is encrypted',
        'IXIT 10-SecParam mit IXIT 11-ComMech: welche Verbindung welchen kritischen Parameter trägt und wie sie verschlüsselt ist',
      ),
      ask(
        'laboratory',
        'device',
        'A packet capture of pairing, login and key exchange, searched for these values',
        'Ein Paketmitschnitt von Kopplung, Anmeldung und Schlüsselaustausch, durchsucht nach diesen Werten',
      ),
    ],
  }),
  provision({
    id: '5.5-7',
    status: 'M',
    title: text(
      'Critical security parameters stay confidential on interfaces that can be reached from afar',
      'Kritische Sicherheitsparameter bleiben auf aus der Ferne erreichbaren Schnittstellen vertraulich',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 11-ComMech: the connections over remotely reachable interfaces that carry critical parameters, with protocol, cipher and peer check',
        'IXIT 11-ComMech: die Verbindungen über aus der Ferne erreichbare Schnittstellen, die kritische Parameter tragen, mit Protokoll, Verschlüsselung und Prüfung der Gegenstelle',
      ),
      ask(
        'laboratory',
        'device',
        'A packet capture on the wide-area side during login, update and cloud registration, with an interception attempt',
        'Ein Paketmitschnitt auf der Weitverkehrsseite bei Anmeldung, Aktualisierung und Cloud-Registrierung, mit Abfangversuch',
      ),
    ],
  }),
  provision({
    id: '5.5-8',
    status: 'M',
    title: text(
      'The maker follows secure management processes for critical security parameters',
      'Der Hersteller verwaltet kritische Sicherheitsparameter nach sicheren Prozessen',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 14-SecMgmt: the life of signing keys and device keys from generation over storage and replacement to destruction, with what happens on expiry and compromise, and the confirmation in IXIT 4-Conf',
        'IXIT 14-SecMgmt: der Lebensweg von Signatur- und Geräteschlüsseln von Erzeugung über Aufbewahrung und Wechsel bis Vernichtung, das Vorgehen bei Ablauf und Kompromittierung, dazu die Bestätigung in IXIT 4-Conf',
      ),
    ],
  }),
]
