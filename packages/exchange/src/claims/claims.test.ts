import { readFileSync } from 'node:fs'
import { CATALOGUES, EMPTY_CLAIMS, IXIT_TABLES } from '@messlatte/conformity'
import type { ClaimSet, Edition, TestVerdict } from '@messlatte/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWorkbook } from '../xlsx/read-workbook.ts'
import { readClaimsJson, writeClaimsJson } from './json.ts'
import { readClaimsMarkdown } from './markdown/read.ts'
import { mergeParts, ordered } from './part.ts'
import { problemText } from './problems.ts'
import { claimFixture, merged } from './testing.ts'
import { updateClaims } from './update.ts'
import { IDENTIFICATION } from './xlsx/layout.ts'
import { readClaimsWorkbook } from './xlsx/read.ts'
import { CellTooLong, writeClaimsWorkbook } from './xlsx/write.ts'

const VERDICTS: readonly TestVerdict[] = ['pass', 'fail', 'inconclusive', 'n/a']
const NEW: ClaimSet = { edition: 'en303645-v3.1.3', ...EMPTY_CLAIMS }

/** Any text that is more than white space: control characters, halves of pairs and what looks like markup with it. */
const TEXT = fc
  .oneof(
    fc.string({ minLength: 1, unit: 'grapheme' }),
    fc.string({ minLength: 1, unit: 'binary' }),
    fc.string({ minLength: 1 }).map((text) => `_x0041_${text}\r\n<&">]]>\ud800`),
  )
  .filter((text) => text.trim() !== '')
const NAME = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/)

function anyClaims(edition: Edition): fc.Arbitrary<ClaimSet> {
  const provisions = CATALOGUES[edition].provisions.map(({ id }) => id)
  const tables = IXIT_TABLES[edition].map(({ name, form, fields }) =>
    fc
      .uniqueArray(
        fc.record({
          ID: NAME,
          fields: fc.dictionary(fc.constantFrom(...fields, 'Cross-Reference'), TEXT, {
            maxKeys: 4,
            noNullPrototype: true,
          }),
        }),
        { maxLength: form ? 1 : 3, selector: ({ ID }) => ID },
      )
      .map((entries) => [
        name,
        entries.flatMap(({ ID, fields: given }) =>
          form ? (Object.keys(given).length > 0 ? [given] : []) : [{ ID, ...given }],
        ),
      ]),
  )
  const unit = fc.record({ unit: fc.constantFrom('a', 'b'), verdict: fc.constantFrom(...VERDICTS) })
  return fc
    .record({
      edition: fc.constant(edition),
      identification: fc.uniqueArray(
        fc
          .constantFrom(
            ...IDENTIFICATION.flatMap(([section, names]) => names.map((name) => [section, name] as const)),
          )
          .chain(([section, name]) => TEXT.map((value) => ({ section, name, value }))),
        { selector: ({ section, name }) => `${section} ${name}`, maxLength: 4 },
      ),
      securityContext: fc.oneof(fc.constant(''), TEXT),
      conditions: fc.uniqueArray(
        fc.record({
          condition: fc.constantFrom('3', '12', 'k'),
          holds: fc.constantFrom(true, false),
          detail: fc.oneof(fc.constant(''), TEXT),
        }),
        { selector: ({ condition }) => condition },
      ),
      ics: fc.uniqueArray(
        fc.record({
          provision: fc.constantFrom(...provisions),
          support: fc.constantFrom('Y' as const, 'N' as const, 'N/A' as const),
          detail: fc.oneof(fc.constant(''), TEXT),
        }),
        { selector: ({ provision }) => provision, maxLength: 8 },
      ),
      tables: fc.tuple(...tables).map((all) => Object.fromEntries(all)),
      groups: fc.uniqueArray(
        fc.record({
          provision: fc.constantFrom(...provisions),
          title: TEXT,
          status: fc.constantFrom('', 'M', 'R C (16)'),
          tables: fc.uniqueArray(fc.constantFrom('20-SecBoot', '7-UpdMech')),
          cases: fc.uniqueArray(
            fc.record({
              id: fc.constantFrom('c-1', 'c-2'),
              verdict: fc.option(fc.constantFrom(...VERDICTS)),
              units: fc.uniqueArray(unit, { selector: (one) => one.unit }),
            }),
            { selector: ({ id }) => id },
          ),
          verdict: fc.option(fc.constantFrom(...VERDICTS)),
          note: fc.oneof(fc.constant(''), TEXT),
          names: fc.uniqueArray(NAME, { maxLength: 3 }),
        }),
        { selector: ({ provision }) => provision, maxLength: 3 },
      ),
      summaries: fc.uniqueArray(fc.record({ table: fc.constant('20-SecBoot'), id: TEXT, text: TEXT }), {
        selector: ({ id }) => id,
        maxLength: 3,
      }),
    })
    .map(byForm)
}

