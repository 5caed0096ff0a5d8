import type { Text } from '@messlatte/model'
import type { KnownKey } from '../../known-keys/index.ts'
import type { Scheme } from './scheme.ts'

// Sentences that schemes of signatures share.

export function text(en: string, de: string): Text {
  return { en, de }
}

const WITH_KEY = {
  E4: text('a key that travels with it', 'einem Schlüssel, der mitgeliefert wird'),
  E5: text(
    'a key of an earlier stage of this release',
    'einem Schlüssel einer früheren Stufe dieser Firmware',
  ),
  E6: text('a key that you trust', 'einem Schlüssel, dem Sie vertrauen'),
} as const

export function verified({ of }: Scheme, level: keyof typeof WITH_KEY): Text {
  const key = WITH_KEY[level]
  return text(
    `The signature ${of.en} verifies with ${key.en}`,
    `Die Signatur ${of.de} stimmt, geprüft mit ${key.de}`,
  )
}

export function refused({ of }: Scheme): Text {
  return text(`The signature ${of.en} does not verify`, `Die Signatur ${of.de} stimmt nicht`)
}

export function notVerified({ of }: Scheme): Text {
  return text(`The signature ${of.en} could not be verified`, `Die Signatur ${of.de} ließ sich nicht prüfen`)
}

export function unsigned({ it }: Scheme): Text {
  return text(`${it.en} carries no signature`, `${it.de} trägt keine Signatur`)
}

export function hashMismatch(what: Text): Text {
  return text(
    `A digest does not match what it stands for: ${what.en}`,
    `Ein Digest passt nicht zu dem, wofür er steht: ${what.de}`,
  )
}

export function knownSigner({ it }: Scheme, { what }: KnownKey): Text {
  return text(
    `${it.en} is signed with a key that everybody has: ${what.en}`,
    `${it.de} ist mit einem Schlüssel signiert, den jeder hat: ${what.de}`,
  )
}

export function leakedSigner({ it }: Scheme): Text {
  return text(
    `${it.en} is signed with a private key that lies in this release`,
    `${it.de} ist mit einem privaten Schlüssel signiert, der in dieser Firmware liegt`,
  )
}

export function knownAnchor({ what }: KnownKey): Text {
  return text(
    `What verifies carries a key that everybody has: ${what.en}`,
    `Was prüft, trägt einen Schlüssel, den jeder hat: ${what.de}`,
  )
}

export const LEAKED_ANCHOR = text(
  'What verifies carries a key whose private half lies in this release',
  'Was prüft, trägt einen Schlüssel, dessen privater Teil in dieser Firmware liegt',
)

export function counter({ it }: Scheme, value: number): Text {
  return text(
    `${it.en} states version ${value} against rollback`,
    `${it.de} nennt Version ${value} gegen das Zurückspielen alter Stände`,
  )
}

export function noCounter({ it }: Scheme): Text {
  return text(
    `${it.en} states no version against rollback`,
    `${it.de} nennt keine Version gegen das Zurückspielen alter Stände`,
  )
}

// Why, and how sure.

export const PREPARED = text(
  'It is prepared for secure boot; whether the device demands it is for its fuses or its boot loader to tell, and cannot be seen.',
  'Sicheres Starten ist vorbereitet; ob das Gerät es verlangt, sagen seine Sicherungen oder sein Bootloader, und das ist nicht zu sehen.',
)
export const SOMEWHERE = text(
  'The key lies in another part of this release; that it is the one which the device verifies with is likely, and not shown.',
  'Der Schlüssel liegt in einem anderen Teil dieser Firmware; dass das Gerät mit ihm prüft, ist wahrscheinlich und nicht gezeigt.',
)
export const TRAVELLING = text(
  'The key travels with what it verifies: that proves that nothing broke on the way, and nothing about who signed. The public key, or its digest from the fuses, can be given with --trust.',
  'Der Schlüssel wird mit dem ausgeliefert, was er prüft: Das zeigt, dass unterwegs nichts kaputtging, und nichts darüber, wer signiert hat. Der öffentliche Schlüssel oder sein Digest aus den Sicherungen lässt sich mit --trust angeben.',
)
export const NOT_THE_TRUSTED = text(
  'The key travels with what it verifies, and is none of those that you trust.',
  'Der Schlüssel wird mit dem ausgeliefert, was er prüft, und ist keiner von denen, denen Sie vertrauen.',
)
export const SIGNER_WORTHLESS = text(
  'The signature verifies, but the private key is not secret.',
  'Die Signatur stimmt, aber der private Schlüssel ist nicht geheim.',
)
export const RECOMPUTED = text(
  'The digest was computed again from the stored bytes.',
  'Der Digest wurde aus den gespeicherten Bytes neu berechnet.',
)
export const KNOWN_REASON = text(
  'The public key is equal to that of a private key which was published.',
  'Der öffentliche Schlüssel ist gleich dem eines veröffentlichten privaten Schlüssels.',
)
export const LEAKED_REASON = text(
  'The public key is equal to that of a private key which was found in this release.',
  'Der öffentliche Schlüssel ist gleich dem eines privaten Schlüssels, der in dieser Firmware gefunden wurde.',
)
export const COUNTER_REASON = text(
  'It counts only where the device compares it with a number of its own.',
  'Sie zählt nur, wo das Gerät sie mit einer eigenen Zahl vergleicht.',
)
export const NO_COUNTER_REASON = text(
  'The device may still refuse older versions in another way.',
  'Das Gerät kann ältere Stände trotzdem auf andere Weise abweisen.',
)

