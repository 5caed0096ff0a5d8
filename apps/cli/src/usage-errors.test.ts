import { describe, expect, it } from 'vitest'
import { askedLanguage, usageError } from './usage-errors.ts'

describe('usageError', () => {
  it.each([
    [
      "error: unknown option '--profil'\n(Did you mean --profile?)",
      'Option „--profil“ gibt es nicht\n(gemeint: --profile?)',
    ],
    ["error: unknown command 'chek'", 'Befehl „chek“ gibt es nicht'],
    ["error: missing required argument 'file'", 'es fehlt: file'],
    [
      "error: required option '-o, --output <FILE>' not specified",
      'es fehlt die Option „-o, --output <FILE>“',
    ],
    ["error: option '--as-of <DATE>' argument missing", 'der Option „--as-of <DATE>“ fehlt ihr Wert'],
    [
      "error: option '--to <WHOM>' argument 'x' is invalid. Allowed choices are customer, channel.",
      'Option „--to <WHOM>“: „x“ geht nicht. Möglich sind customer, channel.',
    ],
    [
      "error: too many arguments for 'explain'. Expected 1 argument but got 2: a, b.",
      'zu viele Argumente: 2 statt 1 (a, b).',
    ],
  ])('says %s in German', (en, de) => {
    expect(usageError(en, 'de')).toBe(de)
    expect(usageError(en, 'en')).toBe(en.slice('error: '.length))
  })
})

describe('askedLanguage', () => {
  it.each([
    [['check', 'a', '--lang', 'de'], 'de'],
    [['check', '--lang=de', '--nope'], 'de'],
    [['check', 'a', '--lang'], 'en'],
    [['tamper', 'a', '--verify-with', 'x', '--lang', 'de'], 'en'],
    [['check', '--', '--lang', 'de'], 'en'],
  ] as const)('of %j is %s', (args, language) => {
    expect(askedLanguage(args)).toBe(language)
  })
})
