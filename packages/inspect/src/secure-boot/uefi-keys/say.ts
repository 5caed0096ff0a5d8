import type { Text } from '@messlatte/model'
import type { KnownCertificate, KnownKey } from '../../known-keys/index.ts'
import type { ListName } from './facts.ts'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

export const KEYS = text(
  'Keys of UEFI Secure Boot are in the release',
  'Die Firmware enthält Schlüssel von UEFI Secure Boot',
)
export const SETUP_MODE = text(
  'The variable store has no platform key: a device with it takes any',
  'Der Variablenspeicher hat keinen Plattformschlüssel: Ein Gerät damit nimmt jeden an',
)
export const USER_MODE = text(
  'The variable store has a platform key',
  'Der Variablenspeicher hat einen Plattformschlüssel',
)
export const SWITCHED_OFF = text(
  'The variable store switches Secure Boot off',
  'Der Variablenspeicher schaltet Secure Boot ab',
)
export const NO_REVOCATION = text(
  'The variable store allows keys and revokes nothing',
  'Der Variablenspeicher lässt Schlüssel zu und sperrt nichts',
)

export function known(name: ListName, { what }: KnownKey | KnownCertificate): Text {
  return text(`In ${name} is ${what.en}`, `In ${name} steht ${what.de}`)
}

export function leaked(name: ListName): Text {
  return text(
    `The private half of a key in ${name} lies in this release`,
    `Die private Hälfte eines Schlüssels aus ${name} liegt in dieser Firmware`,
  )
}

export function lookAlike(name: ListName): Text {
  return text(
    `A certificate in ${name} calls itself one that must not be trusted`,
    `Ein Zertifikat in ${name} nennt sich selbst nicht vertrauenswürdig`,
  )
}

const LEVELS = {
  E4: text('a certificate that travels along', 'einem mitgelieferten Zertifikat'),
  E5: text('a key of this release', 'einem Schlüssel dieser Firmware'),
  E6: text('a key that you trust', 'einem Schlüssel, dem Sie vertrauen'),
} as const

export function updateHolds(name: ListName, level: keyof typeof LEVELS): Text {
  return text(
    `The signed update of ${name} verifies with ${LEVELS[level].en}`,
    `Die signierte Änderung von ${name} stimmt, geprüft mit ${LEVELS[level].de}`,
  )
}
export const UPDATE_FAILS = text(
  'The signature of an update of Secure Boot variables does not verify',
  'Die Signatur einer Änderung von Secure-Boot-Variablen stimmt nicht',
)
export const UPDATE_UNKNOWN = text(
  'The signature of an update of Secure Boot variables could not be verified',
  'Die Signatur einer Änderung von Secure-Boot-Variablen ließ sich nicht prüfen',
)

export const LISTED = text(
  'The lists were read; that a unit has these is not seen.',
  'Die Listen wurden gelesen; dass ein Gerät diese hat, ist nicht zu sehen.',
)
export const TEMPLATE = text(
  'A store in an image is what a unit begins with; its owner or maker may change it.',
  'Ein Speicher im Image ist, womit ein Gerät beginnt; Besitzer oder Hersteller können ihn ändern.',
)
export const BY_FINGERPRINT = text(
  'The key is equal to one whose private half was published.',
  'Der Schlüssel ist gleich einem, dessen private Hälfte veröffentlicht wurde.',
)
export const ONLY_A_FILE = text(
  'The key is equal to one whose private half was published; the list only lies in a file, and whether it is taken is not seen.',
  'Der Schlüssel ist gleich einem, dessen private Hälfte veröffentlicht wurde; die Liste liegt nur in einer Datei, und ob sie genommen wird, ist nicht zu sehen.',
)
export const BY_SUBJECT = text(
  'Its name says so and its fingerprint is none that is known: a name proves nothing, and whoever has the private key is not seen.',
  'Der Name sagt es, und der Fingerabdruck ist kein bekannter: Ein Name beweist nichts, und wer den privaten Schlüssel hat, ist nicht zu sehen.',
)
export const IN_RELEASE = text(
  'The public key is equal to that of a private key which was found in this release.',
  'Der öffentliche Schlüssel ist gleich dem eines privaten Schlüssels, der in dieser Firmware gefunden wurde.',
)
export const UPDATE_REASON = {
  holds: text(
    'Name, vendor, attributes, time and lists were hashed again, and the signature holds over them.',
    'Name, Hersteller, Attribute, Zeit und Listen wurden neu gehasht, und die Signatur gilt für sie.',
  ),
  fails: text(
    'It holds for none of the variables of Secure Boot with the certificate that it names.',
    'Sie gilt mit dem genannten Zertifikat für keine der Variablen von Secure Boot.',
  ),
  unknown: text(
    'The certificate that it names is not at hand, or the algorithm is none that is verified here.',
    'Das genannte Zertifikat ist nicht da, oder das Verfahren wird hier nicht geprüft.',
  ),
} as const

export const OTHER_KEYS = text(
  'The lists of a unit as it is sold (efi-readvar), with other keys.',
  'Die Listen eines Geräts im Verkaufszustand (efi-readvar) mit anderen Schlüsseln.',
)
export const OTHER_STATE = text(
  'The state of a unit as it is sold (mokutil --sb-state), in which Secure Boot is on.',
  'Der Zustand eines Geräts im Verkaufszustand (mokutil --sb-state), in dem Secure Boot an ist.',
)
export const CUT_OR_OTHER = text(
  'Proof that the file was cut out wrongly, or is an update of another variable: the file as delivered, and a unit that takes it.',
  'Der Nachweis, dass die Datei falsch ausgeschnitten wurde oder eine andere Variable ändert: die Datei wie geliefert und ein Gerät, das sie annimmt.',
)
