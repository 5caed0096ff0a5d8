import { inflateRawSync } from 'node:zlib'
import { assess, CATALOGUES, PROFILES, planTests } from '@messlatte/conformity'
import { describe, expect, it } from 'vitest'
import { assessmentSheets } from './assessment.ts'
import { writeTestPlanXlsx } from './test-plan.ts'
import { writeWorkbook } from './workbook.ts'

/** Members of an archive by its central directory (APPNOTE 4.3.12), inflated. */
function members(archive: Uint8Array): ReadonlyMap<string, string> {
  const bytes = Buffer.from(archive)
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const found = new Map<string, string>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, named, local] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ]
    const name = bytes.toString('latin1', at + 46, at + 46 + named)
    const data = local + 30 + bytes.readUInt16LE(local + 26)
    found.set(name, inflateRawSync(bytes.subarray(data, data + packed)).toString('utf8'))
    at += 46 + named
  }
  return found
}

const assessment = assess({
  catalogue: CATALOGUES['en303645-2020'],
  profiles: PROFILES.filter(
    ({ id, edition }) => edition === 'en303645-2020' && ['de-2027', 'uk-psti'].includes(id),
  ),
  evidence: [],
  statedTraits: { 'personal-data-by-consent': false },
  asOf: '2026-11-28',
  partial: false,
})

describe('writeWorkbook', () => {
  const sheet = members(
    writeWorkbook([
      { name: 'A & B', widths: [5], rows: [['h'], ['=1+1'], ['<b>\u0000'], ['x'.repeat(40_000)]] },
    ]),
  )

  it('has the parts that a workbook needs', () => {
    expect([...sheet.keys()]).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/workbook.xml',
      'xl/_rels/workbook.xml.rels',
      'xl/worksheets/sheet1.xml',
    ])
    expect(sheet.get('xl/workbook.xml')).toContain('name="A &amp; B"')
  })

  it('holds texts and no formula, nothing that XML cannot carry, and no more than a cell may', () => {
    const xml = sheet.get('xl/worksheets/sheet1.xml') ?? ''
    expect(xml).toContain('t="inlineStr"><is><t xml:space="preserve">=1+1</t>')
    expect(xml).not.toContain('<f>')
    expect(xml).toContain('&lt;b&gt;_x0000_')
    expect(xml.match(/x{30000,}/)?.[0]).toHaveLength(32_767)
  })
})

describe('assessmentSheets', () => {
  it('has verdicts, the plan of what applies, and what rules ask', () => {
    const found = members(
      writeWorkbook(assessmentSheets(assessment, [{ provision: '5.4-3', support: 'Y', detail: '' }], 'en')),
    )
    const rows = (sheet: number) => found.get(`xl/worksheets/sheet${sheet}.xml`)?.match(/<row /g)?.length
    expect([rows(1), rows(3)]).toEqual([69, 5])
    expect(rows(2)).toBe(1 + 109 - 2)
    expect(found.get('xl/worksheets/sheet2.xml')).not.toContain('>6-2-1<')
  })

  it('says how makers usually mend what is disproved, in its last column', () => {
    const declared = assess({
      catalogue: CATALOGUES['en303645-2020'],
      profiles: [],
      evidence: [],
      claims: [{ provision: '5.4-3', support: 'N', detail: '' }],
      statedTraits: {},
      asOf: '2026-11-28',
      partial: false,
    })
    const [verdicts] = assessmentSheets(declared, [], 'en')
    const told = [...verdicts!.rows].slice(1).filter((row) => row.at(-1) !== '')
    expect(told.map(([id]) => id)).toEqual(['5.4-3'])
    expect(told[0]!.at(-1)).toMatch(/^Move secrets out of the image/)
  })

  it('is the same for the same assessment, and German in German', () => {
    const one = writeWorkbook(assessmentSheets(assessment, [], 'de'))
    expect(Buffer.compare(one, writeWorkbook(assessmentSheets(assessment, [], 'de')))).toBe(0)
    expect(members(one).get('xl/workbook.xml')).toContain('Prüfplan')
  })
})

describe('writeTestPlanXlsx', () => {
  const plan = planTests(assessment, { '1-AuthMech': [{ ID: 'AuthMech-1' }] }, [], [], [])

  it('has a row for each test unit, with the entries of IXIT tables and places for verdicts', () => {
    const found = members(writeTestPlanXlsx(plan, 'en'))
    const units = plan.reduce((sum, one) => sum + one.units.length, 0)
    expect(found.get('xl/worksheets/sheet1.xml')?.match(/<row /g)).toHaveLength(1 + units)
    expect(found.get('xl/worksheets/sheet1.xml')).toContain('1-AuthMech: AuthMech-1')
    expect(found.get('xl/worksheets/sheet1.xml')).toContain('Verdict of the laboratory')
    expect(found.get('xl/worksheets/sheet2.xml')).toContain('Gap: the table is empty')
  })
})