/** Identification in the order of the form, as a workbook gives it back. */
function byForm(claims: ClaimSet): ClaimSet {
  const order = IDENTIFICATION.flatMap(([section, names]) => names.map((name) => `${section} ${name}`))
  const at = ({ section, name }: ClaimSet['identification'][number]) => order.indexOf(`${section} ${name}`)
  const conditions = claims.conditions.toSorted(
    (a, b) => ['3', '12', 'k'].indexOf(a.condition) - ['3', '12', 'k'].indexOf(b.condition),
  )
  return ordered({
    ...claims,
    conditions,
    identification: claims.identification.toSorted((a, b) => at(a) - at(b)),
  })
}

describe('claims', () => {
  it.each(['en303645-2020', 'en303645-v3.1.3'] as const)(
    'of %s come back from a workbook as they were',
    (edition) => {
      fc.assert(
        fc.property(anyClaims(edition), (claims) => {
          const part = readClaimsWorkbook('x.xlsx', readWorkbook(writeClaimsWorkbook(claims)), edition)
          expect(merged([part], edition)).toEqual({ claims, problems: [] })
        }),
        { numRuns: 40 },
      )
    },
  )

  it('of an entry with the name of its own heading come back from a workbook', () => {
    const claims = { ...NEW, tables: { '18-AccCtrl': [{ ID: 'ID' }] } }
    const part = readClaimsWorkbook('x.xlsx', readWorkbook(writeClaimsWorkbook(claims)), NEW.edition)
    expect(mergeParts([part], NEW.edition).claims?.tables).toEqual(claims.tables)
  })

  it('come back from JSON as they were', () => {
    fc.assert(
      fc.property(anyClaims('en303645-2020'), (claims) => {
        expect(mergeParts([readClaimsJson('x.json', writeClaimsJson(claims))!], null).claims).toEqual(claims)
      }),
      { numRuns: 20 },
    )
  })

  it('that do not fit into a cell are refused, not cut', () => {
    const long = { ...NEW, securityContext: 'x'.repeat(32_768) }
    expect(() => writeClaimsWorkbook(long)).toThrow(CellTooLong)
  })

  it('take the place of what was said before, and leave the rest', () => {
    const before: ClaimSet = {
      ...NEW,
      ics: [
        { provision: '5.1-1', support: 'N', detail: 'not yet' },
        { provision: '5.2-1', support: 'Y', detail: 'policy' },
      ],
      tables: { '20-SecBoot': [{ ID: 'a' }], '7-UpdMech': [{ ID: 'b' }] },
      summaries: [{ table: '20-SecBoot', id: 'a', text: 'old' }],
    }
    const { claims, changes } = updateClaims(before, {
      ...NEW,
      ics: [{ provision: '5.1-1', support: 'Y', detail: 'now' }],
      tables: { '20-SecBoot': [{ ID: 'c' }] },
    })
    expect(claims.ics.map(({ support }) => support)).toEqual(['Y', 'Y'])
    expect(claims.tables).toEqual({ '7-UpdMech': [{ ID: 'b' }], '20-SecBoot': [{ ID: 'c' }] })
    expect(claims.summaries).toEqual([])
    expect(
      changes.filter(({ changed }) => changed.length > 0).map(({ part, changed }) => [part, changed]),
    ).toEqual([
      ['ics', ['5.1-1']],
      ['tables', ['20-SecBoot']],
    ])
  })

  it('of which two files say different things are refused', () => {
    const part = (file: string, support: 'Y' | 'N') => ({
      file,
      edition: 'en303645-2020' as const,
      claims: { ics: [{ provision: '5.1-1', support, detail: '' }] },
      problems: [],
    })
    expect(mergeParts([part('a', 'Y'), part('b', 'Y')], null).problems).toEqual([])
    expect(
      mergeParts([part('a', 'Y'), part('b', 'N')], null).problems.map((one) => problemText(one, 'en')),
    ).toEqual(['b: the row of 5.1-1 stands in a already, and differs'])
    expect(mergeParts([{ ...part('a', 'Y'), edition: null }], null).problems[0]?.message.en).toMatch(
      /--edition/,
    )
    expect(mergeParts([part('a', 'Y')], 'en303645-v3.1.3').problems[0]?.message.en).toMatch(
      /is about en303645-2020/,
    )
  })
})

