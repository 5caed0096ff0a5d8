import { writeZip } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeCell, unescapeCell } from './cell-text.ts'
import { readWorkbook, WorkbookError } from './read-workbook.ts'
import { writeWorkbook } from './workbook.ts'
import { readWorkbookJson, writeWorkbookJson } from './workbook-json.ts'

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook of one sheet. */
function book(sheet: string, more: readonly (readonly [string, string])[] = [], state = ''): Uint8Array {
  return writeZip([
    [
      '_rels/.rels',
      `<Relationships><Relationship Id="r" Type="${RELATIONS}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<x:workbook><x:sheets><x:sheet name="S" sheetId="1" ${state} q:id="a"/></x:sheets></x:workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships><Relationship Id="a" Type="${RELATIONS}/worksheet" Target="worksheets/s.xml"/><Relationship Id="b" Type="${RELATIONS}/sharedStrings" Target="strings.xml"/><Relationship Id="c" Type="${RELATIONS}/externalLink" TargetMode="External" Target="http://example.org/"/></Relationships>`,
    ],
    [
      'xl/strings.xml',
      '<sst><si><t>shared</t></si><si><r><t>ru</t></r><r><t>n</t></r><rPh><t>aloud</t></rPh></si></sst>',
    ],
    ['xl/worksheets/s.xml', sheet],
    ...more,
  ])
}

const read = (sheet: string) => readWorkbook(book(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`))

describe('readWorkbook', () => {
  it('gives back what was written', () => {
    const text = fc.string({ minLength: 1, unit: 'binary' })
    fc.assert(
      fc.property(fc.array(fc.array(text, { maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const [sheet] = readWorkbook(writeWorkbook([{ name: 'A & B', rows, widths: [5] }]))
        expect(sheet?.name).toBe('A & B')
        const found = rows.map(
          (_, at) => sheet?.rows.find(({ number }) => number === at + 1)?.cells.map(({ text: t }) => t) ?? [],
        )
        expect(found).toEqual(rows)
      }),
    )
  })

  it('reads texts in all the ways in which cells hold them', () => {
    expect(
      read(
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2"><f>1+1</f><v>2</v></c><c r="E2" t="b"><v>1</v></c><c r="F2" t="str"><v>a&amp;b</v></c><c r="G2" t="inlineStr"><is><t>in_x000D_line</t></is></c><c r="AB2" t="e"><v>#REF!</v></c></row>',
      )[0]?.rows,
    ).toEqual([
      {
        number: 2,
        cells: [
          { column: 0, text: 'shared' },
          { column: 2, text: 'run' },
          { column: 3, text: '2' },
          { column: 4, text: 'TRUE' },
          { column: 5, text: 'a&b' },
          { column: 6, text: 'in\rline' },
          { column: 27, text: '#REF!' },
        ],
      },
    ])
  })

  it.each([
    ['rows out of order', '<row r="2"/><row r="1"><c r="A1"><v>1</v></c></row><row r="1"/>', /not in order/],
    ['columns out of order', '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>', /not in order/],
    ['a text that is not there', '<row r="1"><c t="s"><v>9</v></c></row>', /not in the table of texts/],
    ['columns beyond all bounds', '<row r="1"><c r="ZZZ1"><v>1</v></c></row>', /too many/],
    ['what is cut off', '<row r="1">', /closes nothing/],
  ])('refuses %s', (_, sheet, words) => {
    expect(() => read(sheet)).toThrow(words)
  })

  it('tells which sheets are hidden, also across a pipe', () => {
    const shown = book('<worksheet/>')
    const hidden = book('<worksheet/>', [], 'state="veryHidden"')
    const told = (bytes: Uint8Array) => {
      const sheets = readWorkbook(bytes)
      expect(readWorkbookJson(writeWorkbookJson({ sheets }))).toEqual(sheets)
      return sheets.map(({ hidden: is }) => is)
    }
    expect([told(shown), told(hidden)]).toEqual([[undefined], [true]])
  })

  it('refuses document types, so that nothing grows and nothing is fetched', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    expect(() => readWorkbook(book(bomb))).toThrow(/document type/)
    expect(() => read('<row r="1"><c><v>&b;</v></c></row>')).toThrow(/&b; is not known/)
  })

  it('refuses what is no workbook', () => {
    expect(() => readWorkbook(Buffer.from('PK'))).toThrow(WorkbookError)
    expect(() => readWorkbook(writeZip([['a.txt', 'x']]))).toThrow(/no part xl\/workbook.xml/)
  })

  it('ends on whatever is handed in', () => {
    const good = Buffer.from(
      book('<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'),
    )
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, byte, end) => {
        const bad = Buffer.from(good)
        bad[at] = byte
        for (const bytes of [bad, bad.subarray(0, end)]) {
          try {
            readWorkbook(bytes)
          } catch (error) {
            expect(error).toBeInstanceOf(WorkbookError)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('is told across a pipe, with its refusals', () => {
    const sheets = [{ name: 'S', rows: [{ number: 1, cells: [{ column: 0, text: 'x' }] }] }]
    expect(readWorkbookJson(writeWorkbookJson({ sheets }))).toEqual(sheets)
    expect(() => readWorkbookJson(writeWorkbookJson({ error: 'no' }))).toThrow('no')
    expect(() => readWorkbookJson('{"sheets":[{"name":1}]}')).toThrow(/ended early/)
    expect(() => readWorkbookJson('')).toThrow(/ended early/)
  })
})

describe('escapeCell', () => {
  it('makes a text that XML can carry, which comes back', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('_x0041_', '__x0041_', '_x005F_x0041_')),
        (text) => {
          expect(unescapeCell(escapeCell(text))).toBe(text)
          expect(escapeCell(text).isWellFormed()).toBe(true)
        },
      ),
    )
    expect(escapeCell('\r_x0041_\ud800')).toBe('_x000D__x005F_x0041__xD800_')
  })
})
