import { checkClaims } from '@messlatte/conformity'
import type { ClaimSet } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { FileProblems } from '../json/fields.ts'
import { readClaimsMarkdown } from './markdown/read.ts'
import { NO_ORIGINS, readOriginsFile, withOrigins, writeOriginsFile } from './origins.ts'
import { mergeParts } from './part.ts'
import { readClaimsWorkbook } from './xlsx/read.ts'

const SHEETS = [
  {
    name: 'ICS',
    rows: [
      ['Reference', 'Status', 'Support', 'Detail'],
      ['Provision 4-1', 'M', 'Y', 'TBD'],
      ['Provision 5.1-1', 'M', 'Y', 'TBD'],
    ],
  },
  {
    name: '20-SecBoot',
    rows: [
      ['ID', 'Description', 'Security Guarantees'],
      ['SecBoot-1', 'TBD'],
    ],
  },
].map(({ name, rows }) => ({
  name,
  rows: rows.map((cells, at) => ({
    number: at + 1,
    cells: cells.map((text, column) => ({ column, text })),
  })),
}))
const MARKDOWN = '# IXIT 20-SecBoot\n\n## ID: SecBoot-1\n\n### Description\n\nTBD\n'

function found(parts: Parameters<typeof mergeParts>[0]) {
  const { claims, origins } = mergeParts(parts, 'en303645-2020')
  return { claims: claims as ClaimSet, origins, findings: checkClaims(claims as ClaimSet, { traits: {} }) }
}

describe('origins of claims', () => {
  const book = found([readClaimsWorkbook('a.xlsx', SHEETS as never)])
  const text = found([readClaimsMarkdown('20.md', MARKDOWN)!])

  it('are the cell of a workbook: of a row, a field, an empty field', () => {
    const placed = withOrigins(book.findings, book.origins)
    const at = (about: string, code: string) =>
      placed.filter((one) => one.about === about && one.code === code).map(({ origin }) => origin)
    expect(at('5.1-1', 'without-reason')).toEqual([{ file: 'a.xlsx', sheet: 'ICS', cell: 'C3' }])
    expect(at('20-SecBoot', 'placeholder')).toEqual([{ file: 'a.xlsx', sheet: '20-SecBoot', cell: 'B2' }])
    expect(at('20-SecBoot', 'missing')).toContainEqual({ file: 'a.xlsx', sheet: '20-SecBoot', cell: 'C2' })
    expect(at('5.1-2', 'missing')).toEqual([undefined])
  })

  it('are the line of a text: of a field, and of its entry where the field is not there', () => {
    const placed = withOrigins(text.findings, text.origins).filter(({ about }) => about === '20-SecBoot')
    const lines = (code: string) =>
      placed.filter((one) => one.code === code).map(({ origin }) => origin?.line)
    expect(lines('placeholder')).toEqual([5])
    expect(new Set(lines('missing'))).toEqual(new Set([3]))
  })

  it('come back from a folder, but of claims that were changed since', () => {
    const { claims, origins } = book
    const file = writeOriginsFile(claims, origins)
    expect(readOriginsFile('origins.json', file, claims)).toEqual(origins)
    const ics = claims.ics.map((row) => (row.provision === '5.1-1' ? { ...row, detail: 'a label' } : row))
    const later = readOriginsFile('origins.json', file, { ...claims, ics, tables: {} })
    expect(Object.keys(later)).toEqual(['ics', 'ics | 4-1'])
  })

  it('leave findings as they are where nothing is known, and a broken file is told', () => {
    expect(withOrigins(book.findings, NO_ORIGINS)).toEqual(book.findings)
    const broken = '{"ics": {"file": "a", "line": -1, "of": "x"}}'
    expect(() => readOriginsFile('origins.json', broken, book.claims)).toThrow(FileProblems)
  })
})
