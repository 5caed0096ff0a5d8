import type { Language } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import type { PaperDocument } from '../documents/model.ts'
import { textsIn, writtenIn } from '../documents/testing.ts'
import { FULL_PAPERS, NO_PAPERS, samplePaperInput } from '../testing/sample-papers.ts'
import { VERDICT_WORDS } from '../words.ts'
import { declaration } from './declaration/index.ts'
import { DECLARABLE, isDeclarable, isLaw, sourcesOf } from './law.ts'
import { technicalFile } from './technical-file/index.ts'
import { testPlan } from './test-plan.ts'

const EMPTY = samplePaperInput(NO_PAPERS, [])
const FULL = samplePaperInput(FULL_PAPERS)
const EU = ['eu-cra-2027', 'eu-red-2025'] as const

function all(input: typeof EMPTY, language: Language): readonly PaperDocument[] {
  return [
    technicalFile(input, language),
    declaration(input, EU, language),
    declaration(input, ['uk-psti'], language),
    testPlan(input, language),
  ]
}

describe('papers', () => {
  it.each(['en', 'de'] as const)('never say a word that is not ours to say: %s', (language) => {
    for (const document of [...all(EMPTY, language), ...all(FULL, language)])
      expect(writtenIn(document)).not.toMatch(/\bcompliant\b|\bcertified\b|\bzertifiziert\b/i)
  })

  it('are in one language and whole: no place is left to be filled, and the languages differ', () => {
    for (const [at, english] of all(FULL, 'en').entries()) {
      const german = all(FULL, 'de')[at]!
      expect(writtenIn(english)).not.toMatch(/\{\w+\}|undefined|null/)
      expect(writtenIn(german)).not.toMatch(/\{\w+\}|undefined|null/)
      expect(german.title).not.toBe(english.title)
      expect(german.blocks.map(({ kind }) => kind)).toEqual(english.blocks.map(({ kind }) => kind))
    }
  })

  it('show every gap where it belongs and in the list at the end, and invent nothing', () => {
    for (const document of all(EMPTY, 'en')) {
      const texts = textsIn(document)
      const marked = new Set(
        texts.flatMap((text) => [...text.matchAll(/Gap: ([^\n]*)/g)].map(([, what]) => what)),
      )
      const listed = texts.findIndex((text) => text.startsWith('What is missing ('))
      expect(texts[listed]).toBe(`What is missing (${document.gaps})`)
      expect(marked.size, document.title).toBeGreaterThan(5)
      expect(texts.slice(listed).length).toBeGreaterThan(marked.size)
    }
    expect(writtenIn(technicalFile(EMPTY, 'en'))).toContain('Gap: no stored result in results/')
    expect(writtenIn(technicalFile(FULL, 'en'))).not.toContain('Gap: the maker’s name')
  })

  it('leave a verdict room for its longest word', () => {
    // Twips: 9 points, bold, at 0.62 of it a letter; 180 are the cell's margins, 9412 the text's width on A4.
    const words = Object.values(VERDICT_WORDS).flatMap(({ de }) => de.split(' '))
    const widest = Math.max(...words.map(({ length }) => length)) * 9 * 0.62 * 20 + 180
    for (const { blocks } of [technicalFile(FULL, 'de'), declaration(FULL, EU, 'de')])
      for (const block of blocks) {
        if (block.kind !== 'table') continue
        const whole = block.columns.reduce((sum, { width }) => sum + width, 0)
        for (const { title, width } of block.columns)
          if (title === 'Urteil') expect((width / whole) * 9412).toBeGreaterThan(widest)
      }
  })

  it('keep what was handed in apart from what speaks against it', () => {
    const text = writtenIn(technicalFile(FULL, 'en'))
    expect(text).toContain('the lab paper (Lab), SHA-256 aa')
    expect(text).toContain('Gap: Expired on 2026-01-01')
  })

  it('say how makers usually mend what is disproved', () => {
    expect(writtenIn(technicalFile(FULL, 'en'))).toContain('Usually mended (practice, no duty): ')
    const nothing = samplePaperInput(FULL_PAPERS, [])
    expect(writtenIn(technicalFile(nothing, 'en'))).not.toContain('Usually mended')
  })
})

