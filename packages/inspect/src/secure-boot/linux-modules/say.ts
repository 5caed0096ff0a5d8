import type { Text } from '@messlatte/model'
import type { KnownCertificate, KnownKey } from '../../known-keys/index.ts'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

function modules(count: number): Text {
  return count === 1
    ? text('One kernel module', 'Ein Kernel-Modul')
    : text(`${count} kernel modules`, `${count} Kernel-Module`)
}

const LEVELS = {
  E4: text('a certificate that lies beside', 'einem Zertifikat, das daneben liegt'),
  E5: text('a certificate in the kernel of this release', 'einem Zertifikat im Kernel dieser Firmware'),
  E6: text('a key that you trust', 'einem Schlüssel, dem Sie vertrauen'),
} as const

function about(count: number, en: readonly [string, string], de: readonly [string, string]): Text {
  const { en: many, de: viele } = modules(count)
  const at = count === 1 ? 0 : 1
  return text(`${many} ${en[at]}`, `${viele} ${de[at]}`)
}

export function verified(count: number, level: keyof typeof LEVELS): Text {
  const { en, de } = LEVELS[level]
  return about(
    count,
    [`has a signature that verifies with ${en}`, `have signatures that verify with ${en}`],
    [
      `trägt eine Signatur, die stimmt, geprüft mit ${de}`,
      `tragen Signaturen, die stimmen, geprüft mit ${de}`,
    ],
  )
}

export function refused(count: number): Text {
  return about(
    count,
    ['has a signature that does not verify', 'have signatures that do not verify'],
    ['trägt eine Signatur, die nicht stimmt', 'tragen Signaturen, die nicht stimmen'],
  )
}

export function notVerified(count: number): Text {
  return about(
    count,
    ['has a signature that could not be verified', 'have signatures that could not be verified'],
    ['trägt eine Signatur, die sich nicht prüfen ließ', 'tragen Signaturen, die sich nicht prüfen ließen'],
  )
}

export function unsigned(count: number): Text {
  return about(count, ['is not signed', 'are not signed'], ['ist nicht signiert', 'sind nicht signiert'])
}

export function knownSigner({ what }: KnownKey | KnownCertificate): Text {
  return text(`Kernel modules are signed with ${what.en}`, `Kernel-Module sind signiert: ${what.de}`)
}

export const LEAKED_SIGNER = text(
  'Kernel modules are signed with a key whose private half lies in this release',
  'Kernel-Module sind mit einem Schlüssel signiert, dessen private Hälfte in dieser Firmware liegt',
)

export const FORCED = text(
  'All bytes before the signature were hashed again, and a kernel of this release is built to refuse others.',
  'Alle Bytes vor der Signatur wurden neu gehasht, und ein Kernel dieser Firmware ist so gebaut, dass er andere abweist.',
)
export const NOT_FORCED = text(
  'All bytes before the signature were hashed again; whether the kernel refuses others is said by its build, its command line and lockdown.',
  'Alle Bytes vor der Signatur wurden neu gehasht; ob der Kernel andere abweist, sagen sein Bau, seine Kommandozeile und lockdown.',
)
export const BESIDE = text(
  'The certificate lies in a file: that a kernel has it is not seen.',
  'Das Zertifikat liegt in einer Datei: Dass ein Kernel es hat, ist nicht zu sehen.',
)
export const TRUSTED = text(
  'All bytes before the signature were hashed again.',
  'Alle Bytes vor der Signatur wurden neu gehasht.',
)
export const WORTHLESS = text(
  'They verify, with a key that others have as well.',
  'Sie stimmen, mit einem Schlüssel, den auch andere haben.',
)
export const FAILS = text(
  'The certificate that it names is at hand, and the signature does not hold over the bytes before it.',
  'Das genannte Zertifikat ist da, und die Signatur gilt nicht für die Bytes vor ihr.',
)
export const BROKEN = text(
  'The mark of a signature ends the file, and what stands before it cannot be one.',
  'Die Datei endet mit der Marke einer Signatur, und was davor steht, kann keine sein.',
)
export const NO_CERTIFICATE = text(
  'The certificate that it names is not in the release: the kernel it belongs to has it.',
  'Das genannte Zertifikat ist nicht in der Firmware: Der zugehörige Kernel hat es.',
)
export const UNSUPPORTED = text(
  'It is of a kind that is not verified here.',
  'Sie ist von einer Art, die hier nicht geprüft wird.',
)
export const UNSIGNED_KNOWN = text(
  'What that means is said by the configuration of the kernel, which is in the release.',
  'Was das bedeutet, sagt die Konfiguration des Kernels, die in der Firmware ist.',
)
export const UNSIGNED_LOADED = text(
  'A kernel that loads them verifies none; they may lie in a file system that is verified as a whole.',
  'Ein Kernel, der sie lädt, prüft keine; sie können in einem Dateisystem liegen, das als Ganzes geprüft wird.',
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
  'The modules as delivered, and the kernel that loads them on a unit without a mark (/proc/sys/kernel/tainted).',
  'Die Module wie geliefert und der Kernel, der sie auf einem Gerät ohne Vermerk lädt (/proc/sys/kernel/tainted).',
)
export const VERIFIED_ROOT = text(
  'Proof that the modules lie in a file system that is verified as a whole, or that the kernel of a unit refuses them.',
  'Der Nachweis, dass die Module in einem als Ganzes geprüften Dateisystem liegen oder der Kernel eines Geräts sie abweist.',
)
export const OTHER_KEY = text(
  'The certificates of a unit as it is sold (keyctl show %:.builtin_trusted_keys), without this key.',
  'Die Zertifikate eines Geräts im Verkaufszustand (keyctl show %:.builtin_trusted_keys) ohne diesen Schlüssel.',
)
