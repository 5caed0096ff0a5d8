import type { Text } from '@messlatte/model'
import type { KnownKey } from '../../known-keys/index.ts'
import type { SlotTrailer } from './facts.ts'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

const WITH_KEY = {
  E4: text('a key that is told by the image itself', 'einem Schlüssel, den das Image selbst nennt'),
  E5: text(
    'a key that lies outside of it in this release',
    'einem Schlüssel, der in dieser Firmware außerhalb davon liegt',
  ),
  E6: text('a key that you trust', 'einem Schlüssel, dem Sie vertrauen'),
} as const

export function verified(version: string, level: keyof typeof WITH_KEY): Text {
  const key = WITH_KEY[level]
  return text(
    `The signature of the MCUboot image ${version} verifies with ${key.en}`,
    `Die Signatur des MCUboot-Images ${version} stimmt, geprüft mit ${key.de}`,
  )
}

export function refused(version: string): Text {
  return text(
    `The signature of the MCUboot image ${version} does not verify`,
    `Die Signatur des MCUboot-Images ${version} stimmt nicht`,
  )
}

export function notVerified(version: string): Text {
  return text(
    `The signature of the MCUboot image ${version} could not be verified`,
    `Die Signatur des MCUboot-Images ${version} ließ sich nicht prüfen`,
  )
}

export function unsigned(version: string): Text {
  return text(
    `The MCUboot image ${version} carries no signature`,
    `Das MCUboot-Image ${version} trägt keine Signatur`,
  )
}

export function calledSigned(version: string): Text {
  return text(
    `The MCUboot image ${version} is called signed and carries no signature`,
    `Das MCUboot-Image ${version} heißt signiert und trägt keine Signatur`,
  )
}

export function hashMismatch(version: string): Text {
  return text(
    `The hash of the MCUboot image ${version} does not match its content`,
    `Der Hash des MCUboot-Images ${version} passt nicht zu seinem Inhalt`,
  )
}

export function knownSigner({ what }: KnownKey): Text {
  return text(
    `The MCUboot image is signed with a key that everybody has: ${what.en}`,
    `Das MCUboot-Image ist mit einem Schlüssel signiert, den jeder hat: ${what.de}`,
  )
}

export function knownAnchor({ what }: KnownKey): Text {
  return text(
    `The boot loader carries a key that everybody has: ${what.en}`,
    `Der Bootloader trägt einen Schlüssel, den jeder hat: ${what.de}`,
  )
}

export function counter(value: number): Text {
  return text(
    `The MCUboot image states security counter ${value} against rollback`,
    `Das MCUboot-Image nennt den Sicherheitszähler ${value} gegen das Zurückspielen alter Stände`,
  )
}

export function slot({ imageOk }: SlotTrailer): Text {
  return imageOk === 'set'
    ? text('The slot records its image as confirmed', 'Der Platz verzeichnet sein Image als bestätigt')
    : text(
        'The slot records its image as one that has to prove itself',
        'Der Platz verzeichnet sein Image als eines, das sich erst bewähren muss',
      )
}

export const NO_COUNTER = text(
  'The MCUboot image has no security counter that its hash covers',
  'Das MCUboot-Image hat keinen Sicherheitszähler, den sein Hash abdeckt',
)
export const NOT_COVERED = text(
  'Data that decide what is started lie outside of what the signature covers',
  'Daten, die den Start bestimmen, liegen außerhalb dessen, was die Signatur abdeckt',
)
export const ANCHOR = text(
  'A public key in the form of MCUboot lies in this release, outside of its images',
  'Ein öffentlicher Schlüssel in der Form von MCUboot liegt in dieser Firmware, außerhalb ihrer Images',
)
export const LEAKED_SIGNER = text(
  'The private key that signed the MCUboot image lies in this release',
  'Der private Schlüssel, mit dem das MCUboot-Image signiert ist, liegt in dieser Firmware',
)
export const LEAKED_ANCHOR = text(
  'The boot loader carries a key whose private half lies in this release',
  'Der Bootloader trägt einen Schlüssel, dessen privater Teil in dieser Firmware liegt',
)

// Why, and how sure.

