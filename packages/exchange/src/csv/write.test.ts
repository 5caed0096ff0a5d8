import { csvRows } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutApostrophe, writeCsv } from './write.ts'

const BOUNDS = { rows: 100, columns: 20, cell: 100 }

describe('writeCsv', () => {
  it('keeps spreadsheets from taking a name for a formula', () => {
    expect([...writeCsv([['=HYPERLINK("x")', '+1', '-1', '@a', '\tb', 'c=1']], ';')].join('')).toBe(
      '\uFEFF"\'=HYPERLINK(""x"")";\'+1;\'-1;\'@a;\'\tb;c=1\r\n',
    )
  })

  it('is read back as it was, whatever stands in the cells', () => {
    const cell = fc.string({ maxLength: 12 }).filter((text) => !text.startsWith("'"))
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(rows, fc.constantFrom(',' as const, ';' as const), (cells, delimiter) => {
        const head = ['a', 'b']
        const text = [...writeCsv([head, ...cells], delimiter)].join('')
        const read = [...csvRows(text, BOUNDS)].slice(1).map((row) => row.cells.map(withoutApostrophe))
        expect(read).toEqual(cells.filter((row) => row.some((one) => one !== '')))
      }),
    )
  })
})