describe('declarations', () => {
  it.each(['en', 'de'] as const)('cite law alone: %s', (language) => {
    for (const acts of [['eu-cra-2027'], ['eu-red-2025'], EU, ['uk-psti']] as const) {
      const { sources } = declaration(FULL, acts, language)
      const known = sourcesOf(acts)
      expect(sources.length).toBeGreaterThan(0)
      for (const { id } of sources) expect(isLaw(known.find((one) => one.id === id)!), id).toBe(true)
    }
  })

  it('never name the rule as reported, and there is no form for it', () => {
    for (const document of [declaration(FULL, EU, 'en'), declaration(FULL, ['uk-psti'], 'en')])
      expect(writtenIn(document)).not.toMatch(/de-2027|BSI requires/)
    for (const rule of ['de-2027', 'bsi-label', 'en303645-2020']) {
      expect(isDeclarable(rule)).toBe(false)
      expect(sourcesOf([rule]).some(isLaw), rule).toBe(false)
    }
    for (const rule of DECLARABLE) expect(sourcesOf([rule]).some(isLaw), rule).toBe(true)
  })

  it('cite no draft of a standard, and no presumption by EN 303 645', () => {
    const texts = textsIn(declaration(FULL, EU, 'en'))
    expect(texts).toContain('Gap: prEN 40000-1-2 is a draft and is not cited')
    expect(texts).toContain('Decision (EU) 2025/138 (stated by the maker)')
    expect(texts).not.toContain('OJ X (stated by the maker)')
    expect(texts.join('\n')).toContain('gives no presumption of conformity there')
  })

  it('leave signing to the maker, and then tell what speaks against it', () => {
    const texts = textsIn(declaration(FULL, EU, 'en'))
    const at = (start: string) => texts.findIndex((text) => text.startsWith(start))
    expect(at('Nobody has signed')).toBeGreaterThan(at('Declaration'))
    expect(at('For the signatory: take this off')).toBeGreaterThan(at('Nobody has signed'))
    expect(at('eu-cra-2027: against a signature speak')).toBeGreaterThan(at('For the signatory'))
    expect(texts.filter((text) => text.startsWith('Nobody has signed'))).toHaveLength(1)
  })

  it('tell what takes the presumption of EN 18031 away, under the Radio Equipment Directive alone', () => {
    expect(writtenIn(declaration(FULL, EU, 'en'))).toContain('AUM-5-1, AUM-5-2: Users are free not to set')
    expect(writtenIn(declaration(FULL, ['eu-cra-2027'], 'en'))).not.toContain('AUM-5-1, AUM-5-2:')
    expect(writtenIn(declaration(FULL, ['eu-cra-2027'], 'en'))).toContain('Applies from 11 December 2027')
  })

  it('do not give the short form before maker, product and address are there', () => {
    expect(writtenIn(declaration(FULL, EU, 'en'))).toContain('which is at https://horizon.example/doc.')
    expect(writtenIn(declaration(EMPTY, EU, 'en'))).toContain('Gap: maker, product and the internet address')
  })

  it('leave the name of the British statement to its maker', () => {
    expect(writtenIn(declaration(FULL, ['uk-psti'], 'en'))).toContain(
      'Gap: the name that the law gives this document',
    )
  })
})

describe('the technical file', () => {
  it('has the items of Annex VII in their order, and the list of gaps last', () => {
    const numbers = technicalFile(FULL, 'en')
      .blocks.filter((block) => block.kind === 'heading' && block.level === 1)
      .map((block) => (block.kind === 'heading' ? block.text : ''))
    expect(numbers.filter((text) => /^\d/.test(text)).map((text) => text[0])).toEqual([...'12345678'])
    expect(numbers.at(-1)).toMatch(/^What is missing/)
  })

  it('names the rule as reported under what is not cited, and rests nothing on it', () => {
    const document = technicalFile(FULL, 'en')
    expect(textsIn(document).find((text) => text.startsWith('de-2027: '))).toBeDefined()
    const before = textsIn(document).slice(0, textsIn(document).indexOf('Not cited'))
    expect(before.join('\n')).not.toContain('de-2027')
  })

  it('names the authors of the lines from EN 303 645, and the status of the text', () => {
    expect(writtenIn(technicalFile(FULL, 'en'))).toMatch(
      /Text: applies later\. Lines from EN 303 645 \(.*\) by .*BSI/,
    )
  })
})

describe('what people decided', () => {
  it('stands in the technical file, with what has lapsed and what is only waived', () => {
    const text = writtenIn(technicalFile(FULL, 'en'))
    expect(text).toMatch(/5\.1-1, 5\.1-1-1 a\nbaseline\npass\nA\. Prüfer/)
    expect(text).toMatch(/5\.1-1, 5\.1-1-2 b\nbaseline\nlapsed\n/)
    expect(text).toContain('They change no verdict.')
    expect(text).toMatch(/13-SoftServ\ntelnetd\nundeclared but observed\n–\na login on port 23/)
  })

  it('is not left in the test plan, but what is inconclusive is', () => {
    const texts = textsIn(testPlan(FULL, 'en'))
    const decided = texts.indexOf('Decided already')
    const at = (id: string) => texts.findIndex((text) => text.startsWith(`${id}\n`))
    expect(at('5.1-1-1')).toBeGreaterThan(decided)
    expect(at('5.1-2-1')).toBeLessThan(decided)
    expect(texts.join('\n')).toContain('inconclusive\na inconclusive')
  })
})

describe('the test plan as a document', () => {
  it('has every case once, with its units and the entries that it is done by', () => {
    const texts = textsIn(testPlan(FULL, 'en'))
    const cases = texts.flatMap((text) => /^(\d[\d.]*-\d+-\d+)\n/.exec(text)?.[1] ?? [])
    expect(cases).toHaveLength(FULL.plan.length)
    expect(new Set(cases).size).toBe(cases.length)
    const places = texts.filter((text) => /^(?:\w+\n)?a \S/.test(text))
    expect(places).toHaveLength(cases.length)
    expect(places.filter((text) => text.includes('a ______'))).toHaveLength(cases.length - 2)
    expect(texts.join('\n')).toContain('10-SecParam: SecParam-1, #2')
  })
})
