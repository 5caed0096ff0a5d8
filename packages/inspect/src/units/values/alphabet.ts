import type { Text } from '@messlatte/model'

/** A usual set of characters, smallest first. */
export interface Alphabet {
  readonly id: string
  readonly size: number
  readonly text: Text
  readonly pattern: RegExp
}

export const ALPHABETS: readonly Alphabet[] = [
  alphabet('digits', 10, /^[0-9]*$/, 'digits', 'Ziffern'),
  alphabet('hex-lower', 16, /^[0-9a-f]*$/, 'hexadecimal digits, lower case', 'Hexadezimalziffern, klein'),
  alphabet('hex-upper', 16, /^[0-9A-F]*$/, 'hexadecimal digits, upper case', 'Hexadezimalziffern, groß'),
  alphabet('lower', 26, /^[a-z]*$/, 'lower-case letters', 'Kleinbuchstaben'),
  alphabet('upper', 26, /^[A-Z]*$/, 'upper-case letters', 'Großbuchstaben'),
  alphabet('lower-digits', 36, /^[0-9a-z]*$/, 'lower-case letters and digits', 'Kleinbuchstaben und Ziffern'),
  alphabet('upper-digits', 36, /^[0-9A-Z]*$/, 'upper-case letters and digits', 'Großbuchstaben und Ziffern'),
  alphabet('letters', 52, /^[A-Za-z]*$/, 'letters', 'Buchstaben'),
  alphabet('letters-digits', 62, /^[0-9A-Za-z]*$/, 'letters and digits', 'Buchstaben und Ziffern'),
  alphabet('printable', 95, /^[ -~]*$/, 'printable ASCII', 'druckbare ASCII-Zeichen'),
]

/** More than any keyboard has: nothing is claimed by it. */
const ANY: Alphabet = alphabet('any', 256, /^[\s\S]*$/, 'any characters', 'beliebige Zeichen')

/** The smallest usual set in which all characters lie. */
export function alphabetOf(characters: Iterable<string>): Alphabet {
  const text = [...characters].join('')
  return ALPHABETS.find(({ pattern }) => pattern.test(text)) ?? ANY
}

function alphabet(id: string, size: number, pattern: RegExp, en: string, de: string): Alphabet {
  return { id, size, pattern, text: { en, de } }
}
