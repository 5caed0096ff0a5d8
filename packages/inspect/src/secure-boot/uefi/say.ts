import type { Text } from '@messlatte/model'
import type { KnownCertificate, KnownKey } from '../../known-keys/index.ts'
import type { Role } from './facts.ts'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

const ROLES: Readonly<Record<Role, Text>> = {
  shim: text('The UEFI boot loader shim', 'Der UEFI-Bootloader shim'),
  'boot-loader': text('The UEFI boot loader', 'Der UEFI-Bootloader'),
  kernel: text('The kernel', 'Der Kernel'),
  'unified-kernel': text('The unified kernel image', 'Das vereinte Kernel-Image'),
  driver: text('The UEFI driver', 'Der UEFI-Treiber'),
  program: text('The UEFI program', 'Das UEFI-Programm'),
}

const LEVELS = {
  E4: text('a certificate that travels along', 'einem mitgelieferten Zertifikat'),
  E5: text('a key of this release', 'einem Schlüssel dieser Firmware'),
  E6: text('a key that you trust', 'einem Schlüssel, dem Sie vertrauen'),
} as const

export function verified(role: Role, level: keyof typeof LEVELS): Text {
  return text(
    `${ROLES[role].en} has a signature that verifies with ${LEVELS[level].en}`,
    `${ROLES[role].de} trägt eine Signatur, die stimmt, geprüft mit ${LEVELS[level].de}`,
  )
}

export function refused(role: Role): Text {
  return text(
    `${ROLES[role].en} has a signature that does not verify`,
    `${ROLES[role].de} trägt eine Signatur, die nicht stimmt`,
  )
}

export function notVerified(role: Role): Text {
  return text(
    `${ROLES[role].en} has a signature that could not be verified`,
    `${ROLES[role].de} trägt eine Signatur, die sich nicht prüfen ließ`,
  )
}

export function unsigned(role: Role): Text {
  return text(`${ROLES[role].en} is not signed`, `${ROLES[role].de} ist nicht signiert`)
}

export function allowed(role: Role): Text {
  return text(
    `${ROLES[role].en} is allowed by its digest`,
    `${ROLES[role].de} ist durch seinen Digest zugelassen`,
  )
}

export function revoked(role: Role): Text {
  return text(`${ROLES[role].en} is revoked`, `${ROLES[role].de} ist gesperrt`)
}

export function weak(role: Role): Text {
  return text(
    `${ROLES[role].en} is signed over a digest that is broken`,
    `${ROLES[role].de} ist über einen gebrochenen Digest signiert`,
  )
}

export function knownSigner(role: Role, { what }: KnownKey | KnownCertificate): Text {
  return text(`${ROLES[role].en} is signed with ${what.en}`, `${ROLES[role].de} ist signiert: ${what.de}`)
}

export function leakedSigner(role: Role): Text {
  return text(
    `${ROLES[role].en} is signed with a key whose private half lies in this release`,
    `${ROLES[role].de} ist mit einem Schlüssel signiert, dessen private Hälfte in dieser Firmware liegt`,
  )
}

export function notCovered(role: Role): Text {
  return text(
    `${ROLES[role].en} has bytes that its signature does not cover`,
    `${ROLES[role].de} hat Bytes, die die Signatur nicht abdeckt`,
  )
}

export function inVolume(count: number): Text {
  return text(
    `${count} programs and drivers in a firmware volume carry no signature of their own`,
    `${count} Programme und Treiber in einem Firmware-Volume tragen keine eigene Signatur`,
  )
}

export function lyingAround(count: number): Text {
  return text(
    `${count} UEFI programs that are not signed lie where no firmware looks for them`,
    `${count} nicht signierte UEFI-Programme liegen, wo keine Firmware sie sucht`,
  )
}

