import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDigit, readGtin } from './gtin.ts'

describe('readGtin', () => {
  it.each([
    // Examples that GS1 and the ISBN agency print.
    ['4006381333931', '04006381333931'],
    ['9780306406157', '09780306406157'],
    ['036000291452', '00036000291452'],
    ['9638-5074', '00000096385074'],
    ['0 40 06381 33393 1', '04006381333931'],
  ])('takes %s', (written, gtin) => {
    expect(readGtin(written)).toEqual({ gtin })
  })

  it.each([
    ['4006381333932', 'check-digit'],
    ['400638133393', 'check-digit'],
    ['40063813339', 'length'],
    ['400638133393100', 'length'],
    ['4,00638E+12', 'digits'],
    ['', 'digits'],
  ])('refuses %j: %s', (written, problem) => {
    expect(readGtin(written)).toEqual({ problem })
  })

  it('takes no number with one wrong digit', () => {
    const thirteen = fc.stringMatching(/^\d{13}$/)
    fc.assert(
      fc.property(thirteen, fc.nat(13), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const right = `${digits}${checkDigit(digits)}`
        expect(readGtin(right)).toEqual({ gtin: right })
        const wrong = `${right.slice(0, at)}${(Number(right[at]) + by) % 10}${right.slice(at + 1)}`
        expect(readGtin(wrong)).toEqual({ problem: 'check-digit' })
      }),
    )
  })
})
