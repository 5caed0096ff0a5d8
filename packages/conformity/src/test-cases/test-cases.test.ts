import { describe, expect, it } from 'vitest'
import { CATALOGUES } from '../catalogues/index.ts'
import { compareProvisionIds } from '../order.ts'
import { casesOf, TEST_CASES } from './index.ts'
import { TS103701_V1 } from './ts103701-v1/index.ts'
import { TS103701_V2 } from './ts103701-v2/index.ts'

const groups = (kind: string) =>
  [...new Set(TS103701_V1.map(({ provision }) => provision))].filter((provision) =>
    casesOf('en303645-2020', provision).every((one) => one.kind === kind),
  )

describe('TS 103 701 V1.1.1 as data', () => {
  it('has 68 groups, 109 cases and 226 units: 62 conceptual, 46 functional, 1 of both', () => {
    const count = (kind: string) => TS103701_V1.filter((one) => one.kind === kind).length
    expect(new Set(TS103701_V1.map(({ provision }) => provision)).size).toBe(68)
    expect([TS103701_V1.length, count('conceptual'), count('functional'), count('mixed')]).toEqual([
      109, 62, 46, 1,
    ])
    expect(TS103701_V1.reduce((sum, { units }) => sum + (units ?? 0), 0)).toBe(226)
  })

  it('has a group for each provision of 2020, in the order of the standard', () => {
    expect([...new Set(TS103701_V1.map(({ provision }) => provision))]).toEqual(
      CATALOGUES['en303645-2020'].provisions.map(({ id }) => id).toSorted(compareProvisionIds),
    )
  })

  it('knows which groups documents decide alone, and which only the device', () => {
    expect(groups('conceptual')).toHaveLength(21)
    expect(groups('functional')).toEqual(['5.8-3', '5.11-3', '5.11-4', '5.12-2', '5.12-3'])
    expect(TS103701_V1.find(({ kind }) => kind === 'mixed')?.id).toBe('5.3-10-1')
  })

  it('names tables that exist', () => {
    const names = new Set(TS103701_V1.flatMap(({ ixit }) => ixit))
    expect(
      [...names].every((name) => Number.parseInt(name, 10) >= 1 && Number.parseInt(name, 10) <= 29),
    ).toBe(true)
    expect(names.size).toBe(29)
  })
})

describe('TS 103 701 V2.1.1, as far as it is known', () => {
  it('has cases for each provision of V3.1.3, and claims no number of units', () => {
    expect([...new Set(TS103701_V2.map(({ provision }) => provision))]).toEqual(
      CATALOGUES['en303645-v3.1.3'].provisions.map(({ id }) => id),
    )
    expect(TS103701_V2.every(({ units }) => units === null)).toBe(true)
  })

  it('uses no name of a table that was renamed or split', () => {
    for (const { id, ixit } of TS103701_V2)
      for (const table of ixit) expect(['11-ComMech', '15-Intf', '28-ExtAPI'], id).not.toContain(table)
  })

  it('has the functional case that 5.3-9 gained', () => {
    expect(casesOf('en303645-v3.1.3', '5.3-9').map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      '5.3-9-1 conceptual',
      '5.3-9-2 functional',
    ])
  })
})

describe('test cases', () => {
  it('have each id once and a source that their catalogue lists', () => {
    for (const [edition, cases] of Object.entries(TEST_CASES)) {
      const { sources } = CATALOGUES[edition as keyof typeof CATALOGUES]
      expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
      for (const { id, source } of cases)
        expect(
          sources.map((one) => one.id),
          id,
        ).toContain(source)
    }
  })
})
