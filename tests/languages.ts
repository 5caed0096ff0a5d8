export type Language = 'en' | 'de'
export const OTHER = { en: 'de', de: 'en' } as const

/** Words that hardly a sentence of a language does without, and that mean nothing in the other one. */
const WORDS: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: new Set(
    'the of and is not with are that this which has have its but there without from by to no it what when where every each'.split(
      ' ',
    ),
  ),
  de: new Set(
    'der und ist nicht mit das ein eine von zu auf dem den des für sind wird aus oder keine'.split(' '),
  ),
}

/** Names that keep their own language, and quotes of what a file or a supplier says. */
const NAMES: readonly RegExp[] = [
  /[„“][^„“”]{0,600}[“”]/g,
  /Office for Product Safety and Standards/g,
  /Documentation of Replacement/g,
  /Oder Systems/g,
  /TR-02102-1, Cryptographic Mechanisms: Recommendations and Key Lengths/g,
  // A release, a file in it, or a file of a folder of ours.
  /\S*(?:router-as-found|router-done-right|sensor-with-verity)\S*/g,
  /\bfixtures\/\S*/g,
  /\b(?:messlatte|openssl) [a-z-]+[^;)\n]*/g,
]

/** Lines with words of the other language. */
export function strange(text: string, language: Language): readonly string[] {
  const own = NAMES.reduce((rest, name) => rest.replace(name, ' '), text)
  return own
    .split('\n')
    .filter((line) =>
      line.split(/[^\p{L}\p{N}_./'’-]+/u).some((word) => WORDS[OTHER[language]].has(word.toLowerCase())),
    )
}
