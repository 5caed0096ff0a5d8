import type { Assessment, Verdict } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { rich } from '../testing/sample.ts'
import { writeJunit } from './write.ts'

function assessment(verdict: Verdict, words = 'because'): Assessment {
  const [provision] = rich.assessment.provisions
  const reasons = [{ text: { en: words, de: words }, evidence: [] }]
  return {
    ...rich.assessment,
    provisions: [{ ...provision!, baseline: { ...provision!.baseline, verdict, reasons } }],
  }
}

describe('writeJunit', () => {
  it('has a suite for each rule, requirements of its own among them', () => {
    const xml = writeJunit(rich.assessment, 'en')
    expect(xml).toMatch(/<testsuite name="baseline" tests="5" failures="0" errors="0" skipped="5">/)
    expect(xml).toMatch(/<testsuite name="de-2027" tests="6" failures="0" errors="0" skipped="6">/)
  })

  it.each([
    ['fail', /<failure type="fail" message="fail">because<\/failure>/],
    ['contested', /<failure type="contested"/],
    ['open', /<skipped message="open">because/],
    ['not-met', /<skipped message="not-met">/],
    ['not-applicable', /<skipped message="not-applicable">/],
  ] as const)('never lets %s pass', (verdict, words) => {
    expect(writeJunit(assessment(verdict), 'en')).toMatch(words)
  })

  it.each(['supported', 'pass'] as const)('lets %s pass', (verdict) => {
    expect(writeJunit(assessment(verdict), 'en')).toMatch(
      /<testcase classname="messlatte.baseline" name="[^"]*"\/>/,
    )
  })

  it('carries no character that XML cannot, and no markup of others', () => {
    const xml = writeJunit(assessment('fail', '<b>&"\u0000\u001b\ud800]]>'), 'en')
    expect(xml).toContain('&lt;b&gt;&amp;&quot;\ufffd\ufffd\ufffd]]&gt;')
  })
})
