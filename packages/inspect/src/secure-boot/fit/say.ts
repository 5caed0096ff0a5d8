import type { Text } from '@messlatte/model'
import type { KnownKey } from '../../known-keys/index.ts'
import type { ContentState } from './content.ts'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

const WITH_KEY = {
  E4: text('a key that travels along with it', 'einem Schlüssel, der mit ihr zusammen ausgeliefert wird'),
  E5: text(
    'a key of an earlier boot stage in this release',
    'einem Schlüssel einer früheren Startstufe dieser Firmware',
  ),
  E6: text('a key that you trust', 'einem Schlüssel, dem Sie vertrauen'),
} as const

export function verified(name: string, level: keyof typeof WITH_KEY): Text {
  const key = WITH_KEY[level]
  return text(
    `The signature of the boot configuration ${name} verifies with ${key.en}`,
    `Die Signatur der Startkonfiguration ${name} stimmt, geprüft mit ${key.de}`,
  )
}

export function refused(name: string): Text {
  return text(
    `The signature of the boot configuration ${name} does not verify`,
    `Die Signatur der Startkonfiguration ${name} stimmt nicht`,
  )
}

export function listedOnly(name: string): Text {
  return text(
    `The signature of the boot configuration ${name} leaves out part of what it starts`,
    `Die Signatur der Startkonfiguration ${name} lässt einen Teil dessen aus, was sie startet`,
  )
}

export function signedOtherBytes(name: string): Text {
  return text(
    `The boot configuration ${name} is signed, but its images are not those that were signed`,
    `Die Startkonfiguration ${name} ist signiert, aber ihre Images sind nicht die signierten`,
  )
}

export function contentOpen(name: string): Text {
  return text(
    `The boot configuration ${name} is signed, but nothing strong ties its images to the signature`,
    `Die Startkonfiguration ${name} ist signiert, aber nichts Starkes bindet ihre Images an die Signatur`,
  )
}

export function noKey(name: string): Text {
  return text(
    `The boot configuration ${name} is signed; no key here can verify it`,
    `Die Startkonfiguration ${name} ist signiert; kein Schlüssel hier kann das prüfen`,
  )
}

export function notVerified(name: string): Text {
  return text(
    `The boot configuration ${name} is signed; that could not be verified completely`,
    `Die Startkonfiguration ${name} ist signiert; das ließ sich nicht vollständig prüfen`,
  )
}

export function hashMismatch(image: string): Text {
  return text(
    `The hash of the boot image ${image} does not match its content`,
    `Der Hash des Boot-Images ${image} passt nicht zu seinem Inhalt`,
  )
}

export const UNSIGNED = text('The boot image carries no signature', 'Das Boot-Image trägt keine Signatur')

export function unsignedConfiguration(name: string): Text {
  return text(
    `The boot configuration ${name} carries no signature, others beside it do`,
    `Die Startkonfiguration ${name} trägt keine Signatur, andere daneben schon`,
  )
}

export function imageSignatureOnly(image: string): Text {
  return text(
    `Only the image ${image} by itself is signed, not what is started together`,
    `Nur das Image ${image} für sich ist signiert, nicht das, was zusammen gestartet wird`,
  )
}

export function imageSignatureFails(image: string): Text {
  return text(
    `The signature of the image ${image} does not verify`,
    `Die Signatur des Images ${image} stimmt nicht`,
  )
}

export function weakHash(image: string, state: ContentState): Text {
  const ties =
    state === 'none' ? text('no hash', 'kein Hash') : text('only a weak hash', 'nur ein schwacher Hash')
  return text(
    `${capital(ties.en)} ties the image ${image} to the signature`,
    `${capital(ties.de)} bindet das Image ${image} an die Signatur`,
  )
}

export function sha1Signature(name: string): Text {
  return text(
    `The signature of the boot configuration ${name} is made over SHA-1`,
    `Die Signatur der Startkonfiguration ${name} beruht auf SHA-1`,
  )
}

export function hashedNodesDiffer(name: string, differs: boolean): Text {
  return differs
    ? text(
        `The list of what the signature of ${name} covers is not what the configuration starts`,
        `Die Liste dessen, was die Signatur von ${name} abdeckt, ist nicht das, was die Konfiguration startet`,
      )
    : text(
        `The signature of ${name} does not cover the names of the properties`,
        `Die Signatur von ${name} deckt die Namen der Eigenschaften nicht ab`,
      )
}

export function knownSigner({ what }: KnownKey): Text {
  return text(
    `The boot image is signed with a key that everybody has: ${what.en}`,
    `Das Boot-Image ist mit einem Schlüssel signiert, den jeder hat: ${what.de}`,
  )
}

export function knownAnchor({ what }: KnownKey): Text {
  return text(
    `The boot loader trusts a key that everybody has: ${what.en}`,
    `Der Bootloader vertraut einem Schlüssel, den jeder hat: ${what.de}`,
  )
}

export const LEAKED_SIGNER = text(
  'The private key that signed the boot image lies in this release',
  'Der private Schlüssel, mit dem das Boot-Image signiert ist, liegt in dieser Firmware',
)

