import { describe, expect, it } from 'vitest'
import { assess } from '../assess.ts'
import { CATALOGUES } from '../catalogues/index.ts'
import { DE_2027 } from '../profiles/de-2027/index.ts'
import { PROFILES } from '../profiles/index.ts'
import { listSources } from './register.ts'
import { WOULD_CHANGE } from './would-change.ts'

const RULES = [...Object.values(CATALOGUES), ...PROFILES]

/** Checked on 22 November 2026: 90 days later is 20 February 2027. */
const LAST_FRESH = '2027-02-20'
const FIRST_STALE = '2027-02-21'

function staleIn(asOf: string): readonly string[] {
  return assess({
    catalogue: CATALOGUES['en303645-2020'],
    profiles: [DE_2027],
    evidence: [],
    statedTraits: {},
    asOf,
    partial: false,
  }).staleSources.map(({ id }) => id)
}

describe('listSources', () => {
  it('has each source of each rule once, with what rests on it', () => {
    const listed = listSources(LAST_FRESH)
    const ids = [...new Set(RULES.flatMap(({ sources }) => sources.map(({ id }) => id)))]
    expect(listed.map(({ id }) => id)).toEqual([...ids].sort())
    expect(listed.find(({ id }) => id === 'report-2026-07')).toMatchObject({
      status: 'reported',
      usedBy: ['de-2027'],
      checked: '2026-11-22',
    })
  })

  it('says of each what would change it, and of nothing else', () => {
    const ids = listSources(LAST_FRESH).map(({ id }) => id)
    expect(Object.keys(WOULD_CHANGE).sort()).toEqual(ids)
  })

  it('flags what nobody looked at for more than 90 days', () => {
    expect(listSources(LAST_FRESH).some(({ stale }) => stale)).toBe(false)
    expect(listSources(FIRST_STALE).every(({ stale }) => stale)).toBe(true)
    expect(listSources(FIRST_STALE)[0]?.ageDays).toBe(91)
  })

  it('counts no age before the day of the look', () => {
    expect(listSources('2020-01-01').every(({ ageDays, stale }) => ageDays === 0 && !stale)).toBe(true)
  })

  it('has no two sources under one id', () => {
    const byId = new Map<string, unknown>()
    for (const source of RULES.flatMap(({ sources }) => sources)) {
      expect(byId.get(source.id) ?? source, source.id).toEqual(source)
      byId.set(source.id, source)
    }
  })
})

describe('an assessment', () => {
  it('flags the old sources of its own rules and no others', () => {
    expect(staleIn(LAST_FRESH)).toEqual([])
    expect(staleIn(FIRST_STALE)).toEqual([
      'en303645-v2.1.1',
      'en303645-v2.1.1-conditions-3-4',
      'messlatte-reading',
      'report-2026-07',
      'ts103701-v1.1.1',
    ])
  })
})