function form(name: string) {
  return readClaimsWorkbook(name, readWorkbook(readFileSync(claimFixture(name))))
}

describe('forms of laboratories', () => {
  it('are read in both layouts of their sheets', () => {
    const { claims, edition, problems } = form('form-v2.xlsx')
    expect([edition, problems]).toEqual(['en303645-v3.1.3', []])
    expect(claims.identification).toEqual([
      { section: 'Date of the statement', name: 'Date', value: '2026-11-02' },
      { section: 'DUT Identification', name: 'DUT name', value: 'Sensor One' },
      { section: 'DUT Identification', name: 'DUT software/firmware version', value: '1.4.2' },
      { section: 'DUT Identification', name: 'DUT brand', value: 'Example' },
    ])
    expect(claims.securityContext).toBe('At home, behind a router')
    expect(claims.conditions?.map(({ condition, holds }) => [condition, holds])).toEqual([
      ['3', false],
      ['k', true],
    ])
    expect(claims.ics?.map(({ provision, support }) => `${provision} ${support}`)).toEqual([
      '5.1-1 Y',
      '5.3-14 N/A',
      '5.7-1 Y',
      '5.7-2 N',
    ])
    expect(claims.tables).toEqual({
      '20-SecBoot': [
        {
          ID: 'SecBoot-1',
          Description: 'first line\nsecond line',
          'Security Guarantees': 'Integrity, Authenticity',
          'Detection Mechanisms': 'signature',
          'User Notification': 'none',
          'Notification Functionality': 'none',
        },
      ],
      '2-UserInfo': [{ 'Documentation of Change Mechanisms': 'manual, page 4', 'Support Period': '? years' }],
      '3-VulnTypes': [
        { ID: 'VulnTypes-1', Action: 'mended', 'Time Frame': '90' },
        { ID: 'VulnTypes-2', Action: 'told' },
      ],
      '15-PhyIntf': [{ ID: 'PhyIntf-1', 'Debug Interface': 'TRUE' }],
    })
  })

  it('of V1.1.1 are known by their tables', () => {
    const { claims, edition, problems } = form('form-v1.xlsx')
    expect([edition, problems]).toEqual(['en303645-2020', []])
    expect(Object.keys(claims.tables ?? {})).toEqual(['11-ComMech', '15-Intf'])
    expect(claims.ics?.[0]?.provision).toBe('4-1')
  })

  it('tell each mistake with its sheet, row and cell', () => {
    expect(form('form-with-mistakes.xlsx').problems.map((one) => problemText(one, 'en'))).toEqual([
      'form-with-mistakes.xlsx: sheet Conditions, row 1, cell B1: must be Yes or No',
      'form-with-mistakes.xlsx: sheet ICS, row 12, cell G12: support must be Y, N or N/A, not maybe',
      'form-with-mistakes.xlsx: sheet ICS, row 13, cell B13: Provision 5.1-99 is no provision of en303645-v3.1.3',
      'form-with-mistakes.xlsx: sheet ICS, row 14, cell G14: support of 5.2-1 is missing, and there is a detail',
      'form-with-mistakes.xlsx: sheet ICS, row 16, cell B16: a second row of 5.2-2',
      'form-with-mistakes.xlsx: sheet 28-LogIntf, row 2, cell B2: an entry without an ID',
      'form-with-mistakes.xlsx: sheet 28-LogIntf, row 4, cell B4: a second entry LogIntf-1',
      'form-with-mistakes.xlsx: sheet 11-ComMech, row 1, cell A1: is no table of en303645-v3.1.3',
    ])
  })
})

