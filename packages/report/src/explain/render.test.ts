import { explain } from '@messlatte/conformity'
import { describe, expect, it } from 'vitest'
import { type CheckInfo, renderExplanations } from './render.ts'

const CHECK: CheckInfo = {
  id: 'test.check',
  title: { en: 'A check', de: 'Eine Prüfung' },
  canShow: { en: 'this', de: 'dies' },
  cannotShow: { en: 'that', de: 'das' },
  states: ['boot.chain.absent'],
}

function rendered(name: string, language: 'en' | 'de', named: readonly CheckInfo[] = []): string {
  return renderExplanations(explain(name), { all: [CHECK], named }, { language, colour: false, width: 100 })
}

describe('renderExplanations', () => {
  it('tells a provision whole', () => {
    const text = rendered('5.7-1', 'en')
    expect(text).toMatch(/Status +recommended/)
    expect(text).toMatch(/5\.7-1-2 +Verification implemented/)
    expect(text).toContain('functional (device); test units: 1; by 20-SecBoot')
    expect(text).toMatch(/boot\.chain\.absent +against \(test\.check\)/)
    expect(text).toMatch(/How makers usually mend it/)
    expect(text).toMatch(/without a source: no duty, no proof/)
    expect(text).toMatch(/eu-red-2025: GEC-8/)
    expect(text).toMatch(/report-2026-07 \(reported, applies from 2 January 2027\)/)
  })

  it('tells it in German', () => {
    const text = rendered('5.7-1', 'de')
    expect(text).toContain('Was ein Labor tut')
    expect(text).toMatch(/konzeptionell \(Unterlagen\)/)
    expect(text).not.toMatch(/What settles it|How makers/)
  })

  it('tells requirements, cases, kinds, profiles, checklists and checks', () => {
    expect(rendered('AUM-5-1', 'en')).toMatch(/5\.1-1 +is one part of it/)
    expect(rendered('AUM-5-1', 'de')).toMatch(/Beschluss \(EU\) 2025\/138/)
    expect(rendered('5.3-10-1', 'en')).toContain('Test case 5.3-10-1 of ts103701-v1.1.1')
    expect(rendered('boot.chain.absent', 'en')).toMatch(/Stated by +test\.check: A check/)
    expect(rendered('eu-cra-2027', 'en')).toMatch(/units\s+placed\s+after\s+10\s+December\s+2027/)
    expect(rendered('bsi-label', 'de')).toContain('kein Stichtag teilt die Geräte')
    expect(rendered('cra-article-19', 'en')).toMatch(/\[ \] 19\(2\)/)
    expect(rendered('none', 'en', [CHECK])).toContain('Check test.check: A check')
  })
})
