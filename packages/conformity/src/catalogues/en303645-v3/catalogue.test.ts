import type { ProvisionStatus } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { compareProvisionIds } from '../../order.ts'
import { evaluate } from '../../traits/condition.ts'
import { TRAITS } from '../../traits/questions.ts'
import { EN303645_2020 } from '../en303645-2020/index.ts'
import { CONDITIONS, FEATURES } from './conditions.ts'
import { EN303645_V3 } from './index.ts'

const { provisions, sources, origins = [] } = EN303645_V3

/** Table B.1, written down a second time: status, then what the row prints in brackets. */
const TABLE = `
5.0-1 M | 5.1-1 M F(a) | 5.1-2 M F(b) | 5.1-2A R | 5.1-3 M F(c) | 5.1-4 M F(d) | 5.1-5 M C F(14,e)
5.2-1 M | 5.2-2 R | 5.2-3 R
5.3-1 R F(f) | 5.3-2 M C(15) | 5.3-3 M F(g) | 5.3-4A R F(g) | 5.3-4B R F(h) | 5.3-5 R F(g) | 5.3-6A R F(h) | 5.3-6B R F(i)
5.3-7 M F(g) | 5.3-8 M C(12) | 5.3-9 R F(g) | 5.3-10 M F(j) | 5.3-11 R C(12) | 5.3-12 R C(12) | 5.3-13 M | 5.3-14 R C(3)
5.3-15A R C(3) | 5.3-15B R C(3) | 5.3-16 M
5.4-1 M F(k) | 5.4-2 M F(l) | 5.4-3 M | 5.4-4 M F(m)
5.5-1 M | 5.5-2 R | 5.5-3 R | 5.5-4 R | 5.5-5 M F(n) | 5.5-6 R F(o) | 5.5-7 M F(o) | 5.5-8 M C(16)
5.6-1 M F(p) | 5.6-2 M | 5.6-3 R | 5.6-4A M F(q) | 5.6-4B R F(r) | 5.6-5 R | 5.6-6 R | 5.6-7 R | 5.6-8 R | 5.6-9 R
5.7-1 R | 5.7-2 R F(s)
5.8-1 R F(t) | 5.8-2 M F(u) | 5.8-3 M F(v) | 5.9-1 R | 5.9-2 R | 5.9-3 R | 5.10-1 R F(w)
5.11-1 M | 5.11-2 R F(x) | 5.11-3 R | 5.11-4 R | 5.12-1 R | 5.12-2 R | 5.12-3 R | 5.13-1A M | 5.13-1B M
6-1 M | 6-2 M F(y) | 6-3A M F(y) | 6-3B M F(y) | 6-4 R F(w) | 6-5 M F(w) | 6-6 M F(z) | 6-7 R F(aa) | 6-8 R F(z)`
  .split(/[|\n]/)
  .map((row) => row.trim())
  .filter((row) => row !== '')

/** Clause: provisions, mandatory, recommendations. */
const COUNTS: Readonly<Record<string, readonly [number, number, number]>> = {
  '5.0': [1, 1, 0],
  '5.1': [6, 5, 1],
  '5.2': [3, 1, 2],
  '5.3': [19, 7, 12],
  '5.4': [4, 4, 0],
  '5.5': [8, 4, 4],
  '5.6': [10, 3, 7],
  '5.7': [2, 0, 2],
  '5.8': [3, 2, 1],
  '5.9': [3, 0, 3],
  '5.10': [1, 0, 1],
  '5.11': [4, 1, 3],
  '5.12': [3, 0, 3],
  '5.13': [2, 2, 0],
  '6': [9, 6, 3],
}

const statusOf2020 = new Map(EN303645_2020.provisions.map(({ id, status }) => [id, status]))

function originsBy(change: string): readonly string[] {
  return origins.filter((line) => line.change === change).map(({ id }) => id)
}

