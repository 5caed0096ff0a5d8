import * as portfolio from '@messlatte/portfolio'
import { describe, expect, it } from 'vitest'
import { textsIn } from '../documents/testing.ts'
import { SAMPLE_PLAN } from '../portfolio/testing.ts'
import { speaker } from '../portfolio/view.ts'
import { closingLines, requestPaper } from './paper.ts'

const asked = (word: string) => ({
  what: { en: `${word} (en)`, de: `${word} (de)` },
  who: 'maker' as const,
  input: 'documents' as const,
})
/** As when a rule asks the same of two provisions, and something of one alone. */
const REQUESTS = portfolio.requestsOf(SAMPLE_PLAN, {}).map((request) => ({
  ...request,
  lines: request.lines.flatMap((line) => [
    {
      ...line,
      rule: 'de-2027',
      id: '5.3-2',
      verdict: 'open' as const,
      closes: [asked('both'), asked('one'), asked('of 5.3-2 here')],
    },
    {
      ...line,
      rule: 'de-2027',
      id: '5.3-9',
      verdict: 'open' as const,
      closes: [asked('both'), asked('of 5.3-9 here')],
    },
  ]),
}))

describe('requestPaper', () => {
  it.each(['en', 'de'] as const)(
    'asks once for what several lines ask, and loses nothing: %s',
    (language) => {
      let shared = 0
      for (const request of REQUESTS) {
        const texts = textsIn(requestPaper(request, language))
        const all = texts.join('\n')
        for (const line of request.lines)
          for (const text of closingLines(line, speaker(language)))
            expect(
              [
                text,
                text.replace(/ 5\.3-\d /, ' ‹number of the line› '),
                text.replace(/ 5\.3-\d /, ' ‹Nummer der Zeile› '),
              ].some((it) => all.includes(it)),
              text,
            ).toBe(true)
        const numbered = texts.filter((text) => /^[QF]\d+: /.test(text))
        const named = new Set(
          texts.flatMap(
            (text) => /^(?:See|Siehe oben) ([QF\d, ]+)/.exec(text)?.[1]?.trim().split(', ') ?? [],
          ),
        )
        expect(new Set(numbered.map((text) => text.slice(0, text.indexOf(':'))))).toEqual(named)
        shared += numbered.length
      }
      expect(shared).toBeGreaterThan(0)
    },
  )
})
