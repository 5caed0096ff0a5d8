import type { CaseRef, ProvisionRef, Text } from '@messlatte/model'
import { cases, provisions } from '../../drafts.ts'

/** What a credential opens. */
export interface Subject {
  /** Begins a title. */
  readonly title: Text
  /** Why it is critical and not public: what whoever has it can do. */
  readonly critical: Text
  /** What would take its place. */
  readonly instead: Text
  readonly opens: Opens
}

/** The device itself; a service that it speaks to; stored contents; its updates. */
type Opens = 'device' | 'network' | 'service' | 'stored'

function text(en: string, de: string): Text {
  return { en, de }
}

const PER_UNIT = text(
  'a value that is drawn at random for each unit, on its label, or that the user has to set at first start',
  'ein Wert, der für jedes Gerät zufällig gezogen wird und auf dem Etikett steht, oder den der Nutzer beim ersten Start setzen muss',
)
const ENROLLED = text(
  'credentials that each unit gets when it is made or enrolled, kept in protected storage',
  'Zugangsdaten, die jedes Gerät bei Fertigung oder Anmeldung selbst erhält und geschützt ablegt',
)
const SERVER_SIDE = text(
  'a key that stays on the maker’s server and hands out short-lived tokens to units that prove who they are',
  'ein Schlüssel, der auf dem Server des Herstellers bleibt und kurzlebige Token an Geräte ausgibt, die sich ausweisen',
)
const SIGNED = text(
  'a signature that is verified with a public key, and a key for each unit where contents have to be secret',
  'eine Signatur, die mit einem öffentlichen Schlüssel geprüft wird, und ein Schlüssel je Gerät, wo Inhalte geheim bleiben müssen',
)

function opens(
  what: Opens,
  title: readonly [string, string],
  critical: readonly [string, string],
  instead: Text,
): Subject {
  return { opens: what, title: text(...title), critical: text(...critical), instead }
}

