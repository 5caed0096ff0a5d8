import type { Text } from '@messlatte/model'
import type { KnownCertificate, KnownKey } from '../../known-keys/index.ts'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

const LEVELS = {
  E4: text('a certificate that travels along', 'einem mitgelieferten Zertifikat'),
  E5: text('a certificate in firmware of this release', 'einem Zertifikat in der Firmware dieses Stands'),
  E6: text('a key that you trust', 'einem Schlüssel, dem Sie vertrauen'),
} as const

export function verified(level: keyof typeof LEVELS): Text {
  return text(
    `The signature of an update capsule verifies with ${LEVELS[level].en}`,
    `Die Signatur einer Update-Capsule stimmt, geprüft mit ${LEVELS[level].de}`,
  )
}
export const REFUSED = text(
  'The signature of an update capsule does not verify',
  'Die Signatur einer Update-Capsule stimmt nicht',
)
export const NOT_VERIFIED = text(
  'The signature of an update capsule could not be verified',
  'Die Signatur einer Update-Capsule ließ sich nicht prüfen',
)
export const UNSIGNED = text('An update capsule is not signed', 'Eine Update-Capsule ist nicht signiert')

export function knownSigner({ what }: KnownKey | KnownCertificate): Text {
  return text(`An update capsule is signed with ${what.en}`, `Eine Update-Capsule ist signiert: ${what.de}`)
}
export function knownAnchor({ what }: KnownKey | KnownCertificate): Text {
  return text(`Firmware holds ${what.en}`, `Die Firmware enthält: ${what.de}`)
}
export const LEAKED_SIGNER = text(
  'An update capsule is signed with a key whose private half lies in this release',
  'Eine Update-Capsule ist mit einem Schlüssel signiert, dessen private Hälfte in dieser Firmware liegt',
)

export const FOUND = text(
  'Payload and count were hashed again, and the path ends in a certificate that firmware of this release holds; that it verifies capsules with it is not seen.',
  'Nutzdaten und Zähler wurden neu gehasht, und der Pfad endet in einem Zertifikat, das die Firmware dieses Stands enthält; dass sie Capsules damit prüft, ist nicht zu sehen.',
)
export const TRUSTED = text(
  'Payload and count were hashed again, and the path ends in what you trust.',
  'Nutzdaten und Zähler wurden neu gehasht, und der Pfad endet bei dem, dem Sie vertrauen.',
)
export const TRAVELLING = text(
  'Payload and count were hashed again; whose certificate it is, nothing in this release says.',
  'Nutzdaten und Zähler wurden neu gehasht; wessen Zertifikat es ist, sagt nichts in dieser Firmware.',
)
export const WORTHLESS = text(
  'It verifies, with a key that others have as well.',
  'Sie stimmt, mit einem Schlüssel, den auch andere haben.',
)
export const FAILS = text(
  'Payload and count have another digest than was signed, or the signature does not hold with the certificate that it names.',
  'Nutzdaten und Zähler haben einen anderen Digest als den signierten, oder die Signatur gilt mit dem genannten Zertifikat nicht.',
)
export const UNKNOWN = text(
  'The certificate that it names is not at hand, or the signature cannot be read.',
  'Das genannte Zertifikat ist nicht da, oder die Signatur lässt sich nicht lesen.',
)
export const CUT = text('The capsule is cut off.', 'Die Capsule ist abgeschnitten.')
export const NO_SIGNATURE = text(
  'Its payload has no authentication in front; what is inside may be signed in a way of its own.',
  'Vor den Nutzdaten steht keine Authentisierung; ihr Inhalt kann auf eigene Weise signiert sein.',
)
export const BY_FINGERPRINT = text(
  'The key is equal to one whose private half was published.',
  'Der Schlüssel ist gleich einem, dessen private Hälfte veröffentlicht wurde.',
)
export const IN_RELEASE = text(
  'The public key is equal to that of a private key which was found in this release.',
  'Der öffentliche Schlüssel ist gleich dem eines privaten Schlüssels, der in dieser Firmware gefunden wurde.',
)

export const AS_DELIVERED = text(
  'The capsule as delivered, and a unit that takes it.',
  'Die Capsule wie geliefert und ein Gerät, das sie annimmt.',
)
export const REFUSES = text(
  'Proof that a unit as it is sold refuses a capsule that is changed: an update that fails (fwupdtool, ESRT status).',
  'Der Nachweis, dass ein Gerät im Verkaufszustand eine geänderte Capsule abweist: ein gescheitertes Update (fwupdtool, ESRT-Status).',
)
