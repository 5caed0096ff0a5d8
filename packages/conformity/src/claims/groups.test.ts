import type { ClaimSet, SelfAssessedGroup, TestVerdict } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { NO_CLAIMS } from '../testing.ts'
import { checkClaims } from './check.ts'
import { effectiveClaims, notMetAsWell } from './effective.ts'
import { caseComesTo, groupComesTo } from './self-assessment.ts'

function group(
  provision: string,
  verdict: TestVerdict | null,
  more: Partial<SelfAssessedGroup> = {},
): SelfAssessedGroup {
  return { provision, title: '', status: '', tables: [], cases: [], verdict, note: '', names: [], ...more }
}

const units = (...verdicts: readonly TestVerdict[]) =>
  verdicts.map((verdict, at) => ({ unit: 'abc'[at] as string, verdict }))

function found(set: Partial<ClaimSet>, about: string): readonly string[] {
  return checkClaims({ ...NO_CLAIMS, ...set }, { traits: {} })
    .filter((one) => one.about === about)
    .map(({ text }) => text.en)
}

describe('a self-assessment', () => {
  it('is never better than its units and cases', () => {
    expect(caseComesTo({ id: 'x', verdict: 'pass', units: units('pass', 'fail') })).toBe('fail')
    expect(caseComesTo({ id: 'x', verdict: null, units: [] })).toBeNull()
    const cases = [{ id: '5.1-1-1', verdict: 'fail' as const, units: [] }]
    expect(groupComesTo(group('5.1-1', 'pass', { cases }))).toBe('fail')
    expect(groupComesTo(group('5.1-1', null, { cases: [{ id: 'x', verdict: null, units: [] }] }))).toBeNull()
  })

  it('is told where it contradicts itself', () => {
    const cases = [{ id: '5.1-1-1', verdict: 'pass' as const, units: units('fail') }]
    expect(found({ groups: [group('5.1-1', 'pass', { cases })] }, '5.1-1')).toEqual([
      'The group says PASS, and by its cases it is FAIL (5.1-1-1)',
      'Case 5.1-1-1 says PASS, and by its units it is FAIL',
    ])
  })

  it('is held against the standard and the ICS table', () => {
    const ics = [{ provision: '5.1-1', support: 'Y' as const, detail: 'x' }]
    expect(found({ ics, groups: [group('5.1-1', 'fail')] }, '5.1-1').join('\n')).toMatch(
      /ICS table says Y, and the self-assessment FAIL/,
    )
    expect(found({ groups: [group('5.4-3', 'n/a')] }, '5.4-3')).toEqual([
      'N/A, and the provision has no condition that allows it',
    ])
    expect(found({ groups: [group('5.1-1', 'pass', { status: 'R C (1)' })] }, '5.1-1')).toEqual([
      'Its status is given as R C (1); Annex B has M C (1)',
    ])
    expect(found({ groups: [group('5.1-1', 'pass', { status: 'M C(1)' })] }, '5.1-1')).toEqual([])
  })

  it('names only what is there', () => {
    const tables = { '7-UpdMech': [{ ID: 'UpdMech-Net-1' }] }
    const one = group('5.3-7', 'pass', { tables: ['8-UpdProc'], names: ['UpdMech-Net', 'UpdMech-Usb'] })
    expect(found({ tables, groups: [one] }, '5.3-7')).toEqual([
      'It rests on table 8-UpdProc, which was not handed in',
      'It names UpdMech-Usb, which is no entry of any table',
    ])
    expect(found({ tables, groups: [group('5.3-7', 'pass')] }, '5.3-7')).toEqual([
      'It must look at each entry of 7-UpdMech, and does not name UpdMech-Net-1',
    ])
  })
})

describe('effectiveClaims', () => {
  const set = (groups: readonly SelfAssessedGroup[], ics: ClaimSet['ics'] = []): ClaimSet => ({
    ...NO_CLAIMS,
    groups,
    ics,
  })
  const supports = (one: ClaimSet, edition = one.edition) =>
    effectiveClaims(one, edition).map(({ provision, support }) => `${provision} ${support}`)

  it('takes rows, groups, and of both what admits more', () => {
    expect(
      supports(set([group('5.1-1', 'fail')], [{ provision: '5.1-1', support: 'Y', detail: '' }])),
    ).toEqual(['5.1-1 N'])
    expect(
      supports(set([group('5.1-1', 'n/a')], [{ provision: '5.1-1', support: 'Y', detail: '' }])),
    ).toEqual(['5.1-1 Y'])
    expect(supports(set([group('5.1-1', 'inconclusive'), group('5.1-2', null)]))).toEqual([])
  })

  it('carries them to another edition where the demand is the same, and parts that are not met', () => {
    const v3 = { ...set([]), edition: 'en303645-v3.1.3' as const }
    const row = (provision: string, support: 'Y' | 'N' | 'N/A') => ({ provision, support, detail: '' })
    const led = (...ics: ClaimSet['ics']) => supports({ ...v3, ics }, 'en303645-2020')
    expect(led(row('5.7-1', 'Y'))).toEqual(['5.7-1 Y'])
    expect(led(row('5.0-1', 'Y'))).toEqual(['4-1 Y'])
    expect(led(row('5.6-4B', 'Y'))).toEqual([])
    expect(led(row('5.1-2A', 'N'))).toEqual([])
    const [carried] = effectiveClaims({ ...v3, ics: [row('5.7-1', 'Y')] }, 'en303645-2020')
    expect(carried?.by).toEqual({ edition: 'en303645-v3.1.3', provision: '5.7-1' })
    expect(supports(set([], [row('4-1', 'N')]), 'en303645-v3.1.3')).toEqual(['5.0-1 N'])
  })
})

describe('notMetAsWell', () => {
  it('leads a provision to the other edition where the demand is the same', () => {
    expect(notMetAsWell('5.3-13', 'en303645-v3.1.3', 'en303645-2020')).toEqual(['5.3-13'])
    expect(notMetAsWell('4-1', 'en303645-2020', 'en303645-v3.1.3')).toEqual(['5.0-1'])
    expect(notMetAsWell('5.13-1B', 'en303645-v3.1.3', 'en303645-v3.1.3')).toEqual(['5.13-1B'])
  })
})

describe('conditions and identification', () => {
  it('are held against rows, answers and the product', () => {
    const conditions = [{ condition: 'Condition (7)', holds: false, detail: '' }]
    const ics = [{ provision: '6-2', support: 'Y' as const, detail: 'x' }]
    expect(found({ conditions, ics }, '6-2').join('\n')).toMatch(/Y, and the sheet of conditions says/)
    const about = checkClaims(
      { ...NO_CLAIMS, conditions, identification: [{ section: '', name: 'DUT model', value: 'R2' }] },
      {
        traits: { 'personal-data-by-consent': true },
        product: { maker: null, model: 'R1', hardware: null, firmware: null, batch: null },
      },
    ).filter(({ code }) => code === 'contradiction')
    expect(about.map(({ about: it, text }) => `${it}: ${text.en}`)).toEqual([
      'Conditions: Condition (7) is claimed to not hold; the answers about the product say otherwise',
      'DUT model: Is about R2, not R1',
    ])
  })
})