export function leakedAnchor(hint: string): Text {
  return text(
    `The boot loader trusts the key ${hint}, whose private half lies in this release`,
    `Der Bootloader vertraut dem Schlüssel ${hint}, dessen privater Teil in dieser Firmware liegt`,
  )
}

export function requiredKey(hint: string): Text {
  return text(
    `The boot loader's device tree demands a signature with the key ${hint}`,
    `Der Gerätebaum des Bootloaders verlangt eine Signatur mit dem Schlüssel ${hint}`,
  )
}

export const NOT_REQUIRED = text(
  "The boot loader's device tree has a key, but demands no signature",
  'Der Gerätebaum des Bootloaders hat einen Schlüssel, verlangt aber keine Signatur',
)

export const ONLY_IMAGES_REQUIRED = text(
  "The boot loader's device tree demands signatures of single images only",
  'Der Gerätebaum des Bootloaders verlangt nur Signaturen einzelner Images',
)

export const BROKEN = text(
  'A signed boot image is damaged: its structure cannot be read',
  'Ein signiertes Boot-Image ist beschädigt: Sein Aufbau lässt sich nicht lesen',
)

// Why, and how sure.

export const PREPARED = text(
  'The image is prepared for secure boot; whether ROM and fuses enforce it cannot be seen in it.',
  'Das Image ist für sicheres Starten vorbereitet; ob ROM und Fuses es erzwingen, ist ihm nicht anzusehen.',
)
export const MISLEADING_NAMES = text(
  'The tree has names or data that boot loaders could be misled with: unit addresses (CVE-2021-27138, U-Boot before 2021.04), names that stand there twice, or data that overlap.',
  'Der Baum hat Namen oder Daten, mit denen sich Bootloader täuschen ließen: Unit-Adressen (CVE-2021-27138, U-Boot vor 2021.04), doppelte Namen oder Daten, die sich überschneiden.',
)
export const RECOMPUTED = text(
  'The digest was computed again from the stored bytes.',
  'Der Digest wurde aus den gespeicherten Bytes neu berechnet.',
)
export const TRAVELLING_REASON = text(
  'The key lies inside of what it verifies: that proves that nothing broke on the way, and nothing about who signed.',
  'Der Schlüssel liegt in dem, was er prüft: Das zeigt, dass unterwegs nichts kaputtging, und nichts darüber, wer signiert hat.',
)
export const NO_KEY_REASON = text(
  'No control device tree of the release and no trusted key fits; the public key can be given with --trust.',
  'Kein Kontroll-Gerätebaum der Firmware und kein vertrauter Schlüssel passt; der öffentliche Schlüssel lässt sich mit --trust angeben.',
)
export const UNREAD_REASON = text(
  'The signature verifies, but not all that it vouches for could be hashed: data lie outside of the file, or the hash is of a kind that is not computed here.',
  'Die Signatur stimmt, aber nicht alles, wofür sie steht, ließ sich hashen: Daten liegen außerhalb der Datei, oder der Hash ist von einer Art, die hier nicht berechnet wird.',
)
export const MISSING_REASON = text(
  'The signature verifies, but an image that the configuration starts is not in the file.',
  'Die Signatur stimmt, aber ein Image, das die Konfiguration startet, fehlt in der Datei.',
)
export const WEAKEST_LINK = text(
  'The signature verifies; the level is that of the weakest hash beneath it.',
  'Die Signatur stimmt; die Stufe ist die des schwächsten Hashes darunter.',
)
export const SIGNER_WORTHLESS = text(
  'The signature verifies, but the private key is not secret.',
  'Die Signatur stimmt, aber der private Schlüssel ist nicht geheim.',
)
export const SIGNATURE_WEAK = text(
  'The signature verifies, but it is made over SHA-1 or leaves the names of the properties open.',
  'Die Signatur stimmt, aber sie beruht auf SHA-1 oder lässt die Namen der Eigenschaften offen.',
)
export const NOT_DEMANDED = text(
  'The signature verifies, but no device tree of an earlier stage starts this configuration only when it does.',
  'Die Signatur stimmt, aber kein Gerätebaum einer früheren Startstufe macht den Start davon abhängig.',
)
export const LISTED_ONLY_REASON = text(
  'It verifies over the nodes that it lists itself, and not over those that the configuration leads to; old boot loaders believe the list.',
  'Sie stimmt über die Knoten, die sie selbst auflistet, und nicht über die, zu denen die Konfiguration führt; alte Bootloader glauben der Liste.',
)

export const REFUSED = {
  named: text(
    'The key that the signature names is there, and does not verify it.',
    'Der Schlüssel, den die Signatur nennt, ist da und bestätigt sie nicht.',
  ),
  required: text(
    "The boot loader's device tree demands a key that does not verify it.",
    'Der Gerätebaum des Bootloaders verlangt einen Schlüssel, der sie nicht bestätigt.',
  ),
  only: text(
    'The only key of this kind does not verify it; the signature names another one, which may exist elsewhere.',
    'Der einzige Schlüssel dieser Art bestätigt sie nicht; die Signatur nennt einen anderen, den es anderswo geben mag.',
  ),
} as const