describe('V3.1.3 as data', () => {
  it('has 78 provisions, 36 mandatory and 42 recommendations', () => {
    const count = (status: ProvisionStatus) => provisions.filter((one) => one.status === status).length
    expect([provisions.length, count('M'), count('R')]).toEqual([78, 36, 42])
  })

  it('has the right number of each in every clause', () => {
    const counts: Record<string, [number, number, number]> = {}
    for (const { id, status } of provisions) {
      const clause = id.slice(0, id.indexOf('-'))
      counts[clause] ??= [0, 0, 0]
      counts[clause][0]++
      counts[clause][status === 'M' ? 1 : 2]++
    }
    expect(counts).toEqual(COUNTS)
  })

  it('prints every row as Table B.1 does', () => {
    const rows = provisions.map(({ id, status, conditionNumbers, features = [] }) => {
      const inside = [...conditionNumbers, ...features].join(',')
      const letters = `${conditionNumbers.length > 0 ? ' C' : ''}${features.length > 0 ? ' F' : ''}`
      return `${id} ${status}${letters}${inside === '' ? '' : `(${inside})`}`
    })
    expect(rows).toEqual(TABLE)
  })

  it('stands in the order of the standard, each id once', () => {
    const ids = provisions.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort(compareProvisionIds))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('uses all 27 features and 5 conditions, each over a question of its own', () => {
    expect(Object.keys(FEATURES)).toHaveLength(27)
    expect(Object.keys(CONDITIONS)).toEqual(['3', '12', '14', '15', '16'])
    const traits = [...Object.values(FEATURES), ...Object.values(CONDITIONS)].map(({ trait }) => trait)
    expect(new Set(traits).size).toBe(32)
    for (const trait of traits)
      expect(
        TRAITS.some(({ id }) => id === trait),
        trait,
      ).toBe(true)
    const printed = provisions.flatMap(({ features = [] }) => features)
    for (const letter of Object.keys(FEATURES)) expect(printed).toContain(letter)
  })

  it('has a true, a false and an unknown case for every condition', () => {
    const conditional = provisions.filter(({ condition }) => condition !== undefined)
    expect(conditional).toHaveLength(TABLE.filter((row) => row.includes('(')).length)
    for (const { id, condition } of conditional) {
      for (const value of [true, false, null])
        expect(
          evaluate(condition!, () => value),
          id,
        ).toBe(value)
    }
  })

  it('keeps the pillars by the provisions that took their place', () => {
    const pillar = (name: string) => provisions.filter((one) => one.pillar === name).map(({ id }) => id)
    expect(pillar('secureBoot')).toEqual(['5.7-1', '5.7-2'])
    expect(pillar('credentials')).toEqual(['5.1-1', '5.1-2', '5.4-3', '5.4-4'])
    expect(pillar('updates')).toEqual(['5.3-1', '5.3-2', '5.3-4A', '5.3-5', '5.3-7', '5.3-9', '5.3-10'])
  })

  it('lets an image support only what an image can show', () => {
    const supportable = provisions.filter(({ imageCanSupport }) => imageCanSupport).map(({ id }) => id)
    expect(supportable).toEqual(['5.3-2', '5.3-4A', '5.3-7', '5.3-9', '5.3-10', '5.6-6', '5.6-7'])
  })

  it('asks for something on every row, in the names of its own tables', () => {
    const asked = provisions.flatMap(({ missing }) => missing.flatMap(({ what }) => [what.en, what.de]))
    for (const { id, missing } of provisions) expect(missing.length, id).toBeGreaterThan(0)
    expect(new Set(asked).size).toBe(asked.length)
    for (const sentence of asked) expect(sentence).not.toMatch(/11-ComMech|15-Intf|28-ExtAPI/)
  })

  it('names a source for every row', () => {
    const known = sources.map(({ id }) => id)
    expect(new Set(known).size).toBe(known.length)
    for (const { id, source } of provisions) expect(known, id).toContain(source)
    for (const { id, checked } of sources) expect(checked, id).toBe('2026-11-22')
  })
})

describe('what became of the edition of 2020', () => {
  it('has one line for each provision, with a source and a note', () => {
    expect(origins.map(({ id }) => id)).toEqual(provisions.map(({ id }) => id))
    const known = sources.map(({ id }) => id)
    for (const { id, source } of origins) expect(known, id).toContain(source)
  })

  it('leaves no provision of 2020 without a successor', () => {
    const reached = new Set(origins.flatMap(({ from }) => from ?? []))
    expect([...reached].sort(compareProvisionIds)).toEqual([...statusOf2020.keys()].sort(compareProvisionIds))
  })

  it('says what is new, moved and split', () => {
    expect(originsBy('new')).toEqual(['5.1-2A', '5.6-4B', '6-3B', '6-6', '6-7', '6-8'])
    expect(originsBy('moved')).toEqual(['5.0-1'])
    expect(['unchanged', 'reworded', 'regated'].map((it) => originsBy(it).length)).toEqual([27, 13, 21])
    expect(originsBy('split').join(' ')).toBe(
      '5.3-4A 5.3-4B 5.3-6A 5.3-6B 5.3-15A 5.3-15B 5.6-4A 5.13-1A 5.13-1B 6-3A',
    )
    for (const { id, from, change } of origins) expect(from === null, id).toBe(change === 'new')
  })

  it('raises and lowers no status: what differs in number are parts and new provisions', () => {
    for (const { id, from } of origins) {
      if (from === null) continue
      expect(provisions.find((one) => one.id === id)?.status, id).toBe(statusOf2020.get(from))
    }
  })

  it('calls unchanged only what applies to the same products', () => {
    for (const { id, from, change } of origins.filter((line) => line.change === 'unchanged')) {
      const here = provisions.find((one) => one.id === id)
      const before = EN303645_2020.provisions.find((one) => one.id === from)
      expect(here?.condition, `${id} ${change}`).toEqual(before?.condition)
      expect(here?.title, id).toEqual(before?.title)
    }
  })

  it('lets evidence do all only where nothing about the demand is in doubt', () => {
    for (const { id, change, carries, confidence } of origins) {
      if (carries === 'whole')
        expect(change === 'split' || change === 'new' || confidence === 'low', id).toBe(false)
      if (change === 'new') expect(carries, id).toBe('nothing')
    }
  })
})
