import type { Text, TraitId } from '@messlatte/model'
import { text } from '../text.ts'

export interface TraitInfo {
  readonly id: TraitId
  readonly question: Text
}

/** Every trait with the question that settles it, in the order of Annex B (2020, then what V3.1.3 adds), then what laws ask. */
export const TRAITS: readonly TraitInfo[] = [
  {
    id: 'passwords-used',
    question: text(
      'Does any login of the product (web, SSH, console, app) use a password or PIN?',
      'Verwendet eine Anmeldung des Produkts (Web, SSH, Konsole, App) ein Passwort oder eine PIN?',
    ),
  },
  {
    id: 'preinstalled-passwords',
    question: text(
      'Does the product leave the factory with passwords already set?',
      'Verlässt das Produkt das Werk mit bereits gesetzten Passwörtern?',
    ),
  },
  {
    id: 'components-not-updateable',
    question: text(
      'Are there software components that cannot be updated?',
      'Gibt es Softwarekomponenten, die sich nicht aktualisieren lassen?',
    ),
  },
  {
    id: 'constrained',
    question: text(
      'Is it a constrained device, by battery, memory, computing power or bandwidth that its purpose imposes?',
      'Ist es ein eingeschränktes Gerät, durch Batterie, Speicher, Rechenleistung oder Bandbreite, die sein Zweck vorgibt?',
    ),
  },
  {
    id: 'telemetry-collected',
    question: text(
      'Is telemetry (usage or measurement data) collected from the device or its services?',
      'Wird Telemetrie (Nutzungs- oder Messdaten) von Gerät oder Diensten gesammelt?',
    ),
  },
  {
    id: 'personal-data-by-consent',
    question: text(
      'Is personal data processed on the basis of consent?',
      'Werden personenbezogene Daten auf Grundlage einer Einwilligung verarbeitet?',
    ),
  },
  {
    id: 'user-authentication',
    question: text('Can users authenticate to the device?', 'Können sich Benutzer am Gerät authentisieren?'),
  },
  {
    id: 'automatic-updates',
    question: text(
      'Can the device update itself automatically?',
      'Kann sich das Gerät automatisch aktualisieren?',
    ),
  },
  {
    id: 'update-notifications',
    question: text(
      'Does the device notify users of available updates?',
      'Weist das Gerät Benutzer auf verfügbare Aktualisierungen hin?',
    ),
  },
  {
    id: 'hard-coded-identity',
    question: text(
      'Does a hard-coded identity, unique per device, serve a security purpose?',
      'Dient eine fest eingebaute, je Gerät einmalige Identität einem Sicherheitszweck?',
    ),
  },
  {
    id: 'network-updates',
    question: text(
      'Are updates delivered over a network (also by radio or through an app)?',
      'Werden Aktualisierungen über ein Netz geliefert (auch über Funk oder eine App)?',
    ),
  },
  {
    id: 'update-mechanism',
    question: text(
      'Has the device any mechanism to update its software?',
      'Hat das Gerät irgendeinen Mechanismus, seine Software zu aktualisieren?',
    ),
  },
  {
    id: 'debug-interface-accessible',
    question: text(
      'Can a debug interface (UART, JTAG, SWD, USB) be reached physically with a standard cable?',
      'Ist eine Debug-Schnittstelle (UART, JTAG, SWD, USB) mit einem üblichen Kabel physisch erreichbar?',
    ),
  },
  {
    id: 'password-authentication',
    question: text(
      'Can a password or PIN authenticate users, or machines to each other?',
      'Kann ein Passwort oder eine PIN Benutzer oder Maschinen untereinander authentisieren?',
    ),
  },
  {
    id: 'factory-passwords',
    question: text(
      'Do unique passwords, for users or machines, come set from the factory?',
      'Sind einmalige Passwörter, für Benutzer oder Maschinen, ab Werk gesetzt?',
    ),
  },
  {
    id: 'cryptographic-authentication',
    question: text(
      'Does cryptography authenticate users or machines, passwords included?',
      'Authentisiert Kryptografie Benutzer oder Maschinen, Passwortverfahren eingeschlossen?',
    ),
  },
  {
    id: 'network-authentication',
    question: text(
      'Can an authentication mechanism be used over a network interface?',
      'Ist ein Authentisierungsverfahren über eine Netzschnittstelle nutzbar?',
    ),
  },
  {
    id: 'replaceable-components',
    question: text(
      'Are there software components that may change, that is not kept immutable for security reasons?',
      'Gibt es Softwarekomponenten, die sich ändern dürfen, also nicht aus Sicherheitsgründen unveränderlich sind?',
    ),
  },
  {
    id: 'software-updateable',
    question: text('Can software of the device be updated?', 'Lässt sich Software des Geräts aktualisieren?'),
  },
  {
    id: 'stored-security-parameters',
    question: text(
      'Are sensitive security parameters kept in persistent storage?',
      'Liegen sensible Sicherheitsparameter im dauerhaften Speicher?',
    ),
  },
  {
    id: 'update-or-service-secrets',
    question: text(
      'Do critical security parameters serve update checks or the talk with services?',
      'Dienen kritische Sicherheitsparameter der Prüfung von Aktualisierungen oder der Verbindung zu Diensten?',
    ),
  },
  {
    id: 'network-configuration',
    question: text(
      'Can security-relevant settings be changed over a network?',
      'Lassen sich sicherheitsrelevante Einstellungen über ein Netz ändern?',
    ),
  },
  {
    id: 'secrets-communicated',
    question: text(
      'Can critical security parameters leave the device?',
      'Können kritische Sicherheitsparameter das Gerät verlassen?',
    ),
  },
  {
    id: 'unused-interfaces',
    question: text(
      'Are there network interfaces, or logical ones reachable over a network, that are not used?',
      'Gibt es ungenutzte Netzschnittstellen oder über ein Netz erreichbare logische Schnittstellen?',
    ),
  },
  {
    id: 'debug-interfaces',
    question: text(
      'Has the device debug interfaces, physical or logical?',
      'Hat das Gerät Debug-Schnittstellen, physische oder logische?',
    ),
  },
  {
    id: 'physical-debug-interfaces',
    question: text(
      'Is a debug interface of the device a physical port?',
      'Ist eine Debug-Schnittstelle des Geräts ein physischer Anschluss?',
    ),
  },
  {
    id: 'change-detection',
    question: text(
      'Can the device detect unauthorised changes of its software, by secure boot or otherwise?',
      'Kann das Gerät unbefugte Änderungen seiner Software erkennen, durch sicheres Booten oder anders?',
    ),
  },
  {
    id: 'personal-data-to-services',
    question: text(
      'Is personal data sent to associated services?',
      'Werden personenbezogene Daten an zugehörige Dienste gesendet?',
    ),
  },
  {
    id: 'sensitive-data-to-services',
    question: text(
      'Is sensitive personal data sent to associated services?',
      'Werden besonders schutzbedürftige personenbezogene Daten an zugehörige Dienste gesendet?',
    ),
  },
  {
    id: 'external-sensing',
    question: text(
      'Can the device sense its surroundings (camera, microphone, location and the like)?',
      'Kann das Gerät seine Umgebung erfassen (Kamera, Mikrofon, Standort und Ähnliches)?',
    ),
  },
  {
    id: 'personal-data-at-service',
    question: text(
      'Can an associated service store personal data?',
      'Kann ein zugehöriger Dienst personenbezogene Daten speichern?',
    ),
  },
  {
    id: 'personal-data-processed',
    question: text('Is personal data processed?', 'Werden personenbezogene Daten verarbeitet?'),
  },
  {
    id: 'aggregate-only',
    question: text(
      'Is personal data collected or processed solely to compute an aggregate?',
      'Werden personenbezogene Daten allein erhoben oder verarbeitet, um einen Gesamtwert zu berechnen?',
    ),
  },
  {
    id: 'brute-force-protection-possible',
    question: text(
      'Is the device free of resource limits, set by its use, that prevent protection against brute force?',
      'Ist das Gerät frei von Ressourcengrenzen seines Einsatzes, die einen Schutz gegen Durchprobieren verhindern?',
    ),
  },
  {
    id: 'update-mechanism-possible',
    question: text(
      'Is the device free of resource limits, set by its use, that prevent an update mechanism?',
      'Ist das Gerät frei von Ressourcengrenzen seines Einsatzes, die einen Aktualisierungsmechanismus verhindern?',
    ),
  },
  {
    id: 'critical-parameters-exist',
    question: text(
      'Are there critical security parameters that relate to the device?',
      'Gibt es kritische Sicherheitsparameter, die das Gerät betreffen?',
    ),
  },
  {
    id: 'radio-equipment',
    question: text(
      'Does the product send or receive by radio (Wi-Fi, Bluetooth, Zigbee, mobile network and the like)?',
      'Sendet oder empfängt das Produkt über Funk (WLAN, Bluetooth, Zigbee, Mobilfunk und Ähnliches)?',
    ),
  },
  {
    id: 'internet-connected',
    question: text(
      'Can the product communicate over the internet, directly or through other equipment?',
      'Kann das Produkt über das Internet kommunizieren, direkt oder über andere Geräte?',
    ),
  },
  {
    id: 'childcare-toy-wearable',
    question: text(
      'Is it meant for child care, a toy, or worn on the body?',
      'Dient es der Kinderbetreuung, ist es ein Spielzeug oder wird es am Körper getragen?',
    ),
  },
  {
    id: 'transfers-value',
    question: text(
      'Can its user transfer money, monetary value or virtual currency with it?',
      'Kann man damit Geld, geldwerte Guthaben oder virtuelle Währung übertragen?',
    ),
  },
  {
    id: 'network-equipment',
    question: text(
      'Does it carry the traffic of other devices (router, access point, switch, gateway)?',
      'Leitet es den Verkehr anderer Geräte weiter (Router, Access Point, Switch, Gateway)?',
    ),
  },
]