describe('claims in Markdown', () => {
  it('are known by their first heading', () => {
    expect(readClaimsMarkdown('a.md', '# Readme\n\ntext')).toBeUndefined()
    expect(readClaimsMarkdown('a.md', 'no heading')).toBeUndefined()
  })

  it('tell each mistake with its line', () => {
    const problems = (text: string) =>
      readClaimsMarkdown('a.md', text)?.problems.map((one) => problemText(one, 'en'))
    expect(problems('# IXIT 99-Nothing\n')).toEqual([
      'a.md: line 1: 99-Nothing is no IXIT table of TS 103 701',
    ])
    expect(problems('# IXIT 20-SecBoot\n\ntext')).toEqual([
      'a.md: line 1: 20-SecBoot has no entry: each begins with a heading of the word ID and its name, as in "## ID: NAME"',
    ])
    expect(problems('# IXIT 20-SecBoot\n## ID: A\n### Description\nx\n## ID: A\n')).toEqual([
      'a.md: line 5: a second entry A',
    ])
    expect(
      problems(
        '# ICS\n\n| Reference | Support | Detail |\n|---|---|---|\n| 5.1-1 | perhaps | |\n| 9.9-9 | Y | |\n',
      ),
    ).toEqual([
      'a.md: line 5: 5.1-1: support must be Y, N or N/A, not perhaps',
      'a.md: line 6: 9.9-9 is no provision of en303645-v3.1.3',
    ])
    expect(problems('# Test group 5.1-1\n## Test case 5.1-1-1\n**Verdict**: **GOOD**\n')).toEqual([
      'a.md: line 3: is no verdict: **GOOD**',
    ])
    expect(problems('# Test group 9.9-9\n')).toEqual(['a.md: line 1: 9.9-9 is no provision of EN 303 645'])
  })

  it('read an ICS table with what identifies the product', () => {
    const part = readClaimsMarkdown(
      'ICS.md',
      '# ICS of a sensor\n\n### Document Metadata\n\n* **DUT name**: Sensor\n\n### Guide\n\n* **Support**: Y or N\n\n## Conditions\n\n| Condition | Holds | Detail |\n|---|---|---|\n| 3 | No | all |\n\n#### 5.1\n\n| Reference | Status | Support | Detail |\n|---|---|---|---|\n| **Provision 5.1-1** | M | **Y** | a \\| b<br>c |\n',
    )
    expect(part?.claims).toMatchObject({
      identification: [{ section: 'DUT Identification', name: 'DUT name', value: 'Sensor' }],
      conditions: [{ condition: '3', holds: false, detail: 'all' }],
      ics: [{ provision: '5.1-1', support: 'Y', detail: 'a | b\nc' }],
    })
  })
})
