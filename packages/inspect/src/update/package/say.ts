import type { Text } from '@messlatte/model'
import type { KnownCertificate, KnownKey } from '../../known-keys/index.ts'
import type { Why } from './finding.ts'
import type { UpdateWords } from './scheme.ts'

// Sentences that the checks of update files share.

export function text(en: string, de: string): Text {
  return { en, de }
}

const WITH = {
  E4: text('a key that travels with it', 'einem Schlüssel, der mitgeliefert wird'),
  E5: text(
    'a key that another part of this release holds',
    'einem Schlüssel aus einem anderen Teil dieser Firmware',
  ),
  E6: text('a key that you trust', 'einem Schlüssel, dem Sie vertrauen'),
} as const

export function verified({ of }: UpdateWords, level: keyof typeof WITH): Text {
  return text(
    `The signature ${of.en} verifies with ${WITH[level].en}`,
    `Die Signatur ${of.de} stimmt, geprüft mit ${WITH[level].de}`,
  )
}
export function refused({ of }: UpdateWords): Text {
  return text(`The signature ${of.en} does not verify`, `Die Signatur ${of.de} stimmt nicht`)
}
export function notVerified({ of }: UpdateWords): Text {
  return text(`The signature ${of.en} could not be verified`, `Die Signatur ${of.de} ließ sich nicht prüfen`)
}
export function unsigned({ it }: UpdateWords): Text {
  return text(`${it.en} carries no signature`, `${it.de} trägt keine Signatur`)
}
export function content({ it }: UpdateWords): Text {
  return text(
    `${it.en} holds other content than its digests say`,
    `${it.de} hat einen anderen Inhalt, als seine Digests sagen`,
  )
}
export function uncovered({ it }: UpdateWords): Text {
  return text(
    `${it.en} installs something that its signature does not cover`,
    `${it.de} installiert etwas, das die Signatur nicht abdeckt`,
  )
}
export function description({ it }: UpdateWords): Text {
  return text(
    `What ${lower(it.en)} says about hardware, version, coverage and encryption`,
    `Was ${lower(it.de)} über Hardware, Version, Abdeckung und Verschlüsselung sagt`,
  )
}
export function weak({ it }: UpdateWords): Text {
  return text(
    `${it.en} is signed with an algorithm that is too weak`,
    `${it.de} ist mit einem zu schwachen Verfahren signiert`,
  )
}
export function revoked({ it }: UpdateWords): Text {
  return text(
    `${it.en} is signed with a certificate that its authority has revoked`,
    `${it.de} ist mit einem Zertifikat signiert, das sein Aussteller gesperrt hat`,
  )
}
export function knownKey({ it }: UpdateWords, { what }: KnownKey | KnownCertificate): Text {
  return text(
    `${it.en} is signed with a key that everybody has: ${what.en}`,
    `${it.de} ist mit einem Schlüssel signiert, den jeder hat: ${what.de}`,
  )
}
export function leakedKey({ it }: UpdateWords): Text {
  return text(
    `${it.en} is signed with a private key that lies in this release`,
    `${it.de} ist mit einem privaten Schlüssel signiert, der in dieser Firmware liegt`,
  )
}

function lower(sentence: string): string {
  return `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`
}

// Why, and how sure.

export const TRUSTED = text(
  'What is signed was hashed again, and you trust the key. That a unit refuses another one is for a test to show.',
  'Das Signierte wurde neu gehasht, und Sie vertrauen dem Schlüssel. Dass ein Gerät einen anderen abweist, zeigt erst ein Versuch.',
)
export const NAMED = text(
  'What is signed was hashed again, and the configuration of the update client in this release names the key.',
  'Das Signierte wurde neu gehasht, und die Konfiguration des Update-Clients in dieser Firmware nennt den Schlüssel.',
)
export const SOMEWHERE = text(
  'What is signed was hashed again; that devices verify with the key that was found is likely, and not shown.',
  'Das Signierte wurde neu gehasht; dass Geräte mit dem gefundenen Schlüssel prüfen, ist wahrscheinlich und nicht gezeigt.',
)
export const TRAVELLING = text(
  'The key travels in the update: that says nothing about who signed. The key, or the certificate of the authority, can be given with --trust.',
  'Der Schlüssel reist im Update mit: Das sagt nichts darüber, wer signiert hat. Der Schlüssel oder das Zertifikat des Ausstellers lässt sich mit --trust angeben.',
)
export const WORTHLESS = text(
  'The signature verifies, but the private key is not secret.',
  'Die Signatur stimmt, aber der private Schlüssel ist nicht geheim.',
)
export const OTHER_CONTENT = text(
  'What is signed verifies, but the content that it speaks of is another one.',
  'Das Signierte stimmt, aber der Inhalt, von dem es spricht, ist ein anderer.',
)
export const NOT_TAKEN = text(
  'The signature holds, but a client that looks at revocation, or at the use of certificates as OpenSSL does by default, refuses the path.',
  'Die Signatur gilt, aber ein Client, der auf Sperrungen achtet oder wie OpenSSL in der Voreinstellung auf den Verwendungszweck, weist den Pfad ab.',
)

