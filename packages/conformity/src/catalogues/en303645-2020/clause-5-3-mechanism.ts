import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { provision } from './entry.ts'

/** Clause 5.3, keep software updated: what the device and its update mechanism can do. */
export const CLAUSE_5_3_MECHANISM: readonly ProvisionRule[] = [
  provision({
    id: '5.3-1',
    status: 'R',
    title: text(
      'All software components can be updated securely',
      'Alle Softwarekomponenten lassen sich sicher aktualisieren',
    ),
    pillar: 'updates',
    needs: { not: { trait: 'components-not-updateable' } },
    cannotShow: text(
      'That this holds for all components, also those outside the image, shows only in a list of all of them.',
      'Dass dies für alle Komponenten gilt, auch für solche außerhalb des Abbilds, zeigt nur eine vollständige Liste.',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 6-SoftComp: every software component with its update mechanism, also bootloader, radio and modem firmware, secure element and co-processors; for each without one, the reason',
        'IXIT 6-SoftComp: jede Softwarekomponente mit ihrem Aktualisierungsweg, auch Bootloader, Funk- und Modemfirmware, Sicherheitsbaustein und Nebenprozessoren; für jede ohne Weg der Grund',
      ),
      ask(
        'maker',
        'image',
        'An update package as it is delivered to units in the field, so that its parts can be compared with that list',
        'Ein Aktualisierungspaket, wie es Geräte im Feld erhalten, damit seine Teile mit dieser Liste verglichen werden können',
      ),
    ],
  }),
  provision({
    id: '5.3-2',
    status: 'M',
    conditions: [5],
    title: text(
      'A device that is not constrained has a mechanism to install updates securely',
      'Ein nicht eingeschränktes Gerät hat einen Mechanismus, Aktualisierungen sicher zu installieren',
    ),
    pillar: 'updates',
    imageCanSupport: true,
    needs: { trait: 'update-mechanism' },
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 7-UpdMech: each way in which software gets onto the device (network, app, USB, serial, recovery mode), with what stops a manipulated package and an older, vulnerable version',
        'IXIT 7-UpdMech: jeder Weg, auf dem Software auf das Gerät kommt (Netz, App, USB, seriell, Notfallmodus), und was ein manipuliertes Paket und eine ältere, verwundbare Version aufhält',
      ),
      ask(
        'maker',
        'image',
        'The root file system with the update client and its configuration, and one real update package',
        'Das Wurzeldateisystem mit dem Aktualisierungsprogramm und seiner Konfiguration sowie ein echtes Aktualisierungspaket',
      ),
      ask(
        'laboratory',
        'device',
        'Misuse attempts on a unit with logs: one byte flipped, signature removed, foreign key, older version, another model’s package, connection cut or intercepted',
        'Missbrauchsversuche an einem Gerät mit Protokollen: ein Byte verändert, Signatur entfernt, fremder Schlüssel, ältere Version, Paket eines anderen Modells, Verbindung unterbrochen oder abgefangen',
      ),
    ],
  }),
  provision({
    id: '5.3-4',
    status: 'R',
    conditions: [12],
    title: text(
      'Updates are installed by automatic mechanisms',
      'Aktualisierungen werden durch automatische Mechanismen eingespielt',
    ),
    pillar: 'updates',
    imageCanSupport: true,
    needs: { trait: 'automatic-updates' },
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 7-UpdMech, initiation and configuration: which update mechanism runs without any action by the user, and that it is on by default',
        'IXIT 7-UpdMech, Auslösung und Konfiguration: welcher Aktualisierungsweg ohne Zutun des Benutzers läuft und dass er ab Werk eingeschaltet ist',
      ),
      ask(
        'maker',
        'image',
        'The scheduler’s configuration as shipped (cron, timer, update agent), from the image or as a factory-state dump',
        'Die Konfiguration des Zeitplaners im Auslieferungszustand (cron, Timer, Aktualisierungsdienst), aus dem Abbild oder als Speicherabzug ab Werk',
      ),
    ],
  }),
  provision({
    id: '5.3-5',
    status: 'R',
    conditions: [12],
    title: text(
      'The device looks for security updates after initialisation and then at intervals',
      'Das Gerät sucht nach der Einrichtung und danach in Abständen nach Sicherheitsaktualisierungen',
    ),
    pillar: 'updates',
    cannotShow: text(
      'That the device really asks, and how often, shows only on a running unit or in the declared design.',
      'Dass das Gerät wirklich anfragt und wie oft, zeigt nur ein laufendes Gerät oder der erklärte Entwurf.',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 7-UpdMech, update checking: who asks (the device itself, not only the app), when after initialisation, and at what interval',
        'IXIT 7-UpdMech, Suche nach Aktualisierungen: wer anfragt (das Gerät selbst, nicht nur die App), wann nach der Einrichtung und in welchem Abstand',
      ),
      ask(
        'laboratory',
        'device',
        'A packet capture over several days from first set-up that shows the requests to the update server',
        'Ein Paketmitschnitt über mehrere Tage ab Ersteinrichtung, der die Anfragen an den Aktualisierungsserver zeigt',
      ),
    ],
  }),
  provision({
    id: '5.3-7',
    status: 'M',
    conditions: [12],
    title: text(
      'The update mechanism uses best-practice cryptography',
      'Der Aktualisierungsmechanismus nutzt bewährte Kryptografie',
    ),
    pillar: 'updates',
    imageCanSupport: true,
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 7-UpdMech, cryptographic details of every mechanism, also of local recovery: algorithm, key length, hash, and the catalogue they come from (SOG-IS ACM or BSI TR-02102)',
        'IXIT 7-UpdMech, kryptografische Angaben jedes Weges, auch der lokalen Wiederherstellung: Verfahren, Schlüssellänge, Hash und der Katalog dazu (SOG-IS ACM oder BSI TR-02102)',
      ),
      ask(
        'maker',
        'image',
        'One real update package with its signature, and the public key with which the device verifies it',
        'Ein echtes Aktualisierungspaket mit seiner Signatur und der öffentliche Schlüssel, mit dem das Gerät sie prüft',
      ),
    ],
  }),
  provision({
    id: '5.3-9',
    status: 'R',
    conditions: [12],
    title: text(
      'The device itself verifies that an update is genuine and intact',
      'Das Gerät prüft selbst, ob eine Aktualisierung echt und unversehrt ist',
    ),
    pillar: 'updates',
    imageCanSupport: true,
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 7-UpdMech, security guarantees: where on the device the signature is verified, before which write to flash, and how the package is bound to this model',
        'IXIT 7-UpdMech, Sicherheitszusagen: wo auf dem Gerät die Signatur geprüft wird, vor welchem Schreiben in den Flash, und wie das Paket an dieses Modell gebunden ist',
      ),
      ask(
        'maker',
        'image',
        'The update client with its configuration and key ring, and one real update package',
        'Das Aktualisierungsprogramm mit Konfiguration und Schlüsselbund sowie ein echtes Aktualisierungspaket',
      ),
      ask(
        'laboratory',
        'device',
        'The log of a unit that was offered a package with one byte flipped and one signed with a foreign key: both must be refused',
        'Das Protokoll eines Geräts, dem ein Paket mit einem veränderten Byte und eines mit fremdem Schlüssel angeboten wurde: beide müssen abgewiesen werden',
      ),
    ],
  }),
  provision({
    id: '5.3-10',
    status: 'M',
    conditions: [11, 12],
    title: text(
      'Each update that comes over the network is verified as genuine and intact through a trust relationship',
      'Jede Aktualisierung über das Netz wird über eine Vertrauensbeziehung auf Echtheit und Unversehrtheit geprüft',
    ),
    pillar: 'updates',
    imageCanSupport: true,
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 7-UpdMech: the trust relationship behind every update over the network (signature key, authenticated channel), who holds the signing key, and what happens when the check fails',
        'IXIT 7-UpdMech: die Vertrauensbeziehung hinter jeder Aktualisierung über das Netz (Signaturschlüssel, authentisierter Kanal), wer den Signaturschlüssel hält und was bei fehlgeschlagener Prüfung geschieht',
      ),
      ask(
        'maker',
        'image',
        'The update client, its configuration with server addresses, the key ring or CA file it trusts, and one real update package',
        'Das Aktualisierungsprogramm, seine Konfiguration mit Serveradressen, der Schlüsselbund oder die CA-Datei, der es vertraut, und ein echtes Aktualisierungspaket',
      ),
      ask(
        'laboratory',
        'device',
        'A capture of an update with an intercepted connection (own CA) and a manipulated package, and a scan for update paths that nobody declared (TFTP, HTTP recovery, TR-069)',
        'Ein Mitschnitt einer Aktualisierung bei abgefangener Verbindung (eigene CA) und mit manipuliertem Paket, dazu eine Suche nach nicht angegebenen Wegen (TFTP, HTTP-Notfallmodus, TR-069)',
      ),
    ],
  }),
]
