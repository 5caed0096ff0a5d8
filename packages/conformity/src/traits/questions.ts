import type { Text, TraitId } from '@messlatte/model'
import { text } from '../text.ts'

export interface TraitInfo {
  readonly id: TraitId
  readonly question: Text
}

/** Every trait with the question that settles it, in the order of Annex B. */
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
]
