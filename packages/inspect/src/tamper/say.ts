import type { Text } from '@messlatte/model'
import { text } from './contract.ts'

const hex = (at: number) => `0x${at.toString(16)}`

export const FLIPPED = (at: number): Text =>
  text(`One bit is flipped at ${hex(at)}.`, `Ein Bit ist bei ${hex(at)} gekippt.`)

export const FLIPPED_PART = (part: Text, at: number): Text =>
  text(
    `One bit is flipped at ${hex(at)}, in: ${part.en}.`,
    `Ein Bit ist bei ${hex(at)} gekippt, in: ${part.de}.`,
  )

export const FLIPPED_INSIDE = (part: Text): Text =>
  text(
    `One bit is flipped in: ${part.en}. It is packed again, so that no checksum of the compression gives it away.`,
    `Ein Bit ist gekippt in: ${part.de}. Es ist neu gepackt, so dass keine Prüfsumme der Kompression es verrät.`,
  )

export const TRUNCATED = (size: number, of: number): Text =>
  text(
    `It ends after ${size} of ${of} bytes, as a transfer that broke off.`,
    `Sie endet nach ${size} von ${of} Bytes, wie eine abgebrochene Übertragung.`,
  )

/** With sums that lie outside of the signature. */
export const SUMS = {
  mended: (what: Text, sums: Text): Text =>
    text(
      `${what.en} The ${sums.en} are computed again, so that they do not give it away.`,
      `${what.de} Neu berechnet: ${sums.de}; sie verraten es nicht.`,
    ),
  left: (what: Text, sums: Text): Text =>
    text(
      `${what.en} The ${sums.en} are left as they were, and no longer fit.`,
      `${what.de} Wie zuvor: ${sums.de}; sie passen nicht mehr.`,
    ),
} as const

export const JUDGE = {
  unused: text(
    'Devices put nothing of what was changed to use: one that takes the file is not at fault for that alone. Look whether it was used.',
    'Geräte verwenden nichts von dem, was geändert ist: Wer die Datei annimmt, hat deshalb noch nichts falsch gemacht. Zu prüfen ist, ob es verwendet wurde.',
  ),
  sum: text(
    'Only a checksum was changed, and the content is the genuine one: taking the file is no harm, and refusing it is right.',
    'Geändert ist nur eine Prüfsumme, der Inhalt ist der echte: Die Datei anzunehmen schadet nicht, sie abzuweisen ist richtig.',
  ),
} as const

export const UNCHANGED = text('It would be equal to the original.', 'Es wäre gleich dem Original.')

/** What was done by a forgery, in words that several formats share. */
export const DONE = {
  strippedSignature: text('The signature is taken out.', 'Die Signatur ist entfernt.'),
  foreignKey: text(
    'It is signed again, with a throw-away key; names, numbers and dates of certificates are those of the genuine ones.',
    'Sie ist neu signiert, mit einem Wegwerfschlüssel; Namen, Nummern und Daten der Zertifikate sind die der echten.',
  ),
  olderVersion: (from: string, to: string): Text =>
    text(`The version says ${to} instead of ${from}.`, `Als Version steht ${to} statt ${from}.`),
  otherHardware: (from: string, to: string): Text =>
    text(`The hardware says ${to} instead of ${from}.`, `Als Hardware steht ${to} statt ${from}.`),
  signatureKept: text('A signature is left as it was.', 'Eine Signatur ist wie zuvor.'),
} as const

export function both(first: Text, second: Text): Text {
  return text(`${first.en} ${second.en}`, `${first.de} ${second.de}`)
}
