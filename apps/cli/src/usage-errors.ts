import type { Language } from '@messlatte/model'

/** What the parser of options says (commander), and the same in German. */
const GERMAN: readonly (readonly [RegExp, string])[] = [
  [/^unknown option '(.+?)'/, 'Option „$1“ gibt es nicht'],
  [/^unknown command '(.+?)'/, 'Befehl „$1“ gibt es nicht'],
  [/^missing required argument '(.+?)'/, 'es fehlt: $1'],
  [/^required option '(.+?)' not specified/, 'es fehlt die Option „$1“'],
  [/^option '(.+?)' argument missing/, 'der Option „$1“ fehlt ihr Wert'],
  [/^option '(.+?)' argument '(.*?)' is invalid\./, 'Option „$1“: „$2“ geht nicht.'],
  [/^command-argument value '(.*?)' is invalid for argument '(.+?)'\./, '„$1“ geht nicht als $2.'],
  [
    /^too many arguments(?: for '(.+?)')?\. Expected (\d+) arguments? but got (\d+): (.*)\.$/m,
    'zu viele Argumente: $3 statt $2 ($4).',
  ],
  [/Allowed choices are (.*)\.$/m, 'Möglich sind $1.'],
  [/\(Did you mean (.*)\?\)/, '(gemeint: $1?)'],
]

/** What went wrong with the command line, in the language that it asks for. */
export function usageError(text: string, language: Language): string {
  const told = text.replace(/^error: /, '')
  return language === 'en'
    ? told
    : GERMAN.reduce((rest, [words, german]) => rest.replace(words, german), told)
}

/** The language that a command line asks for, wherever it went wrong; what stands behind `--` or a command to run is not ours. */
export function askedLanguage(args: readonly string[]): Language {
  const end = args.findIndex((arg) => arg === '--' || arg === '--verify-with')
  const own = end < 0 ? args : args.slice(0, end)
  return own.some((arg, at) => arg === '--lang=de' || (arg === '--lang' && own[at + 1] === 'de'))
    ? 'de'
    : 'en'
}
