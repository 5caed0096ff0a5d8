import { describe, expect, it } from 'vitest'
import { EN303645_2020 } from '../catalogues/en303645-2020/index.ts'
import { EN303645_V3 } from '../catalogues/en303645-v3/index.ts'
import { DE_2027 } from './de-2027/index.ts'
import { type DifferenceKind, diffRules, type RuleSet } from './diff.ts'

const OLD: RuleSet = { id: 'baseline-2020', catalogue: EN303645_2020 }
const NEW: RuleSet = { id: 'baseline-v3', catalogue: EN303645_V3 }
const GERMAN: RuleSet = { id: 'de-2027', catalogue: EN303645_2020, profile: DE_2027 }

function ids(a: RuleSet, b: RuleSet, kind: DifferenceKind): readonly string[] {
  return diffRules(a, b)
    .filter((line) => line.kind === kind)
    .map(({ provision }) => provision)
}

describe('diffRules', () => {
  it.each([OLD, NEW, GERMAN])('finds nothing between $id and itself', (rules) => {
    const lines = rules.profile ? diffRules(rules, rules) : diffRules(rules, { ...rules })
    expect(lines).toEqual([])
  })

  it('finds what a profile raises and demands, with the status of its line', () => {
    expect(ids(OLD, GERMAN, 'raised')).toEqual(['5.3-1', '5.3-4', '5.3-5', '5.3-9', '5.7-1', '5.7-2'])
    expect(ids(OLD, GERMAN, 'demanded')).toEqual(['5.3-2', '5.3-10', '5.7-1'])
    const boot = diffRules(OLD, GERMAN).find((line) => line.provision === '5.7-1' && line.kind === 'raised')
    expect(boot).toMatchObject({ from: 'R', to: 'M', sourceStatus: 'reported', source: 'report-2026-07' })
  })

  it('is its own mirror', () => {
    expect(ids(GERMAN, OLD, 'lowered')).toEqual(ids(OLD, GERMAN, 'raised'))
    expect(ids(GERMAN, OLD, 'dropped')).toEqual(ids(OLD, GERMAN, 'demanded'))
    expect(ids(NEW, OLD, 'removed')).toEqual(ids(OLD, NEW, 'added'))
  })

  it('finds between the editions what is new and what changed, and no other status', () => {
    expect(ids(OLD, NEW, 'added')).toEqual(['5.1-2A', '5.6-4B', '6-3B', '6-6', '6-7', '6-8'])
    expect(ids(OLD, NEW, 'changed')).toHaveLength(45)
    expect([...ids(OLD, NEW, 'raised'), ...ids(OLD, NEW, 'lowered')]).toEqual([])
    expect(diffRules(OLD, NEW).find(({ provision }) => provision === '5.6-4A')?.before).toBe('5.6-4')
  })

  it('says that a profile over one edition raises over the successor in the other', () => {
    expect(ids(NEW, GERMAN, 'raised')).toContain('5.7-1')
    expect(ids(GERMAN, NEW, 'lowered')).toContain('5.3-4A')
  })

  it('names whom a line hits', () => {
    const lines = diffRules(OLD, GERMAN)
    const ota = lines.find(({ provision, kind }) => provision === '5.3-10' && kind === 'demanded')
    expect(ota).toMatchObject({ lacking: true, sourceStatus: 'reported' })
    expect(lines.find(({ provision }) => provision === '5.3-9')?.hits).toEqual({ trait: 'update-mechanism' })
  })

  it('refuses editions between which no table leads', () => {
    const { origins: _, ...alone } = EN303645_V3
    expect(() => diffRules(OLD, { id: 'x', catalogue: alone })).toThrow(/no table leads/)
  })
})
