import type { Condition, TraitId } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { compareProvisionIds } from '../../order.ts'
import { traitsOf } from '../../traits/condition.ts'
import { TRAITS } from '../../traits/questions.ts'
import { EN303645_2020 } from './index.ts'

const { provisions, sources } = EN303645_2020

/** Clause: provisions, mandatory, recommendations; from the statement of counts of the 2020 edition. */
const COUNTS: Readonly<Record<string, readonly [number, number, number]>> = {
  '4': [1, 1, 0],
  '5.1': [5, 5, 0],
  '5.2': [3, 1, 2],
  '5.3': [16, 7, 9],
  '5.4': [4, 4, 0],
  '5.5': [8, 4, 4],
  '5.6': [9, 3, 6],
  '5.7': [2, 0, 2],
  '5.8': [3, 2, 1],
  '5.9': [3, 0, 3],
  '5.10': [1, 0, 1],
  '5.11': [4, 1, 3],
  '5.12': [3, 0, 3],
  '5.13': [1, 1, 0],
  '6': [5, 4, 1],
}

const MANDATORY =
  '4-1 5.1-1 5.1-2 5.1-3 5.1-4 5.1-5 5.2-1 5.3-2 5.3-3 5.3-7 5.3-8 5.3-10 5.3-13 5.3-16 5.4-1 5.4-2 5.4-3 5.4-4 5.5-1 5.5-5 5.5-7 5.5-8 5.6-1 5.6-2 5.6-4 5.8-2 5.8-3 5.11-1 5.13-1 6-1 6-2 6-3 6-5'

/** Annex B, row by row, written down a second time. */
const CONDITIONAL: Readonly<Record<string, readonly number[]>> = {
  '5.1-1': [1],
  '5.1-2': [2],
  '5.1-4': [8],
  '5.1-5': [5],
  '5.3-2': [5],
  '5.3-3': [12],
  '5.3-4': [12],
  '5.3-5': [12],
  '5.3-6': [9, 12],
  '5.3-7': [12],
  '5.3-8': [12],
  '5.3-9': [12],
  '5.3-10': [11, 12],
  '5.3-11': [12],
  '5.3-12': [12],
  '5.3-14': [3, 4],
  '5.3-15': [3, 4],
  '5.4-2': [10],
  '5.6-4': [13],
  '5.10-1': [6],
  '6-2': [7],
  '6-4': [6],
  '6-5': [6],
}

const TRAITS_OF: Readonly<Record<number, readonly TraitId[]>> = {
  1: ['passwords-used'],
  2: ['preinstalled-passwords'],
  3: ['components-not-updateable'],
  4: ['constrained'],
  5: ['constrained'],
  6: ['telemetry-collected'],
  7: ['personal-data-by-consent'],
  8: ['user-authentication'],
  9: ['automatic-updates', 'update-notifications'],
  10: ['hard-coded-identity'],
  11: ['network-updates'],
  12: ['update-mechanism'],
  13: ['debug-interface-accessible'],
}

function isNegated(condition: Condition | undefined): boolean {
  return condition !== undefined && 'not' in condition
}

describe('the 2020 edition as data', () => {
  it('has 68 provisions, 33 mandatory and 35 recommendations', () => {
    expect(provisions).toHaveLength(68)
    expect(provisions.filter(({ status }) => status === 'M')).toHaveLength(33)
    expect(provisions.filter(({ status }) => status === 'R')).toHaveLength(35)
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

  it('has every id once, numbered without a gap in its clause', () => {
    const expected = Object.entries(COUNTS).flatMap(([clause, [total]]) =>
      Array.from({ length: total }, (_, at) => `${clause}-${at + 1}`),
    )
    expect(provisions.map(({ id }) => id).sort(compareProvisionIds)).toEqual(
      expected.sort(compareProvisionIds),
    )
  })

  it('makes exactly the right ones mandatory', () => {
    const mandatory = provisions.filter(({ status }) => status === 'M').map(({ id }) => id)
    expect(mandatory.sort(compareProvisionIds).join(' ')).toBe(MANDATORY)
  })

  it('carries the condition numbers of Annex B, and their traits', () => {
    for (const { id, conditionNumbers, condition } of provisions) {
      const numbers = CONDITIONAL[id] ?? []
      expect(conditionNumbers, id).toEqual(numbers)
      expect(condition ? traitsOf(condition) : [], id).toEqual(
        numbers.flatMap((number) => TRAITS_OF[number]!),
      )
      expect(isNegated(condition), id).toBe(numbers.includes(5))
    }
  })

  it('asks a question for every trait that a condition names', () => {
    const named = new Set(Object.values(TRAITS_OF).flat())
    expect(named.size).toBe(13)
    for (const id of named)
      expect(
        TRAITS.some((trait) => trait.id === id),
        id,
      ).toBe(true)
  })

  it('puts into the pillars what the comment says', () => {
    const pillar = (name: string) => provisions.filter((one) => one.pillar === name).map(({ id }) => id)
    expect(pillar('secureBoot')).toEqual(['5.7-1', '5.7-2'])
    expect(pillar('credentials')).toEqual(['5.1-1', '5.1-2', '5.4-3', '5.4-4'])
    expect(pillar('updates')).toEqual(['5.3-1', '5.3-2', '5.3-4', '5.3-5', '5.3-7', '5.3-9', '5.3-10'])
  })

  it('lets an image support only what an image can show', () => {
    const supportable = provisions.filter(({ imageCanSupport }) => imageCanSupport).map(({ id }) => id)
    expect(supportable).toEqual(['5.3-2', '5.3-4', '5.3-7', '5.3-9', '5.3-10', '5.6-6', '5.6-7'])
  })

  it('says for every provision what would settle it, once', () => {
    for (const { id, missing } of provisions) {
      expect(missing.length, id).toBeGreaterThan(0)
      expect(new Set(missing.map(({ what }) => what.en)).size, id).toBe(missing.length)
    }
  })

  it('never asks two provisions for word for word the same', () => {
    const asks = provisions.flatMap(({ missing }) => missing.map(({ what }) => what.en))
    expect(new Set(asks).size).toBe(asks.length)
  })

  it('asks for more than an image where an image cannot support', () => {
    for (const { id, missing, imageCanSupport } of provisions) {
      if (!imageCanSupport)
        expect(
          missing.some(({ input }) => input !== 'image'),
          id,
        ).toBe(true)
    }
  })

  it('names a source for every line, each with the day on which somebody looked', () => {
    const known = sources.map(({ id }) => id)
    expect(new Set(known).size).toBe(known.length)
    for (const { id, source } of provisions) expect(known, id).toContain(source)
    for (const { id, checked } of sources) expect(checked, id).toBe('2026-11-22')
  })
})
