import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeWorkbook } from '../packages/exchange/src/xlsx/workbook.ts'
import { messlatte, ROOT } from './cli.ts'
import { distributor } from './portfolio/distributor.mjs'

const PORTFOLIO = join(ROOT, 'tests/portfolio/brand-owner.csv')
const RULES = ['eu-red-2025', 'eu-cra-2027', 'de-2027', 'uk-psti']
const work = mkdtempSync(join(tmpdir(), 'messlatte-portfolio-'))
const results = join(work, 'results')

interface PlanJson {
  readonly counts: Readonly<Record<string, { readonly rows: number; readonly units: number }>>
  readonly rows: readonly {
    readonly row: number
    readonly article: string
    readonly gtin: string
    readonly supply: { readonly batch: string | null }
    readonly answer: string
    readonly rules: readonly { readonly rule: string; readonly answer: string }[]
    readonly missing: readonly { readonly supplier: string; readonly module: string; readonly what: string }[]
  }[]
  readonly leftOut: readonly { readonly row: number; readonly cell: string; readonly text: string }[]
  readonly unknownColumns: readonly string[]
}

function plan(file: string, ...more: readonly string[]): PlanJson {
  const { out, err, code } = messlatte(['plan', file, '--as-of', '2026-11-28', '--json', '-', ...more])
  if (code === null || code > 1) throw new Error(err)
  return JSON.parse(out) as PlanJson
}

/** The lines of a file that an oracle wrote, and those of a plan in its form. */
function expected(file: string): readonly string[] {
  return readFileSync(join(ROOT, file), 'utf8').trim().split('\n').slice(1)
}

function asExpected({ rows }: PlanJson): readonly string[] {
  return rows.map(({ row, article, supply, answer, rules, missing }) =>
    [
      row,
      article,
      supply.batch,
      answer,
      ...RULES.map((rule) => rules.find((one) => one.rule === rule)?.answer ?? ''),
      missing.map(({ supplier, module, what }) => `${supplier}/${module}/${what}`).join('|'),
    ].join(','),
  )
}

beforeAll(() => {
  for (const name of ['router-as-found', 'router-done-right', 'sensor-with-verity']) {
    const image = join(ROOT, 'examples', name)
    const out = messlatte([
      'check',
      image,
      '--fail-on',
      'never',
      '--quiet',
      '--json',
      join(work, `${name}.json`),
    ])
    expect(out.code, out.err).toBe(0)
  }
  const folder = join(results, 'first')
  cpSync(join(work, 'router-as-found.json'), join(folder, 'a.json'))
  cpSync(join(work, 'router-done-right.json'), join(results, 'b.json'))
  cpSync(join(work, 'sensor-with-verity.json'), join(results, 'c.json'))
}, 120_000)
afterAll(() => rmSync(work, { recursive: true }))

describe('the plan of a brand owner with 140 products of 11 suppliers', () => {
  it('answers every row as the oracle does', () => {
    const made = asExpected(plan(PORTFOLIO, '--results', results))
    expect(made).toHaveLength(280)
    expect(made).toEqual(expected('tests/portfolio/brand-owner.expected.csv'))
  })

  it('rests on what check says of the three releases', () => {
    const failing = (name: string) => {
      const { provisions } = JSON.parse(readFileSync(join(work, `${name}.json`), 'utf8')) as {
        provisions: { id: string; profiles: Record<string, { verdict: string; sourceStatus: string }> }[]
      }
      return provisions.filter(({ profiles }) => profiles['de-2027']?.verdict === 'fail').map(({ id }) => id)
    }
    expect(failing('router-as-found')).toContain('5.4-3')
    expect([...failing('router-done-right'), ...failing('sensor-with-verity')]).toEqual([])
  })

  it('knows articles by GTINs of 14 digits, and tells which column it passed over', () => {
    const { rows, unknownColumns } = plan(PORTFOLIO)
    expect(rows.every(({ gtin }) => /^09501101\d{6}$/.test(gtin))).toBe(true)
    expect(unknownColumns).toEqual(['Bemerkung'])
  })

  it('is for one market where one is asked for', () => {
    const { rows } = plan(PORTFOLIO, '--market', 'GB')
    expect(rows).toHaveLength(20)
    expect(new Set(rows.flatMap(({ rules }) => rules.map(({ rule }) => rule)))).toEqual(new Set(['uk-psti']))
  })

  it('is the same on the next run, in every form', () => {
    const forms = ['csv', 'xlsx', 'html', 'json']
    const write = (at: number) => {
      const args = forms.flatMap((form) => [`--${form}`, join(work, `plan-${at}.${form}`)])
      const { code } = messlatte([
        'plan',
        PORTFOLIO,
        '--as-of',
        '2026-11-28',
        '--lang',
        'de',
        '--quiet',
        ...args,
      ])
      expect(code).toBe(1)
    }
    write(1)
    write(2)
    for (const form of forms)
      expect(
        readFileSync(join(work, `plan-1.${form}`)).equals(readFileSync(join(work, `plan-2.${form}`))),
        form,
      ).toBe(true)
    expect(readFileSync(join(work, 'plan-1.csv'), 'utf8')).toContain('gesperrt laut Bericht')
  })
})

