import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRows } from './csv.ts'

const BOUNDS = { rows: 100, columns: 5, cell: 20 }

function read(text: string) {
  return [...csvRows(text, BOUNDS)].map(({ line, cells, problem }) =>
    problem ? `${line}: ${problem.code} at ${problem.line}/${problem.column}` : `${line}: ${cells.join('|')}`,
  )
}

describe('csvRows', () => {
  it('takes the delimiter that the head has most of, and line ends of all kinds', () => {
    expect(read('a;b,c;d\r\n1;2,5;3\n\n4;5;6\r7;8;9')).toEqual([
      '1: a|b,c|d',
      '2: 1|2,5|3',
      '4: 4|5|6',
      '5: 7|8|9',
    ])
    expect(read('\uFEFFa\tb\n1\t2')).toEqual(['1: a|b', '2: 1|2'])
  })

  it('reads quotes, lines and delimiters within them', () => {
    expect(read('a,b\n"x, ""y""","1\n2"\n3,4')).toEqual(['1: a|b', '2: x, "y"|1\n2', '4: 3|4'])
  })

  it('lets a broken row cost its own line and no other', () => {
    expect(read('a,b\n"x,1\n2,3\n"y",4\n5,6')).toEqual([
      '1: a|b',
      '2: behind-quote at 4/1',
      '3: 2|3',
      '4: y|4',
      '5: 5|6',
    ])
    expect(read('a,b\n1,2\n3,"4')).toEqual(['1: a|b', '2: 1|2', '3: unclosed-quote at 3/2'])
    expect(read(`a,b\n${'x'.repeat(21)},1\n1,2,3,4,5,6\n7,8`)).toEqual([
      '1: a|b',
      '2: long-cell at 2/1',
      '3: many-columns at 3/6',
      '4: 7|8',
    ])
  })

  it('ends one row behind its bound', () => {
    expect(read('a\n'.repeat(500))).toHaveLength(101)
  })

  it('gives back what was written, whatever stands in it', () => {
    const cell = fc.string({ maxLength: 9 })
    const row = fc.array(cell, { minLength: 2, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
        const written = [
          'h,h',
          ...rows.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')),
        ]
        const found = [...csvRows(written.join('\n'), { ...BOUNDS, cell: 40 })]
          .slice(1)
          .map(({ cells }) => cells)
        expect(found).toEqual(rows.filter((cells) => cells.some((one) => one !== '')))
      }),
    )
  })

  it('does not slow down on a file of open quotes', () => {
    expect(read('a,b\n'.concat('"\n'.repeat(5000))).length).toBe(101)
  })
})
