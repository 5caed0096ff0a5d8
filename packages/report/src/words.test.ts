import type { Text } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import * as chainWords from './chain-words.ts'
import * as mechanismWords from './mechanism-words.ts'
import * as unitsWords from './units/words.ts'
import * as words from './words.ts'

const TEXTS = [...textsOf(words), ...textsOf(chainWords), ...textsOf(mechanismWords), ...textsOf(unitsWords)]

describe('the glossary', () => {
  it('is not empty', () => {
    expect(TEXTS.length).toBeGreaterThan(150)
  })

  it.each(['en', 'de'] as const)('says everything in %s', (language) => {
    expect(TEXTS.filter((it) => it[language].trim() === '' || it[language] !== it[language].trim())).toEqual(
      [],
    )
  })

  it('asks for the same values in both languages', () => {
    expect(TEXTS.filter((it) => places(it.en).join() !== places(it.de).join())).toEqual([])
  })

  it('never claims what only others may claim', () => {
    const claim = /complian|certified|certificat|konform(?!itätsvermutung)|zertifi/i
    expect(TEXTS.filter((it) => claim.test(it.en) || claim.test(it.de))).toEqual([])
  })

  it('tells every verdict apart by word and by symbol', () => {
    expect(new Set(Object.values(words.VERDICT_SYMBOLS)).size).toBe(words.VERDICTS.length)
    for (const language of ['en', 'de'] as const) {
      const said = words.VERDICTS.map((it) => words.VERDICT_WORDS[it][language])
      expect(new Set(said).size).toBe(words.VERDICTS.length)
    }
  })

  it('writes German with its own letters', () => {
    const spelled = /\b(fuer|ueber|koennen|muessen|Pruef\w*|Laenge|Groesse|Schluessel)\b/
    expect(TEXTS.filter((it) => spelled.test(it.de))).toEqual([])
  })

  it('names the edition as the rule has to be read', () => {
    expect(words.EDITION_WORDS['en303645-2020'].en).toBe(
      'EN 303 645 V2.1.1 (the report of the rule names v2.1.0, the label of its final draft)',
    )
  })
})

function textsOf(value: unknown): readonly Text[] {
  if (value === null || typeof value !== 'object') return []
  if ('en' in value && 'de' in value) return [value as Text]
  return Object.values(value).flatMap(textsOf)
}

function places(text: string): readonly string[] {
  return (text.match(/\{\w+\}/g) ?? []).toSorted()
}