describe('rows that cannot be read', () => {
  const lines = readFileSync(PORTFOLIO, 'utf8').trim().split('\r\n')
  const broken = [...lines]
  const change = (line: number, from: string | RegExp, to: string) => {
    const before = broken[line - 1] ?? ''
    broken[line - 1] = before.replace(from, to)
    expect(broken[line - 1]).not.toBe(before)
  }

  it('are told by row and cell, cost no other, and come back to be mended', () => {
    change(3, /95011010(\d)/, '95011011$1')
    change(10, ';DE;', ';Bayern;')
    change(20, /\d\d\.\d\d\.202\d/, '31.02.2027')
    change(30, 'Rev', '"Rev')
    change(41, 'Markeninhaber', 'Nachbar')
    change(52, /^BH-\d+/, '')
    change(63, /;ja;ja;/, ';ja;vielleicht;')
    const file = join(work, 'broken.csv')
    writeFileSync(file, broken.join('\n'))
    const mend = join(work, 'mend.csv')
    const json = plan(file, '--results', results, '--errors', mend, '--lang', 'de')
    expect(json.leftOut.map(({ cell, row }) => [row, cell])).toEqual([
      [3, 'B3'],
      [10, 'P10'],
      [20, expect.stringMatching(/^[RS]20$/)],
      [30, 'F30'],
      [41, 'O41'],
      [52, 'A52'],
      [63, 'N63'],
    ])
    const left = expected('tests/portfolio/brand-owner.expected.csv').filter(
      (line) => ![3, 10, 20, 30, 41, 52, 63].includes(Number.parseInt(line, 10)),
    )
    expect(asExpected(json)).toEqual(left)
    const back = readFileSync(mend, 'utf8').trim().split('\r\n')
    expect(back).toHaveLength(8)
    expect(back[0]).toMatch(/;Was nicht stimmt$/)
    expect(back[1]).toMatch(/B3 EAN: ist keine GTIN: die Prüfziffer stimmt nicht/)
  })
})

describe('the plan of a distributor with 60,000 articles and legacy stock', () => {
  it('answers every row as was written beside its case; seven broken rows cost nothing else', () => {
    const { csv, expected: answers, told } = distributor(60_000, true)
    const file = join(work, 'distributor.csv')
    writeFileSync(file, csv)
    const { rows, leftOut } = plan(file)
    const german = ({ rules }: PlanJson['rows'][number]) =>
      rules.find(({ rule }) => rule === 'de-2027')?.answer ?? ''
    expect(rows.map((row) => `${row.row},${row.answer},${german(row)}`)).toEqual(answers)
    expect(leftOut.map(({ cell }) => cell)).toEqual(told)
    expect(told).toHaveLength(7)
  }, 120_000)
})

describe('a file that is no portfolio', () => {
  it.each([
    ['empty', '', /no column Article number, Model/],
    ['without the columns', 'a;b\n1;2\n', /no column Article number, Model/],
    ['with a column twice', 'Artikelnummer;SKU;Modell\n', /two columns are the same: Artikelnummer and SKU/],
    ['of other bytes', '\u0000\u0001\u0002', /no column/],
  ])('is refused: %s', (_, text, words) => {
    const file = join(work, 'none.csv')
    writeFileSync(file, text)
    const { code, err } = messlatte(['plan', file])
    expect([code, err]).toEqual([2, expect.stringMatching(words)])
  })

  it('comes as a workbook too, with a title above its head and days as numbers', () => {
    const rows = readFileSync(PORTFOLIO, 'utf8')
      .trim()
      .split('\r\n')
      .map((line) =>
        line
          .split(';')
          .map((cell) => cell.replace(/^"|"$/g, '').replaceAll('""', '"'))
          .map((cell) => (cell === '15.12.2026' ? '46371' : cell)),
      )
    const file = join(work, 'portfolio.xlsx')
    const sheets = [
      { name: 'Deckblatt', rows: [['Portfolio'], ['2026']], widths: [20] },
      { name: 'Liste', rows: [['Haus & Hof'], ...rows], widths: [20] },
    ]
    writeFileSync(file, writeWorkbook(sheets))
    const shifted = expected('tests/portfolio/brand-owner.expected.csv').map((line) =>
      line.replace(/^\d+/, (row) => String(Number(row) + 1)),
    )
    expect(asExpected(plan(file, '--results', results))).toEqual(shifted)
  })

  it('is refused where it is no workbook', () => {
    const file = join(work, 'none.xlsx')
    writeFileSync(file, 'PK\u0003\u0004')
    const { code, err } = messlatte(['plan', file])
    expect([code, err]).toEqual([2, expect.stringMatching(/is not read as a workbook/)])
  })

  it('is made by --template, which reads itself', () => {
    const file = join(work, 'template.csv')
    expect(messlatte(['plan', '--template', file, '--lang', 'de']).code).toBe(0)
    expect(plan(file).rows).toEqual([])
  })
})
