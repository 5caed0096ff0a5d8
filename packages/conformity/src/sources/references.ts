import type { Text } from '@messlatte/model'

const GERMAN = [
  [/\bAnnexes\b/g, 'Anhänge'],
  [/\bAnnex\b/g, 'Anhang'],
  [/\bArticles?\b/g, 'Artikel'],
  [/\bPart\b/g, 'Teil'],
  [/ to /g, ' bis '],
  [/ and /g, ' und '],
] as const

/** A place in a text, as data names it (`Annex I, Part I`; `13(2) to (4)`), for people. */
export function referenceText(reference: string): Text {
  const de = GERMAN.reduce((text, [word, german]) => text.replace(word, german), reference)
  return { en: reference, de }
}