export const SUBJECTS = {
  'wifi-access-point': opens(
    'device',
    ['The passphrase of the device’s own Wi-Fi', 'Die Passphrase des eigenen WLANs des Geräts'],
    ['whoever has it joins the network and reads along', 'wer sie hat, tritt dem Netz bei und liest mit'],
    PER_UNIT,
  ),
  'wifi-open': opens(
    'device',
    ['The device’s own Wi-Fi without any passphrase', 'Das eigene WLAN des Geräts ohne jede Passphrase'],
    ['anybody near it joins the network', 'jeder in der Nähe tritt dem Netz bei'],
    PER_UNIT,
  ),
  'wifi-client': opens(
    'network',
    ['The passphrase of a Wi-Fi that the device joins', 'Die Passphrase eines WLANs, dem das Gerät beitritt'],
    ['it opens somebody’s network', 'sie öffnet ein fremdes Netz'],
    text(
      'a network that the user names when the device is set up',
      'ein Netz, das der Nutzer beim Einrichten nennt',
    ),
  ),
  'wps-pin': opens(
    'device',
    ['The PIN of Wi-Fi Protected Setup', 'Die PIN von Wi-Fi Protected Setup'],
    ['whoever has it gets the passphrase of the Wi-Fi', 'wer sie hat, erhält die Passphrase des WLANs'],
    text('no PIN method at all', 'gar kein PIN-Verfahren'),
  ),
  snmp: opens(
    'device',
    ['An SNMP community', 'Eine SNMP-Community'],
    [
      'it is the only thing that SNMP v1 and v2c ask for',
      'sie ist das Einzige, wonach SNMP v1 und v2c fragen',
    ],
    text('SNMP v3 with a user for each unit, or none', 'SNMP v3 mit einem Benutzer je Gerät, oder keines'),
  ),
  'web-login': opens(
    'device',
    ['A login to the device', 'Eine Anmeldung am Gerät'],
    ['whoever has it administers the device', 'wer sie hat, verwaltet das Gerät'],
    PER_UNIT,
  ),
  camera: opens(
    'device',
    ['A login to a camera’s stream', 'Eine Anmeldung am Videostrom einer Kamera'],
    [
      'whoever has it sees and hears what the camera does',
      'wer sie hat, sieht und hört, was die Kamera aufnimmt',
    ],
    PER_UNIT,
  ),
  'remote-screen': opens(
    'device',
    ['The password of the remote screen (VNC)', 'Das Passwort des entfernten Bildschirms (VNC)'],
    ['whoever has it sees and operates the device', 'wer es hat, sieht und bedient das Gerät'],
    PER_UNIT,
  ),
  'file-sharing': opens(
    'device',
    ['A login to shared files', 'Eine Anmeldung an Dateifreigaben'],
    [
      'whoever has it reads and writes the shared files',
      'wer sie hat, liest und schreibt die freigegebenen Dateien',
    ],
    PER_UNIT,
  ),
  radius: opens(
    'network',
    ['A shared secret of RADIUS', 'Ein gemeinsames Geheimnis von RADIUS'],
    [
      'whoever has it lets anybody in, and reads passwords',
      'wer es hat, lässt jeden herein und liest Passwörter',
    ],
    ENROLLED,
  ),
  cwmp: opens(
    'service',
    ['Credentials of remote management (TR-069)', 'Zugangsdaten der Fernverwaltung (TR-069)'],
    [
      'whoever has them speaks for any unit, or tells units what to do',
      'wer sie hat, spricht für jedes Gerät oder gibt Geräten Befehle',
    ],
    ENROLLED,
  ),
  ppp: opens(
    'service',
    ['A login to an access provider (PPP)', 'Eine Anmeldung beim Zugangsanbieter (PPP)'],
    ['it goes on somebody’s account', 'sie geht auf fremde Rechnung'],
    ENROLLED,
  ),
  vpn: opens(
    'service',
    ['A secret of a VPN', 'Ein Geheimnis eines VPNs'],
    ['whoever has it is inside the network behind it', 'wer es hat, ist im Netz dahinter'],
    ENROLLED,
  ),
  mqtt: opens(
    'service',
    ['A login to a message broker', 'Eine Anmeldung an einem Nachrichtenvermittler'],
    [
      'whoever has it reads and sends messages of all units that share it',
      'wer sie hat, liest und sendet Nachrichten aller Geräte, die sie teilen',
    ],
    ENROLLED,
  ),
  ddns: opens(
    'service',
    ['A login to a service of dynamic names', 'Eine Anmeldung bei einem Dienst für dynamische Namen'],
    ['whoever has it points the name elsewhere', 'wer sie hat, lenkt den Namen um'],
    ENROLLED,
  ),
  sip: opens(
    'service',
    ['A login to a telephone service (SIP)', 'Eine Anmeldung bei einem Telefondienst (SIP)'],
    ['whoever has it telephones on this account', 'wer sie hat, telefoniert über dieses Konto'],
    ENROLLED,
  ),
  mail: opens(
    'service',
    ['A login to a mail server', 'Eine Anmeldung an einem Mailserver'],
    ['whoever has it sends and reads mail', 'wer sie hat, verschickt und liest Post'],
    ENROLLED,
  ),
  database: opens(
    'stored',
    ['A login to a database', 'Eine Anmeldung an einer Datenbank'],
    ['whoever has it reads and changes what is stored', 'wer sie hat, liest und ändert, was gespeichert ist'],
    ENROLLED,
  ),
  'key-passphrase': opens(
    'stored',
    ['The passphrase of a stored key', 'Die Passphrase eines gespeicherten Schlüssels'],
    ['the key is no longer protected by it', 'der Schlüssel ist dadurch nicht mehr geschützt'],
    text('a key in hardware, or one for each unit', 'ein Schlüssel in Hardware oder einer je Gerät'),
  ),
  'web-address': opens(
    'service',
    ['A login inside an address', 'Eine Anmeldung in einer Adresse'],
    ['whoever has it is let in there', 'wer sie hat, wird dort eingelassen'],
    ENROLLED,
  ),
  'remote-login': opens(
    'service',
    ['A login to another machine', 'Eine Anmeldung an einem anderen Rechner'],
    ['whoever has it is let in there', 'wer sie hat, wird dort eingelassen'],
    ENROLLED,
  ),
  'cloud-key': opens(
    'service',
    ['A key of a cloud service', 'Ein Schlüssel eines Cloud-Dienstes'],
    ['whoever has it acts in the maker’s name there', 'wer ihn hat, handelt dort im Namen des Herstellers'],
    SERVER_SIDE,
  ),
  'device-identity': opens(
    'service',
    ['The identity of a device at a cloud service', 'Die Identität eines Geräts bei einem Cloud-Dienst'],
    ['whoever has it speaks for that device', 'wer sie hat, spricht für dieses Gerät'],
    ENROLLED,
  ),
  token: opens(
    'service',
    ['A signed token (JWT)', 'Ein signiertes Token (JWT)'],
    ['whoever has it is taken for whom it names', 'wer es hat, gilt als der, den es nennt'],
    SERVER_SIDE,
  ),
  encryption: opens(
    'stored',
    ['A symmetric key or passphrase', 'Ein symmetrischer Schlüssel oder eine Passphrase'],
    [
      'whoever has it decrypts, and encrypts anew, what it protects',
      'wer sie hat, entschlüsselt und verschlüsselt neu, was sie schützt',
    ],
    SIGNED,
  ),
  pairing: opens(
    'device',
    ['A key or code with which devices pair', 'Ein Schlüssel oder Code, mit dem sich Geräte koppeln'],
    [
      'whoever is near and has it pairs or listens',
      'wer in der Nähe ist und ihn hat, koppelt sich oder hört mit',
    ],
    PER_UNIT,
  ),
  attestation: opens(
    'service',
    ['A test certificate for a product’s origin', 'Ein Testzertifikat für die Herkunft eines Produkts'],
    [
      'its key is published: anybody can pass for this product',
      'sein Schlüssel ist veröffentlicht: Jeder kann sich als dieses Produkt ausgeben',
    ],
    text(
      'certificates of the maker’s own authority, one for each unit',
      'Zertifikate der eigenen Stelle des Herstellers, eines je Gerät',
    ),
  ),
  unnamed: opens(
    'stored',
    ['A password or key in a configuration', 'Ein Passwort oder Schlüssel in einer Konfiguration'],
    ['its name says that it is secret', 'sein Name sagt, dass es geheim ist'],
    PER_UNIT,
  ),
} as const satisfies Readonly<Record<string, Subject>>

export type SubjectName = keyof typeof SUBJECTS

export function subjectOf(name: SubjectName): Subject {
  return SUBJECTS[name]
}

/** Access to the device has to differ between units; secrets of associated services as well; all are stored in the clear. */
export function touched(name: SubjectName): {
  readonly provisions: readonly ProvisionRef[]
  readonly cases: readonly CaseRef[]
} {
  switch (subjectOf(name).opens) {
    case 'device':
      return {
        provisions: provisions(['5.1-1', '5.4-1', '5.4-3']),
        cases: cases('5.1-1-1', '5.1-1-2', '5.4-1-1', '5.4-1-2', '5.4-3-1', '5.4-3-2'),
      }
    case 'service':
      return {
        provisions: provisions(['5.4-1', '5.4-3', '5.4-4']),
        cases: cases('5.4-1-1', '5.4-1-2', '5.4-3-1', '5.4-3-2', '5.4-4-1'),
      }
    case 'network':
    case 'stored':
      return {
        provisions: provisions(['5.4-1', '5.4-3']),
        cases: cases('5.4-1-1', '5.4-1-2', '5.4-3-1', '5.4-3-2'),
      }
  }
}
