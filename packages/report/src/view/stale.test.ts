import type { CheckResult } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { renderHtml } from '../html/render.ts'
import { renderTerminal } from '../terminal/render.ts'
import { richSample } from '../testing/sample.ts'
import { staleSentence } from './stale.ts'

const FRESH = richSample()

const OLD = {
  ...FRESH,
  assessment: {
    ...FRESH.assessment,
    staleSources: [{ id: 'a', title: 'Standard A', checked: '2026-11-22' }],
  },
}

describe('old sources', () => {
  it('are named with the day of the last look', () => {
    expect(staleSentence(OLD, 'en')).toContain('Standard A (22 November 2026)')
    expect(staleSentence(OLD, 'de')).toContain('Standard A (22. November 2026)')
    expect(staleSentence(FRESH, 'en')).toBe(undefined)
  })

  it('stand in the terminal and in the page, and in neither where none is old', () => {
    const terminal = (result: CheckResult) =>
      renderTerminal(result, { language: 'en', colour: false, width: 100 })
    expect(terminal(OLD)).toContain('Standard A')
    expect(renderHtml(OLD, 'de')).toContain('Standard A')
    expect(terminal(FRESH)).not.toContain('more than 90 days')
  })
})