export const BESIDE = text(
  'The kernel is signed, and its signature does not cover the initramfs beside it',
  'Der Kernel ist signiert, und seine Signatur deckt das Initramfs daneben nicht ab',
)
export const BESIDE_REASON = text(
  'Firmware and shim verify the kernel alone; what runs first in it is read from this file. A boot loader may verify it in another way.',
  'Firmware und shim prüfen nur den Kernel; was darin zuerst läuft, kommt aus dieser Datei. Ein Bootloader kann sie auf andere Weise prüfen.',
)
export const COVERED_OTHERWISE = text(
  'Proof that a unit as it is sold refuses a changed initramfs: a unified kernel image, a detached signature that GRUB demands, or a measured start that releases the keys.',
  'Der Nachweis, dass ein Gerät im Verkaufszustand ein geändertes Initramfs abweist: ein vereintes Kernel-Image, eine Signatur, die GRUB verlangt, oder ein gemessener Start, der die Schlüssel freigibt.',
)
export const PREPARED = text(
  'The digest was computed again, and the path ends in a list of this release; that a unit has this list and Secure Boot is on is not seen.',
  'Der Digest wurde neu berechnet, und der Pfad endet in einer Liste dieser Firmware; dass ein Gerät sie hat und Secure Boot an ist, ist nicht zu sehen.',
)
export const TRUSTED = text(
  'The digest was computed again, and the path ends in what you trust.',
  'Der Digest wurde neu berechnet, und der Pfad endet bei dem, dem Sie vertrauen.',
)
export const TRAVELLING = text(
  'The digest was computed again; whose certificate it is, nothing in this release says: trust it with --trust where you do.',
  'Der Digest wurde neu berechnet; wessen Zertifikat es ist, sagt nichts in dieser Firmware: --trust, wo Sie ihm vertrauen.',
)
export const NOT_THE_TRUSTED = text(
  'It verifies, and the path ends neither in what you trust nor in a list of this release.',
  'Sie stimmt, und der Pfad endet weder bei dem, dem Sie vertrauen, noch in einer Liste dieser Firmware.',
)
export const WORTHLESS = text(
  'It verifies, with a key that others have as well.',
  'Sie stimmt, mit einem Schlüssel, den auch andere haben.',
)
export const REVOKED_BUT_HOLDS = text(
  'It verifies, and a list of this release revokes it.',
  'Sie stimmt, und eine Liste dieser Firmware sperrt sie.',
)
export const OTHER_BYTES = text(
  'The image has another digest than the one that was signed.',
  'Das Image hat einen anderen Digest als den signierten.',
)
export const FAILS = {
  content: text(
    'What was signed has another digest than the signature says.',
    'Was signiert wurde, hat einen anderen Digest, als die Signatur sagt.',
  ),
  signature: text(
    'It does not hold with the certificate that it names.',
    'Sie gilt mit dem genannten Zertifikat nicht.',
  ),
  attributes: text(
    'Its signed attributes contradict what it is for.',
    'Ihre signierten Attribute widersprechen ihrem Zweck.',
  ),
} as const
export const UNKNOWN = {
  certificate: text('The certificate that it names is not at hand.', 'Das genannte Zertifikat ist nicht da.'),
  algorithm: text(
    'It is of a kind that is not verified here.',
    'Sie ist von einer Art, die hier nicht geprüft wird.',
  ),
  key: text(
    'The key is of a kind that is not verified here.',
    'Der Schlüssel ist von einer Art, die hier nicht geprüft wird.',
  ),
  content: text('What was signed is not there.', 'Was signiert wurde, ist nicht da.'),
  unreadable: text('Its structure cannot be read.', 'Ihre Struktur lässt sich nicht lesen.'),
  cut: text('The image is cut off or damaged.', 'Das Image ist abgeschnitten oder beschädigt.'),
  kind: text(
    'It is no PKCS #7 signature, or too large.',
    'Es ist keine PKCS-#7-Signatur, oder sie ist zu groß.',
  ),
} as const
export const IN_LIST = text(
  'A list of this release holds the digest of the image itself.',
  'Eine Liste dieser Firmware enthält den Digest des Images selbst.',
)
export const UNSIGNED_STARTED = text(
  'It lies where firmware or boot loader look for what they start; with Secure Boot on, it would be refused.',
  'Es liegt, wo Firmware oder Bootloader suchen, was sie starten; mit Secure Boot würde es abgewiesen.',
)
export const UNSIGNED_LYING = text(
  'Nothing is concluded: it may be signed when it is installed, or never started.',
  'Daraus folgt nichts: Es kann bei der Installation signiert oder nie gestartet werden.',
)
export const VOLUME_COVERED = text(
  'Firmware starts what lies in its own volume without a signature; the volume as a whole is covered by what verifies the flash (Boot Guard, Platform Secure Boot) and by capsule signatures, or by nothing.',
  'Firmware startet ohne Signatur, was in ihrem eigenen Volume liegt; das Volume als Ganzes deckt ab, was den Flash prüft (Boot Guard, Platform Secure Boot), und die Signatur von Capsules, oder nichts.',
)
export const NOT_COVERED_REASON = text(
  'Gaps between sections are outside of the digest by its definition; a loader that maps them can be misled.',
  'Lücken zwischen Abschnitten liegen nach Definition außerhalb des Digests; ein Lader, der sie abbildet, lässt sich täuschen.',
)
export const BY_LIST = text(
  'Its digest, or a certificate of its path, stands in a list of revoked ones in this release.',
  'Sein Digest oder ein Zertifikat seines Pfads steht in einer Sperrliste dieser Firmware.',
)
export const WEAK_REASON = text(
  'No signature of the image is over a better digest; collisions of MD5 and SHA-1 can be made.',
  'Keine Signatur des Images gilt einem besseren Digest; für MD5 und SHA-1 lassen sich Kollisionen herstellen.',
)
export const BY_FINGERPRINT = text(
  'The key is equal to one whose private half was published.',
  'Der Schlüssel ist gleich einem, dessen private Hälfte veröffentlicht wurde.',
)
export const IN_RELEASE = text(
  'The public key is equal to that of a private key which was found in this release.',
  'Der öffentliche Schlüssel ist gleich dem eines privaten Schlüssels, der in dieser Firmware gefunden wurde.',
)

export const CUT_OR_OTHER = text(
  'Proof that the file was cut out wrongly: the file as delivered, and its start on a unit with Secure Boot on.',
  'Der Nachweis, dass die Datei falsch ausgeschnitten wurde: die Datei wie geliefert und ihr Start auf einem Gerät mit eingeschaltetem Secure Boot.',
)
export const SIGNED_LATER = text(
  'Proof that a unit as it is sold starts a signed one instead, with Secure Boot on.',
  'Der Nachweis, dass ein Gerät im Verkaufszustand stattdessen ein signiertes startet, bei eingeschaltetem Secure Boot.',
)
export const NOT_STARTED = text(
  'Proof that a unit as it is sold refuses this image: a start with it that fails.',
  'Der Nachweis, dass ein Gerät im Verkaufszustand dieses Image abweist: ein gescheiterter Start damit.',
)
