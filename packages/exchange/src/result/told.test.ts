import type { Language } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { rich } from '../testing/sample.ts'
import { evidenceId } from './evidence-id.ts'
import { readResult } from './read-result.ts'
import { writeResultJson } from './result-json.ts'
import { readResultJson } from './saved-result.ts'

const EVIDENCE = rich.evidence.map((one) => ({ ...one, id: evidenceId(one) }))

/** A stored result, each piece of its evidence changed as by somebody's hand. */
function stored(language: Language, change: (one: Record<string, unknown>) => void = () => {}): string {
  const result = JSON.parse(writeResultJson({ ...rich, evidence: EVIDENCE }, language))
  for (const one of result.evidence) change(one)
  return JSON.stringify(result)
}
const older = (one: Record<string, unknown>) => {
  delete one.translation
}
const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1)

describe('the sentences of a stored result', () => {
  it.each(['en', 'de'] as const)('come back in both languages from one in %s', (language) => {
    const read = readResult('r', stored(language))
    const sentences = (list: typeof EVIDENCE) =>
      list
        .toSorted(byId)
        .map(({ id, title, confidence, overturnedBy }) => ({ id, title, confidence, overturnedBy }))
    expect(sentences([...read.evidence])).toEqual(sentences(EVIDENCE))
    expect(read.languages).toEqual(['en', 'de'])
    expect(readResultJson(stored(language)).evidence.map(({ title }) => title)).toEqual(
      EVIDENCE.map(() => ({ en: 'weak (en)', de: 'weak (de)' })),
    )
  })

  it.each(['en', 'de'] as const)(
    'of update mechanisms come back in both languages from one in %s',
    (language) => {
      const [one] = readResultJson(stored(language)).mechanisms
      expect(one?.title).toEqual({ en: 'RAUC (en)', de: 'RAUC (de)' })
      expect(one?.parts[0]?.statement).toEqual({
        en: 'RAUC is installed (en)',
        de: 'RAUC is installed (de)',
      })
    },
  )

  it('are one each where a program asks for them, in the language of the file', () => {
    const [one] = JSON.parse(stored('de')).evidence
    expect(one).toMatchObject({
      title: 'weak (de)',
      confidence: { reason: 'tried (de)' },
      translation: { language: 'en', title: 'weak (en)', confidence: { reason: 'tried (en)' } },
    })
  })

  it('are the same in both languages in an older one, which says in which they are', () => {
    const read = readResult('r', stored('de', older))
    expect(read.languages).toEqual(['de'])
    expect(read.evidence[0]?.title).toEqual({ en: 'weak (de)', de: 'weak (de)' })
    expect(read.evidence[0]?.confidence.reason).toEqual({ en: 'tried (de)', de: 'tried (de)' })
    expect(readResultJson(stored('de', older)).evidence[0]?.title.en).toBe('weak (de)')
  })

  it('are not said to be in both languages where one piece lacks its translation', () => {
    let first = true
    const text = stored('en', (one) => {
      if (first) older(one)
      first = false
    })
    expect(readResult('r', text).languages).toEqual(['en'])
  })

  it.each([
    ['into its own language', { language: 'en', title: 'x', confidence: { reason: 'y' } }, /written in/],
    ['into a third one', { language: 'fr', title: 'x', confidence: { reason: 'y' } }, /one of en, de/],
    ['without a title', { language: 'de', confidence: { reason: 'y' } }, /translation\/title/],
    ['that is none', 'Titel', /an object/],
  ])('are refused with a translation %s', (_, translation, words) => {
    const text = stored('en', (one) => {
      one.translation = translation
    })
    expect(() => readResult('r', text)).toThrow(words)
    expect(() => readResultJson(text)).toThrow(words)
  })
})
