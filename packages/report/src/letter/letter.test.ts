import { PROFILES } from '@messlatte/conformity'
import type { Finding } from '@messlatte/portfolio'
import { describe, expect, it } from 'vitest'
import { writtenIn } from '../documents/testing.ts'
import { isLaw } from '../papers/law.ts'
import { SAMPLE_PLAN } from '../portfolio/testing.ts'
import { citedAsLaw, lawOf, NotLaw } from './law.ts'
import { type LetterInput, letterPaper } from './paper.ts'
import { LETTER_WORDS as W } from './words.ts'

const INPUT: LetterInput = {
  to: 'customer',
  about: 'tender',
  subject: 'AU-1',
  plan: SAMPLE_PLAN,
  rows: SAMPLE_PLAN.rows,
  findingOf: () => undefined,
}
const SOURCES = PROFILES.flatMap(({ sources }) => sources)

/** What stands between two headings. */
function between(text: string, from: string, to: string): string {
  return text.slice(text.indexOf(`\n${from}\n`), text.indexOf(`\n${to}\n`))
}

describe('citedAsLaw', () => {
  it('takes law, and refuses each report, draft, standard and analysis of the rules', () => {
    for (const source of SOURCES) {
      if (isLaw(source)) expect(citedAsLaw([source.id])).toEqual([source])
      else expect(() => citedAsLaw([source.id]), source.id).toThrow(NotLaw)
    }
    expect(SOURCES.some(({ status }) => status === 'draft')).toBe(true)
    expect(() => citedAsLaw(['no-such'])).toThrow(/is no source/)
  })

  it('never has the German rule among the law of its own profile', () => {
    expect(lawOf(['de-2027'])).toEqual([])
    expect(lawOf(['de-2027', 'eu-cra-2027']).every(isLaw)).toBe(true)
  })
})

describe('letterPaper', () => {
  it.each(['en', 'de'] as const)(
    'cites law alone as confirmed, and tells apart what was reported (%s)',
    (language) => {
      const text = writtenIn(letterPaper(INPUT, language))
      const confirmed = between(text, W.confirmed[language], W.reported[language])
      expect(confirmed).toContain('2024/2847')
      for (const source of SOURCES.filter((one) => !isLaw(one))) expect(confirmed).not.toContain(source.title)
      expect(between(text, W.reported[language], W.analysis[language])).toContain('de-2027')
      expect(text).toContain('report-2026-07')
      expect(text).not.toMatch(/\bcompliant\b|\bcertified\b|\bkonform\b|zertifiziert/)
    },
  )

  it('says of evidence which file it is about, and that no unit is shown to run it', () => {
    const finding = { digests: ['ab'.repeat(32)], evidence: [{}, {}] } as unknown as Finding
    const seen = writtenIn(
      letterPaper({ ...INPUT, findingOf: ({ name }) => (name === 'M-01' ? finding : undefined) }, 'en'),
    )
    expect(seen).toMatch(
      /firmware 1\.0 of module M-01 was looked at: 2 observations, in the file with SHA-256 (?:ab){32}/,
    )
    expect(seen).toContain('That does not show that any unit runs it.')
    expect(seen).toContain('of module M-02 was not looked at')
  })

  it('shows a supplier its own modules and no others', () => {
    const text = writtenIn(letterPaper({ ...INPUT, to: 'supplier', supplier: 'Nordlicht <b>' }, 'de'))
    expect(text).toContain('M-01')
    expect(text).not.toContain('M-02')
  })

  it('names no supplier to a customer', () => {
    expect(writtenIn(letterPaper(INPUT, 'de'))).not.toContain('Nordlicht')
  })

  it('says for each answer what it means for whoever reads it', () => {
    const text = writtenIn(letterPaper({ ...INPUT, to: 'channel' }, 'en'))
    for (const answer of ['barred as reported', 'at risk', 'not assessed', 'outside'])
      expect(text).toMatch(new RegExp(`^${answer}: `, 'm'))
  })
})