export const PREPARED = text(
  'The image is prepared for secure boot; whether the device runs this boot loader, and whether its flash is locked, cannot be seen.',
  'Das Image ist für sicheres Starten vorbereitet; ob das Gerät diesen Bootloader ausführt und ob dessen Flash gesperrt ist, ist nicht zu sehen.',
)
export const SOMEWHERE = text(
  'No sentence of MCUboot stands beside the key: that it belongs to the boot loader is likely, and not shown.',
  'Neben dem Schlüssel steht kein Satz von MCUboot: Dass er zum Bootloader gehört, ist wahrscheinlich und nicht gezeigt.',
)
export const TRAVELLING = text(
  'The key travels with what it verifies: that proves that nothing broke on the way, and nothing about who signed.',
  'Der Schlüssel wird mit dem ausgeliefert, was er prüft: Das zeigt, dass unterwegs nichts kaputtging, und nichts darüber, wer signiert hat.',
)
export const COMPUTED_REASON = text(
  'The key was computed from the signature, and its hash is the one that the image names: nothing broke on the way. Whose key it is stays open; the public key can be given with --trust.',
  'Der Schlüssel wurde aus der Signatur berechnet, und sein Hash ist der, den das Image nennt: Unterwegs ging nichts kaputt. Wessen Schlüssel es ist, bleibt offen; der öffentliche Schlüssel lässt sich mit --trust angeben.',
)
export const NOT_THE_TRUSTED = text(
  'The key is told by the image itself, and is none of those that you trust.',
  'Den Schlüssel nennt das Image selbst, und er ist keiner von denen, denen Sie vertrauen.',
)
export const SIGNER_WORTHLESS = text(
  'The signature verifies, but the private key is not secret.',
  'Die Signatur stimmt, aber der private Schlüssel ist nicht geheim.',
)
export const NO_KEY = text(
  'No key of the release and no trusted key is the one that the image names; the public key can be given with --trust.',
  'Kein Schlüssel der Firmware und kein vertrauter Schlüssel ist der, den das Image nennt; der öffentliche Schlüssel lässt sich mit --trust angeben.',
)
export const OTHER_BYTES = text(
  'The hash in the image is not that of its bytes, so that boot loaders refuse it before they look at the signature.',
  'Der Hash im Image ist nicht der seiner Bytes, sodass Bootloader es abweisen, bevor sie die Signatur ansehen.',
)
export const NO_HASH = text(
  'It states no hash, which boot loaders demand beside a signature of this kind.',
  'Es nennt keinen Hash, den Bootloader neben einer Signatur dieser Art verlangen.',
)
export const CUT = text(
  'The image is cut off: its hash and signature are not there.',
  'Das Image ist abgeschnitten: Sein Hash und seine Signatur sind nicht da.',
)
export const RECOMPUTED = text(
  'The digest was computed again from the stored bytes.',
  'Der Digest wurde aus den gespeicherten Bytes neu berechnet.',
)

export const REFUSED = {
  named: text(
    'The key that the image names is there, and does not verify it.',
    'Der Schlüssel, den das Image nennt, ist da und bestätigt es nicht.',
  ),
  misnamed: text(
    'It verifies with a key at hand, but the image names another one, which boot loaders look for.',
    'Sie stimmt mit einem vorhandenen Schlüssel, aber das Image nennt einen anderen, den Bootloader suchen.',
  ),
  only: text(
    'The only key of this kind does not verify it; another one may exist elsewhere.',
    'Der einzige Schlüssel dieser Art bestätigt es nicht; einen anderen mag es anderswo geben.',
  ),
  computed: text(
    'No key under which the signature would hold has the hash that the image names.',
    'Kein Schlüssel, unter dem die Signatur stimmen würde, hat den Hash, den das Image nennt.',
  ),
} as const

export const UNSUPPORTED = {
  algorithm: text(
    'The signature is of a kind that is not verified here.',
    'Die Signatur ist von einer Art, die hier nicht geprüft wird.',
  ),
  encrypted: text(
    'The image is encrypted, and its signature is made over the bytes in the clear: with --key the check looks inside. An encrypted image is not an unsigned one.',
    'Das Image ist verschlüsselt, und seine Signatur gilt den Bytes im Klartext: Mit --key sieht die Prüfung hinein. Ein verschlüsseltes Image ist kein unsigniertes.',
  ),
  'too-large': text(
    'The signature is made over all bytes and not over a hash, and the image is larger than is verified like that.',
    'Die Signatur gilt allen Bytes und nicht einem Hash, und das Image ist größer, als so geprüft wird.',
  ),
} as const

