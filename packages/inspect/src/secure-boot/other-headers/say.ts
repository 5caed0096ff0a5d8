import type { Text } from '@messlatte/model'
import { text } from '../outcome/say.ts'

export function signed({ en, de }: Text): Text {
  return text(
    `A signature or encryption is announced and was not verified here: ${en}`,
    `Eine Signatur oder Verschlüsselung ist angekündigt und wurde hier nicht geprüft: ${de}`,
  )
}

export function unsigned({ en, de }: Text): Text {
  return text(`It comes without a signature: ${en}`, `Kommt ohne Signatur: ${de}`)
}

export const SIGNED_REASON = text(
  'The fields of the header agree with each other; what they announce is for the maker’s tool to verify, and for the fuses to demand.',
  'Die Felder des Kopfes passen zueinander; was sie ankündigen, muss das Werkzeug des Herstellers prüfen, und verlangen müssen es die Sicherungen.',
)
export const UNSIGNED_REASON = text(
  'The fields of the header agree with each other, and none tells of a signature, or one byte that repeats stands in its place; one may lie elsewhere.',
  'Die Felder des Kopfes passen zueinander, und keines nennt eine Signatur, oder an ihrer Stelle steht ein Byte, das sich wiederholt; eine mag anderswo liegen.',
)
