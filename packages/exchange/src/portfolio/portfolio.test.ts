import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brokenRows } from './broken.ts'
import { COLUMNS, columnOf, plainHeader } from './columns.ts'
import { PortfolioError, readPortfolio } from './read.ts'
import { csvTable, sheetTable } from './table.ts'
import { templateRows } from './template.ts'
import { kindOfRole, readRole, readTruth, readUnits } from './words.ts'

const OPTIONS = { market: 'DE', asOf: '2026-11-28' } as const
const HEAD =
  'Artikelnummer;EAN;Modell;Rolle;Geplant am;Erfolgt am;Menge;Modul;Lieferant;Firmware-Version;Firmware-SHA-256'

function read(...lines: readonly string[]) {
  return readPortfolio(csvTable(Buffer.from([HEAD, ...lines].join('\n'))), OPTIONS)
}

function told(...lines: readonly string[]): readonly string[] {
  return read(...lines).problems.map(({ cell, text }) => `${cell} ${text.en}`)
}

describe('the columns', () => {
  it('are each found by their headers in both languages, and by no other column’s', () => {
    for (const { id, title, also } of COLUMNS)
      for (const header of [title.en, title.de, ...also]) expect(columnOf(header), header).toBe(id)
    const all = COLUMNS.flatMap(({ title, also }) => [
      ...new Set([title.en, title.de].map(plainHeader)),
      ...also,
    ])
    expect(new Set(all).size).toBe(all.length)
    expect(COLUMNS.flatMap(({ also }) => also).every((one) => plainHeader(one) === one)).toBe(true)
  })

  it('are those of the template, which says what belongs in each', () => {
    for (const language of ['en', 'de'] as const) {
      const { head, help } = templateRows(language)
      expect(head.map(columnOf)).toEqual(COLUMNS.map(({ id }) => id))
      expect(help.every(([title, said]) => title !== '' && said !== '')).toBe(true)
    }
  })
})

describe('a row', () => {
  it('becomes a supply of a variant with its modules', () => {
    const { portfolio, problems } = read(
      'A1;9501101000018;T1;Einführer;15.01.2027;;1.200;M1|M2;Erst AG|Zweit AG;1.0|2.0;|',
    )
    expect(problems).toEqual([])
    const [supply] = portfolio.supplies
    expect(supply).toMatchObject({
      row: 2,
      sku: 'A1',
      market: 'DE',
      kind: 'placing',
      planned: '2027-01-15',
      quantity: 1200,
    })
    const variant = portfolio.variants.get(supply?.variant ?? '')
    expect(variant?.modules.map((id) => portfolio.modules.get(id)?.supplier)).toEqual(['Erst AG', 'Zweit AG'])
  })

  it('shares its module, variant and article with other rows', () => {
    const { portfolio } = read(
      'A1;;T1;Einführer;15.01.2027;;1;M1;Erst AG;1.0;',
      'A1;;T1;Händler;;;1;M1;Erst AG;1.0;',
      'A2;;T2;Händler;;;1;M1;Erst AG;1.0;',
    )
    expect([portfolio.modules.size, portfolio.variants.size, portfolio.skus.size]).toEqual([1, 2, 2])
  })

  it.each([
    ['A1;9501101000019;T1;Händler;;;;;;;', 'B2 is no GTIN: its check digit is wrong'],
    [
      'A1;9,5011E+12;T1;Händler;;;;;;;',
      'B2 is a number that a spreadsheet has rounded; format the column as text',
    ],
    ['A1;;T1;Händler;Q1 2027;;;;;;', 'E2 is no day such as 2027-01-15 or 15.01.2027'],
    [
      'A1;;T1;Einführer;;01.01.2027;;;;;',
      'F2 lies in the future; what has not happened yet belongs under the planned day',
    ],
    ['A1;;T1;Händler;;;1.5;;;;', 'G2 is no number of units such as 1200 or 1.200'],
    ['A1;;T1;Händler;;;;M1|M2;A|B|C;;', 'I2 has another number of values than the other columns of modules'],
    ['A1;;T1;Händler;;;;M1;A;1;abc', 'K2 is no SHA-256 of 64 hexadecimal digits'],
    ['A1;;T1;;;;;;;;', 'D2 neither a role nor a kind of supply is given; --role says it for all rows'],
    [';;;Händler;;;;;;;', 'A2 is empty'],
  ])('%s is told: %s', (line, words) => {
    expect(told(line)).toContain(words)
  })

  it('may not have the GTIN of another article, nor another GTIN than before', () => {
    expect(
      told(
        'A1;9501101000018;T1;Händler;;;;;;;',
        'A2;9501101000018;T2;Händler;;;;;;;',
        'A1;9501101000247;T1;Händler;;;;;;;',
      ),
    ).toEqual(['B3 is the GTIN of article A1 in row 2', 'B4 article A1 has GTIN 09501101000018 in row 2'])
  })

  it('comes back with what is wrong, as it was', () => {
    const file = read('A1;;T1;Nachbar;;;;;;;', 'A2;;T2;Händler;;;;;;;')
    expect(brokenRows(file, 'de')[1]).toEqual([
      'A1',
      '',
      'T1',
      'Nachbar',
      ...Array.from({ length: 7 }, () => ''),
      'D2 Rolle: ist keine Rolle: Hersteller, Bevollmächtigter, Einführer, Markeninhaber, Händler, Käufer',
    ])
    expect(file.portfolio.supplies).toHaveLength(1)
  })
})