export const FAILS = {
  content: text(
    'What is there has another digest than the one that was signed.',
    'Was da ist, hat einen anderen Digest als den signierten.',
  ),
  signature: text(
    'The key or certificate that it names is there, and does not verify it.',
    'Der Schlüssel oder das Zertifikat, das sie nennt, ist da und bestätigt sie nicht.',
  ),
  key: text(
    'The only key that is trusted for updates does not verify it.',
    'Der einzige Schlüssel, dem für Updates vertraut wird, bestätigt sie nicht.',
  ),
} as const

export const UNKNOWN: Readonly<Record<Why, Text>> = {
  'no-key': text(
    'No key at hand verifies it; the public key or certificate can be given with --trust.',
    'Kein vorhandener Schlüssel bestätigt sie; der öffentliche Schlüssel oder das Zertifikat lässt sich mit --trust angeben.',
  ),
  algorithm: text(
    'The signature is of a kind that is not verified here.',
    'Die Signatur ist von einer Art, die hier nicht geprüft wird.',
  ),
  encrypted: text(
    'The signature lies within what is encrypted. An encrypted update is not an unsigned one.',
    'Die Signatur liegt in dem, was verschlüsselt ist. Ein verschlüsseltes Update ist kein unsigniertes.',
  ),
  missing: text(
    'Not all of what is signed is there, or it was not hashed within the limits of this run.',
    'Nicht alles Signierte ist da, oder es wurde in den Grenzen dieses Laufs nicht gehasht.',
  ),
  'not-seen': text(
    'It stands where a client does not look for it: to a device the update is one without a signature.',
    'Sie steht, wo ein Client sie nicht sucht: Für ein Gerät ist das Update eines ohne Signatur.',
  ),
  unreadable: text('The signature cannot be read.', 'Die Signatur lässt sich nicht lesen.'),
}

export const UNSIGNED = {
  E0: text(
    'Nothing in it tells a change; a client may still fetch it from a place that it authenticates.',
    'Nichts darin verrät eine Änderung; ein Client kann es trotzdem von einer Stelle holen, die er prüft.',
  ),
  E1: text(
    'It has checksums against accidents only, which anybody computes anew.',
    'Es hat nur Prüfsummen gegen Übertragungsfehler, die jeder neu ausrechnet.',
  ),
  E2: text(
    'It has digests and no signature: whoever changes it computes them anew.',
    'Es hat Digests und keine Signatur: Wer es ändert, rechnet sie neu aus.',
  ),
} as const
export const INSIDE = text(
  'The image inside has a form that is not known, or is encrypted: it may have a signature of its own.',
  'Das Abbild darin hat eine unbekannte Form oder ist verschlüsselt: Es kann eine eigene Signatur haben.',
)
export const RECOMPUTED = text(
  'The digests were computed again from the stored bytes.',
  'Die Digests wurden aus den gespeicherten Bytes neu berechnet.',
)
export const NO_DIGEST = text(
  'What is signed holds no digest of it: whoever changes it needs no key.',
  'Das Signierte hat keinen Digest davon: Wer es ändert, braucht keinen Schlüssel.',
)
export const STATED = text('It stands in the update file.', 'Es steht in der Update-Datei.')
export const BY_ALGORITHM = text(
  'The algorithm and the size of the key are read from the signature and the key; the catalogues of SOG-IS and BSI do not accept them.',
  'Verfahren und Schlüssellänge sind aus Signatur und Schlüssel gelesen; die Kataloge von SOG-IS und BSI erkennen sie nicht an.',
)
export const BY_LIST = text(
  'A revocation list that lies in the release or in the signature names the certificate.',
  'Eine Sperrliste in der Firmware oder in der Signatur nennt das Zertifikat.',
)
export const BY_FINGERPRINT = text(
  'The key is equal to one whose private half was published.',
  'Der Schlüssel ist gleich einem, dessen private Hälfte veröffentlicht wurde.',
)
export const IN_RELEASE = text(
  'The public key is equal to that of a private key which was found in this release.',
  'Der öffentliche Schlüssel ist gleich dem eines privaten Schlüssels, der in dieser Firmware gefunden wurde.',
)

// What would overturn it.

export const AS_DELIVERED = text(
  'The file as delivered, the key with which devices verify it, and a unit that takes it.',
  'Die Datei wie geliefert, der Schlüssel, mit dem Geräte sie prüfen, und ein Gerät, das sie annimmt.',
)
export const REFUSES = text(
  'Proof that a unit as it is sold refuses such an update: an attempt that fails, with the log of the update client.',
  'Der Nachweis, dass ein Gerät im Verkaufszustand ein solches Update abweist: ein gescheiterter Versuch mit dem Protokoll des Update-Clients.',
)
