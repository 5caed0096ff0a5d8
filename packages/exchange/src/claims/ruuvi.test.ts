import { describe, expect, it } from 'vitest'
import { readWorkbook } from '../xlsx/read-workbook.ts'
import { readClaimsJson, writeClaimsJson } from './json.ts'
import { readClaimsMarkdown } from './markdown/read.ts'
import { writeClaimsMarkdown } from './markdown/write.ts'
import { merged, ruuviClaims, ruuviFiles } from './testing.ts'
import { readClaimsWorkbook } from './xlsx/read.ts'
import { writeClaimsWorkbook } from './xlsx/write.ts'

const claims = ruuviClaims()

describe('the tables and self-assessment that a maker publishes', () => {
  it('are read whole: 29 tables, 52 groups, and no file is left over', () => {
    expect(ruuviFiles().size).toBe(81)
    expect([...ruuviFiles()].filter(([name, text]) => !readClaimsMarkdown(name, text))).toEqual([])
    expect(claims.edition).toBe('en303645-v3.1.3')
    expect(Object.keys(claims.tables)).toHaveLength(29)
    expect(Object.values(claims.tables).flat()).toHaveLength(148)
    expect(claims.groups).toHaveLength(52)
  })

  it('keep their fields, also those that the maker added', () => {
    const [boot] = claims.tables['20-SecBoot'] ?? []
    expect(Object.keys(boot ?? {})).toEqual([
      'ID',
      'Description',
      'Security Guarantees',
      'Detection Mechanisms',
      'User Notification',
      'Notification Functionality',
    ])
    expect(boot?.Description).toContain('without burning the hardware eFuses')
    expect(claims.tables['2-UserInfo']?.[0]?.['Support Period']).toContain('**? years after')
    expect(claims.tables['4-Conf']?.[0]?.['Confirmation of Secure Management']).toMatch(/^Yes\n\nThe secure/)
    expect(claims.tables['7-UpdMech']?.[0]?.Title).toBe('User-Initiated Network Update (Web-UI)')
    expect(Object.keys(claims.tables['14-SecMgmt']?.[0] ?? {})).toContain('Cross-Reference')
    expect(claims.tables['13-SoftServ']?.[0]?.['Allows Configuration']).toMatch(/Yes|No/)
  })

  it('tell verdicts of groups, cases and units wherever they stand', () => {
    const group = (id: string) => claims.groups.find(({ provision }) => provision === id)
    const count = (verdict: unknown) => claims.groups.filter((one) => one.verdict === verdict).length
    expect([count('pass'), count('fail'), count('n/a'), count(null)]).toEqual([49, 1, 1, 1])
    expect(group('5.3-2')?.verdict).toBeNull()
    expect(group('5.3-13')).toMatchObject({
      status: 'M',
      tables: ['2-UserInfo', '6-SoftComp'],
      verdict: 'fail',
      note: 'Mandatory Documentation Gap — Must Resolve Before Submission',
      cases: [
        { id: '5.3-13-1', verdict: null, units: [{ unit: 'a', verdict: 'fail' }] },
        {
          id: '5.3-13-2',
          verdict: 'fail',
          units: [
            { unit: 'a', verdict: 'fail' },
            { unit: 'b', verdict: 'pass' },
            { unit: 'c', verdict: 'fail' },
          ],
        },
      ],
    })
    expect(
      group('5.7-1')?.cases.map(({ id, units }) => `${id} ${units.map(({ unit }) => unit).join('')}`),
    ).toEqual(['5.7-1-1 ab', '5.7-1-2 a'])
    expect(group('5.3-4B')?.status).toBe('R C (16) (h)')
  })

  it('come back unchanged from a workbook, from JSON and from Markdown', () => {
    const workbook = readClaimsWorkbook('x.xlsx', readWorkbook(writeClaimsWorkbook(claims)))
    expect(merged([workbook], null)).toEqual({ claims, problems: [] })
    expect(merged([readClaimsJson('x.json', writeClaimsJson(claims))!], null)).toEqual({
      claims,
      problems: [],
    })
    const parts = Object.entries(writeClaimsMarkdown(claims)).flatMap(
      ([name, text]) => readClaimsMarkdown(name, text) ?? [],
    )
    expect(merged(parts, null)).toEqual({ claims, problems: [] })
  })
})