export const REFUSED = {
  named: text(
    'The key that it names is there, and does not verify it.',
    'Der Schlüssel, den es nennt, ist da und bestätigt es nicht.',
  ),
  only: text(
    'The only key of this kind does not verify it; another one may exist elsewhere.',
    'Der einzige Schlüssel dieser Art bestätigt es nicht; einen anderen mag es anderswo geben.',
  ),
  'other-bytes': text('What is signed is not what is there.', 'Was signiert ist, ist nicht das, was da ist.'),
} as const

export const NOT_VERIFIED = {
  'no-key': text(
    'The key does not travel with it, and no key at hand verifies it; the public key can be given with --trust.',
    'Der Schlüssel wird nicht mitgeliefert, und kein vorhandener bestätigt sie; der öffentliche Schlüssel lässt sich mit --trust angeben.',
  ),
  algorithm: text(
    'The signature is of a kind that is not verified here.',
    'Die Signatur ist von einer Art, die hier nicht geprüft wird.',
  ),
  encrypted: text(
    'It is encrypted, and what is signed is not the encrypted form. An encrypted image is not an unsigned one.',
    'Es ist verschlüsselt, und signiert ist nicht die verschlüsselte Form. Ein verschlüsseltes Image ist kein unsigniertes.',
  ),
  cut: text(
    'The file is cut off: not all of what is signed is there.',
    'Die Datei ist abgeschnitten: Nicht alles, was signiert ist, ist da.',
  ),
} as const

const OTHER_LAYER = text(
  'Another layer may still protect it.',
  'Eine andere Schicht kann es trotzdem schützen.',
)
export const UNSIGNED_REASON = {
  E0: text(
    `Nothing in it tells a change. ${OTHER_LAYER.en}`,
    `Nichts darin verrät eine Änderung. ${OTHER_LAYER.de}`,
  ),
  E1: text(
    `It has a checksum against accidents only; whoever changes it computes it anew. ${OTHER_LAYER.en}`,
    `Es hat nur eine Prüfsumme gegen Übertragungsfehler; wer es ändert, rechnet sie neu aus. ${OTHER_LAYER.de}`,
  ),
  E2: text(
    `It has a digest, which whoever changes it computes anew. ${OTHER_LAYER.en}`,
    `Es hat einen Digest, den neu ausrechnet, wer es ändert. ${OTHER_LAYER.de}`,
  ),
} as const

// What would overturn it.

export const CUT = text(
  'Proof that the file was cut out or read wrongly: the file as delivered.',
  'Der Nachweis, dass die Datei falsch ausgeschnitten oder gelesen wurde: die Datei wie geliefert.',
)
export const CUT_OR_OTHER_KEY = text(
  'Proof that the file was cut out wrongly, or that the device verifies it with another key: the file as delivered, and that key.',
  'Der Nachweis, dass die Datei falsch ausgeschnitten wurde oder das Gerät sie mit einem anderen Schlüssel prüft: die Datei wie geliefert und dieser Schlüssel.',
)
export const NOT_STARTED = text(
  'Proof that a unit as it is sold refuses what is signed with this key: an attempt that fails, and the keys that it takes.',
  'Der Nachweis, dass ein Gerät im Verkaufszustand abweist, was mit diesem Schlüssel signiert ist: ein gescheiterter Versuch und die Schlüssel, die es annimmt.',
)
export const SIGNED_ELSEWHERE = text(
  'Proof that it is signed before delivery, verified in another way, or never started on the product: the image as delivered, and an attempt without a signature that fails.',
  'Der Nachweis, dass es vor der Auslieferung signiert, auf andere Weise geprüft oder auf dem Produkt nie gestartet wird: das ausgelieferte Image und ein gescheiterter Versuch ohne Signatur.',
)
export const NOT_THE_ANCHOR = text(
  'Proof that a unit as it is sold verifies with another key: its boot loader as it is read out, or its fuses.',
  'Der Nachweis, dass ein Gerät im Verkaufszustand mit einem anderen Schlüssel prüft: sein ausgelesener Bootloader oder seine Sicherungen.',
)

export const LEAVES_OUT = text(
  'It holds over what it covers, and more than that is loaded.',
  'Sie gilt für das, was sie abdeckt, und geladen wird mehr als das.',
)
