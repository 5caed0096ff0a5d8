import type { Text } from '@messlatte/model'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

export const YES = text('yes', 'ja')
export const NO = text('no', 'nein')
export const NONE = text('none', 'keine')

/** Names the unit; a document that names none is about some unit. */
export function unitName({ unit }: { readonly unit: string | null }): Text {
  return unit === null
    ? text('one unit that the document does not name', 'einem Gerät, das das Dokument nicht nennt')
    : text(`the unit ${unit}`, `dem Gerät ${unit}`)
}

export function onUnit(answer: Text, about: Text): Text {
  return text(
    `${answer.en} (on ${about.en}; not about others)`,
    `${answer.de} (auf ${about.de}; gilt nicht für andere)`,
  )
}

export function state(about: Text): Text {
  return text(`Fuses were read out of ${about.en}`, `Aus ${about.de} wurden Fuses ausgelesen`)
}

export function enforced(about: Text): Text {
  return text(
    `The hardware of ${about.en} demands signatures, with a key that signs this release`,
    `Die Hardware von ${about.de} verlangt Signaturen, mit einem Schlüssel, der diese Firmware signiert`,
  )
}

export function off(about: Text): Text {
  return text(
    `The hardware of ${about.en} demands no signature`,
    `Die Hardware von ${about.de} verlangt keine Signatur`,
  )
}

export function otherKey(about: Text): Text {
  return text(
    `The fuses of ${about.en} hold other keys than those that sign this release`,
    `Die Fuses von ${about.de} enthalten andere Schlüssel als die, die diese Firmware signieren`,
  )
}

export function revoked(about: Text): Text {
  return text(
    `The hardware of ${about.en} has revoked the key that signs this release`,
    `Die Hardware von ${about.de} hat den Schlüssel gesperrt, der diese Firmware signiert`,
  )
}

export function debugOpen(about: Text): Text {
  return text(
    `The debug port of ${about.en} is not locked`,
    `Der Debug-Zugang von ${about.de} ist nicht gesperrt`,
  )
}

export const ONE_UNIT = text(
  'A document about one unit, as it was handed in; it says nothing about other units.',
  'Ein Dokument über ein Gerät, so wie es eingereicht wurde; über andere Geräte sagt es nichts.',
)
export const OTHER_UNIT = text(
  'A read-out of a unit as it is sold, with its serial number, that says otherwise, and a reason why this unit differs.',
  'Das Auslesen eines Verkaufsgeräts mit Seriennummer, das anderes sagt, und ein Grund, warum dieses Gerät abweicht.',
)