export const HASH_ONLY = text(
  'It carries a hash at most, which whoever changes it computes anew; a boot loader that is built without a key starts it. Another layer may still protect it.',
  'Es trägt höchstens einen Hash, den neu ausrechnet, wer es ändert; ein Bootloader ohne Schlüssel startet es. Eine andere Schicht kann es trotzdem schützen.',
)
export const ENCRYPTED_ONLY = text(
  'It is encrypted and not signed: encryption hides content, and does not tell who made it.',
  'Es ist verschlüsselt und nicht signiert: Verschlüsselung verbirgt Inhalt und sagt nicht, von wem er ist.',
)
export const COUNTER_REASON = text(
  'The counter is covered by the hash; it counts only where the boot loader is built to compare it.',
  'Der Zähler ist vom Hash abgedeckt; er zählt nur, wo der Bootloader so gebaut ist, dass er ihn vergleicht.',
)
export const NO_COUNTER_REASON = text(
  'A boot loader may still compare version numbers.',
  'Ein Bootloader kann trotzdem Versionsnummern vergleichen.',
)
export const NOT_COVERED_REASON = text(
  'They can be changed, and hash and signature stay valid; boot loaders without a list of allowed entries believe them.',
  'Sie lassen sich ändern, und Hash und Signatur bleiben gültig; Bootloader ohne Liste erlaubter Einträge glauben ihnen.',
)
export const SLOT_REASON = text(
  'It is the state at the time when the flash was read or put together; no signature covers it.',
  'Es ist der Stand zu der Zeit, als der Flash gelesen oder zusammengestellt wurde; keine Signatur deckt ihn ab.',
)
export const ANCHOR_REASON = text(
  'It stands in the same bytes as sentences of MCUboot.',
  'Er steht in denselben Bytes wie Sätze von MCUboot.',
)
export const KNOWN_REASON = text(
  'The public key is equal to that of a private key which was published.',
  'Der öffentliche Schlüssel ist gleich dem eines veröffentlichten privaten Schlüssels.',
)
export const NAMED_REASON = text(
  'The image names the hash of a key whose private half was published; the key itself is not at hand to verify with.',
  'Das Image nennt den Hash eines Schlüssels, dessen privater Teil veröffentlicht wurde; der Schlüssel selbst ist zum Prüfen nicht da.',
)
export const LEAKED_REASON = text(
  'The public key is equal to that of a private key which was found in this release.',
  'Der öffentliche Schlüssel ist gleich dem eines privaten Schlüssels, der in dieser Firmware gefunden wurde.',
)

// What would overturn it.

export const CUT_OR_OTHER_KEY = text(
  'Proof that the file was cut out wrongly, or that the boot loader verifies it with another key: the file as delivered, and that boot loader.',
  'Der Nachweis, dass die Datei falsch ausgeschnitten wurde oder der Bootloader sie mit einem anderen Schlüssel prüft: die Datei wie geliefert und dieser Bootloader.',
)
export const NOT_STARTED = text(
  'Proof that the device refuses this image: a start with it that fails, on a unit as it is sold, and the boot loader with its keys.',
  'Der Nachweis, dass das Gerät dieses Image abweist: ein gescheiterter Start damit auf einem Gerät im Verkaufszustand und der Bootloader mit seinen Schlüsseln.',
)
export const SIGNED_ELSEWHERE = text(
  'Proof that it is signed before delivery, verified in another way, or never started on the product: the image as delivered, and a start without a signature that fails.',
  'Der Nachweis, dass es vor der Auslieferung signiert, auf andere Weise geprüft oder auf dem Produkt nie gestartet wird: das ausgelieferte Image und ein gescheiterter Start ohne Signatur.',
)
export const NOT_THE_LOADER = text(
  'Proof that the boot loader of a unit as it is sold is another one and has other keys: its binary.',
  'Der Nachweis, dass der Bootloader eines Geräts im Verkaufszustand ein anderer ist und andere Schlüssel hat: sein Binärprogramm.',
)
export const ALLOW_LIST = text(
  'Proof that the boot loader refuses such entries (MCUBOOT_USE_TLV_ALLOW_LIST) or does not read them: its configuration.',
  'Der Nachweis, dass der Bootloader solche Einträge abweist (MCUBOOT_USE_TLV_ALLOW_LIST) oder nicht liest: seine Konfiguration.',
)
