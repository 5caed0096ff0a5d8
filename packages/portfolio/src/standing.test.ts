import { PROFILES } from '@messlatte/conformity'
import { describe, expect, it } from 'vitest'
import { rulesFor, standingOf } from './standing.ts'

const ids = (market: Parameters<typeof rulesFor>[0]) => rulesFor(market, PROFILES).map(({ id }) => id)

describe('rulesFor', () => {
  it('has law before what was reported, and no label', () => {
    expect(ids('DE')).toEqual(['eu-red-2025', 'eu-cra-2027', 'de-2027'])
  })

  it('keeps the German rule to Germany, and that of the United Kingdom there', () => {
    expect(ids('FR')).toEqual(['eu-red-2025', 'eu-cra-2027'])
    expect(ids('EU')).toEqual(['eu-red-2025', 'eu-cra-2027'])
    expect(ids('GB')).toEqual(['uk-psti'])
    expect(ids('CH')).toEqual([])
  })

  it('takes the German rule for reported and nothing else of what governs a market', () => {
    const reported = PROFILES.filter(({ reading }) => reading !== 'label').filter(
      (rule) => standingOf(rule) === 'reported',
    )
    expect(reported.map(({ id }) => id)).toEqual(['de-2027'])
  })
})
