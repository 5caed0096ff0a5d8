import type { Text } from '@messlatte/model'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

export const GENERATIONS = text(
  'A UEFI program tells the generations of its components (SBAT)',
  'Ein UEFI-Programm nennt die Generationen seiner Bestandteile (SBAT)',
)
export const REVOKED = text(
  'A UEFI program has components of a generation that is revoked (SBAT)',
  'Ein UEFI-Programm hat Bestandteile einer gesperrten Generation (SBAT)',
)
export const GENERATIONS_REASON = text(
  'They are covered by the signature; they count where shim, or a firmware that knows them, compares them with its level.',
  'Die Signatur deckt sie ab; sie zählen, wo shim oder eine Firmware, die sie kennt, sie mit ihrem Stand vergleicht.',
)
export const REVOKED_REASON = text(
  'It is signed, and has flaws that are published and by which Secure Boot is left: a unit without that level still starts it.',
  'Es ist signiert und hat veröffentlichte Lücken, durch die Secure Boot umgangen wird: Ein Gerät ohne diesen Stand startet es noch.',
)
export const NOT_SIGNED_REASON = text(
  'It carries no signature that could be misused.',
  'Es trägt keine Signatur, die sich missbrauchen ließe.',
)
export const NOT_STARTED = text(
  'Proof that a unit as it is sold refuses this program: its revocation level (mokutil --list-sbat-revocations), or a dbx that has it.',
  'Der Nachweis, dass ein Gerät im Verkaufszustand dieses Programm abweist: sein Sperrstand (mokutil --list-sbat-revocations) oder eine dbx, die es enthält.',
)
