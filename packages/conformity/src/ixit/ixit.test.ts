import { describe, expect, it } from 'vitest'
import { TEST_CASES } from '../test-cases/index.ts'
import { IXIT_TABLES, ixitTable } from './index.ts'

describe.each(['en303645-2020', 'en303645-v3.1.3'] as const)('the IXIT tables of %s', (edition) => {
  const tables = IXIT_TABLES[edition]

  it('are 29, numbered through, of which three are forms', () => {
    expect(tables.map(({ name }) => Number.parseInt(name, 10))).toEqual(
      Array.from({ length: 29 }, (_, at) => at + 1),
    )
    expect(tables.filter(({ form }) => form).map(({ name }) => name)).toEqual([
      '2-UserInfo',
      '4-Conf',
      '9-ReplSup',
    ])
  })

  it('are those that the test cases are done by', () => {
    const named = new Set(TEST_CASES[edition].flatMap(({ ixit }) => ixit))
    expect([...named].filter((name) => !ixitTable(edition, name))).toEqual([])
  })

  it('link fields that they have to tables that are there', () => {
    for (const { name, fields, links } of tables)
      for (const [field, targets] of Object.entries(links)) {
        expect(fields, name).toContain(field)
        expect(targets.filter((target) => !ixitTable(edition, target))).toEqual([])
      }
  })
})

describe('ixitTable', () => {
  it('knows a table however its name is written, and only in its edition', () => {
    expect(ixitTable('en303645-v3.1.3', 'IXIT-2-USERINFO')?.name).toBe('2-UserInfo')
    expect(ixitTable('en303645-v3.1.3', '11-ComMech')).toBeUndefined()
    expect(ixitTable('en303645-2020', '11-commech')?.name).toBe('11-ComMech')
  })
})