describe('the words of cells', () => {
  it('are read in both languages', () => {
    expect([readTruth('Ja'), readTruth('NO'), readTruth('maybe')]).toEqual([true, false, undefined])
    expect([readRole('Quasi-Hersteller'), readRole('authorized representative'), readRole('Käufer')]).toEqual(
      ['brand-owner', 'authorised-representative', 'buyer'],
    )
    expect([kindOfRole('brand-owner'), kindOfRole('distributor')]).toEqual(['placing', 'making-available'])
    expect(
      ['1.234', '1,234,567', "1'000", '1.200,00', '40,0', '12', '-1', '1e3', '1.2'].map(readUnits),
    ).toEqual([1234, 1234567, 1000, 1200, 40, 12, undefined, undefined, undefined])
  })
})

describe('files of strangers', () => {
  it('are read in the encodings that spreadsheets write', () => {
    const text = 'Artikelnummer;Modell;Rolle\nÄ1;Tür;Händler\n'
    const forms = [
      Buffer.from(text),
      Buffer.from(text, 'latin1'),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    ]
    for (const bytes of forms)
      expect(readPortfolio(csvTable(bytes), OPTIONS).portfolio.supplies.map(({ sku }) => sku)).toEqual(['Ä1'])
  })

  it('are read as an ERP writes them: no model, no role, maker beside supplier, the day on which units are owed', () => {
    const text = `Lieferplan 2027;;;
;;;
Artikel;;;
Artikelnummer;Bezeichnung;Hersteller;Lieferant;EAN;Firmware;Charge;Menge;Lieferdatum;Markt
4711-01;Türklingel;Müller GmbH;Bar Co;4006381333931;1.4.2;B1;1.200,00;15.01.2027 00:00:00;Österreich

4711-02;Türklingel;Müller GmbH;Bar Co;;1.4.2;B2;1,5;sofort;AT
Summe:;;;;;;;1201;;
`
    const table = csvTable(Buffer.from(text, 'latin1'))
    expect(() => readPortfolio(table, OPTIONS)).toThrow('--role importer')
    const file = readPortfolio(table, { ...OPTIONS, role: 'importer' })
    expect([file.rows, file.unknown]).toEqual([2, ['Hersteller']])
    expect(file.portfolio.supplies).toMatchObject([
      { row: 5, kind: 'placing', role: 'importer', planned: '2027-01-15', quantity: 1200, market: 'AT' },
    ])
    const [variant] = file.portfolio.variants.values()
    expect(variant).toMatchObject({ model: '4711-01', product: 'Türklingel' })
    expect([...file.portfolio.modules.values()]).toMatchObject([{ supplier: 'Bar Co', name: '4711-01' }])
    expect(file.problems.map(({ cell }) => cell)).toEqual(['H7', 'I7'])
  })

  it('say which of two columns is meant, where neither has the name of the column', () => {
    const table = csvTable(Buffer.from('SKU;Role;ODM;Hersteller\nA1;importer;a;b\n'))
    expect(() => readPortfolio(table, OPTIONS)).toThrow('ODM and Hersteller; delete or rename one')
  })

  it('have their head below titles, and in whichever sheet', () => {
    const row = (number: number, ...texts: readonly string[]) => ({
      number,
      cells: texts.map((text, column) => ({ column, text })).filter(({ text }) => text !== ''),
    })
    const sheets = [
      { name: 'Deckblatt', rows: [row(1, 'Portfolio')] },
      {
        name: 'Daten',
        rows: [
          row(2, 'Stand'),
          row(4, 'SKU', 'Model', 'Role', 'Planned on'),
          row(7, 'A1', 'T1', 'importer', '46371'),
        ],
      },
    ]
    expect(readPortfolio(sheetTable(sheets), OPTIONS).portfolio.supplies).toMatchObject([
      { row: 7, sku: 'A1', planned: '2026-12-15' },
    ])
  })

  it('have days in workbooks told as days', () => {
    const cells = (...texts: readonly string[]) => texts.map((text, column) => ({ column, text }))
    const rows = [
      { number: 1, cells: cells('SKU', 'Role', 'Placed on') },
      { number: 2, cells: cells('A1', 'distributor', '46387.97916666666') },
    ]
    const { problems } = readPortfolio(sheetTable([{ name: 'S', rows }]), OPTIONS)
    expect(problems).toMatchObject([{ cell: 'C2', value: '2026-12-31' }])
  })

  it('have the version of the firmware in a column that is called Version, too', () => {
    const text = 'Artikelnummer;Modul;Version;Rolle\nA-1;ALF-100;1.4;Importeur\n'
    const { portfolio, unknown } = readPortfolio(csvTable(Buffer.from(text)), OPTIONS)
    expect(unknown).toEqual([])
    expect([...portfolio.modules.values()]).toMatchObject([{ name: 'ALF-100', release: { version: '1.4' } }])
  })

  it('are read from the sheet that people see, and the other is named', () => {
    const rows = (sku: string) => [
      { number: 1, cells: ['SKU', 'Role'].map((text, column) => ({ column, text })) },
      { number: 2, cells: [sku, 'importer'].map((text, column) => ({ column, text })) },
    ]
    const table = sheetTable([
      { name: 'Alt', hidden: true, rows: rows('OLD') },
      { name: 'Stock', rows: rows('NEW') },
      { name: 'Hilfe', rows: [{ number: 1, cells: [{ column: 0, text: 'Artikelnummer' }] }] },
    ])
    expect(table.sheet).toEqual({ name: 'Stock', others: ['Alt'] })
    expect(readPortfolio(table, OPTIONS).portfolio.supplies.map(({ sku }) => sku)).toEqual(['NEW'])
  })

  it('never stop the program, whatever they hold', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        '"',
        '|',
        '||',
        '15.01.2027',
        '46371',
        'nein',
        '__proto__',
        'constructor',
        '\u202e',
        '=1',
      ),
    )
    const head = fc.subarray([...COLUMNS.map(({ title }) => title.de), 'x', '__proto__'], { minLength: 1 })
    fc.assert(
      fc.property(head, fc.array(fc.array(cell, { maxLength: 34 }), { maxLength: 8 }), (columns, rows) => {
        const text = [['Artikelnummer', 'Modell', ...columns], ...rows]
          .map((cells) => cells.join(';'))
          .join('\n')
        try {
          const file = readPortfolio(csvTable(Buffer.from(text)), OPTIONS)
          expect(file.portfolio.supplies.length + file.broken.length).toBe(file.rows)
        } catch (error) {
          expect(error).toBeInstanceOf(PortfolioError)
        }
      }),
      { numRuns: 500 },
    )
  })
})
