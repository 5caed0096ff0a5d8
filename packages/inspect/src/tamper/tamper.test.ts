import { describe, expect, it } from 'vitest'
import { inShort, planOf, sampleOf, seenOf } from './testing.ts'

const SAMPLES = {
  'rauc verity': sampleOf(
    'update/rauc/fixtures/negative/verity/a.raucb',
    'update/rauc/fixtures/negative/verity/update.pem',
  ),
  'rauc plain': sampleOf(
    'update/rauc/fixtures/negative/plain/a.raucb',
    'update/rauc/fixtures/negative/plain/update.pem',
  ),
  'swu cms': sampleOf(
    'update/swu/fixtures/negative/cms/a.swu',
    'update/swu/fixtures/negative/cms/update.pem',
  ),
  'swu raw': sampleOf(
    'update/swu/fixtures/negative/raw/a.swu',
    'update/swu/fixtures/negative/raw/update.pem',
  ),
} as const

describe('a set of forged updates', () => {
  for (const [name, sample] of Object.entries(SAMPLES)) {
    it(`of ${name}: nothing that has to be refused stays verified`, () => {
      expect(seenOf(sample).sight).toBe('verified')
      const all = inShort(sample)
      expect(all).toMatchSnapshot()
      // That a file ends too early is told by its reader as damage; `tests/tamper.test.ts` has that.
      const isTaken = (one: string) => one.endsWith(' refuse verified') && !one.startsWith('truncated')
      expect(all.filter(isTaken)).toEqual([])
      expect(planOf(sample).unmade).toEqual([])
    })
  }
})