export const UNSUPPORTED = {
  algorithm: text(
    'The algorithm that the signature names is none that is verified here.',
    'Das Verfahren, das die Signatur nennt, wird hier nicht geprüft.',
  ),
  'too-large': text(
    'The signed part of the tree is larger than is verified here.',
    'Der signierte Teil des Baums ist größer, als hier geprüft wird.',
  ),
  'strings-outside': text(
    'The signature claims to cover more property names than there are.',
    'Die Signatur gibt an, mehr Namen von Eigenschaften abzudecken, als es gibt.',
  ),
  'not-computed': text('The digest was not computed.', 'Der Digest wurde nicht berechnet.'),
} as const

export const UNSIGNED_REASON = text(
  'The format can carry signatures and this one has none; another layer may still protect it.',
  'Das Format kann Signaturen tragen, dieses hat keine; eine andere Schicht kann es trotzdem schützen.',
)
export const PASSIVE_REASON = text(
  'It holds nothing that is started by itself.',
  'Es enthält nichts, was für sich gestartet wird.',
)
export const DEMANDED_ELSEWHERE = text(
  "The boot loader's device tree demands a signature, so this configuration should be refused.",
  'Der Gerätebaum des Bootloaders verlangt eine Signatur; diese Konfiguration müsste also abgewiesen werden.',
)
export const MIX_AND_MATCH = text(
  'Signed images can be put together anew: an old kernel, another device tree, other load addresses.',
  'Signierte Images lassen sich neu zusammenstellen: ein alter Kernel, ein anderer Gerätebaum, andere Ladeadressen.',
)
export const WEAK_HASH_REASON = text(
  'Other content with the same hash can be made, or needs no hash at all, and the signature stays valid.',
  'Anderer Inhalt mit gleichem Hash lässt sich herstellen oder braucht gar keinen, und die Signatur bleibt gültig.',
)
export const SHA1_REASON = text(
  'Two contents with one SHA-1 digest can be made.',
  'Zwei Inhalte mit gleichem SHA-1-Digest lassen sich herstellen.',
)
export const OPEN_COVERAGE = text(
  'What is not covered can be changed, and the signature stays valid.',
  'Was nicht abgedeckt ist, lässt sich ändern, und die Signatur bleibt gültig.',
)
export const OTHER_LIST = text(
  'The list itself is not signed; new boot loaders put it together anew, old ones believe it.',
  'Die Liste selbst ist nicht signiert; neue Bootloader stellen sie neu zusammen, alte glauben ihr.',
)
export const KNOWN_REASON = text(
  'The public key is equal to that of a private key which was published.',
  'Der öffentliche Schlüssel ist gleich dem eines veröffentlichten privaten Schlüssels.',
)
export const LEAKED_REASON = text(
  'The public key is equal to that of a private key which was found in this release.',
  'Der öffentliche Schlüssel ist gleich dem eines privaten Schlüssels, der in dieser Firmware gefunden wurde.',
)
export const NOT_REQUIRED_REASON = text(
  'No key is marked as required for configurations, so a FIT without a signature is started too.',
  'Kein Schlüssel ist für Konfigurationen als erforderlich markiert; ein FIT ohne Signatur wird also auch gestartet.',
)
export const NO_USABLE_KEY = text(
  'The node demands a signature, but its numbers make no key that is known here.',
  'Der Knoten verlangt eine Signatur, aber seine Zahlen ergeben keinen hier bekannten Schlüssel.',
)
export const BROKEN_REASON = text(
  'It has the header and the property names of a signed FIT.',
  'Es hat den Kopf und die Eigenschaftsnamen eines signierten FIT.',
)

// What would overturn it.

export const CUT_OR_OTHER_KEY = text(
  'Proof that the file was cut out wrongly, or that an earlier stage verifies it with another key: the file as delivered, and that stage with its device tree.',
  'Der Nachweis, dass die Datei falsch ausgeschnitten wurde oder eine frühere Stufe sie mit einem anderen Schlüssel prüft: die Datei wie geliefert und diese Stufe mit ihrem Gerätebaum.',
)
export const OTHER_LAYER = text(
  'Proof that an earlier stage verifies these bytes in another way before they run, or that they are not started.',
  'Der Nachweis, dass eine frühere Stufe diese Bytes vor dem Ausführen auf andere Weise prüft oder dass sie nicht gestartet werden.',
)
export const NOT_BOOTED = text(
  'Proof that the device refuses this image: a start with it that fails, on a unit as it is sold.',
  'Der Nachweis, dass das Gerät dieses Image abweist: ein gescheiterter Start damit auf einem Gerät im Verkaufszustand.',
)
export const NOT_THE_CONTROL_TREE = text(
  'Proof that the boot loader of the device uses another device tree, or that it is built to refuse what is not signed: its binary and configuration.',
  'Der Nachweis, dass der Bootloader des Geräts einen anderen Gerätebaum verwendet oder so gebaut ist, dass er Unsigniertes abweist: sein Binärprogramm und seine Konfiguration.',
)

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
