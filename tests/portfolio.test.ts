import { generateKeyPairSync } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANSWER_HEADERS } from '../packages/exchange/src/request/read.ts'
import { readWorkbook } from '../packages/exchange/src/xlsx/read-workbook.ts'
import { writeWorkbook } from '../packages/exchange/src/xlsx/workbook.ts'
import { requestTable } from '../packages/report/src/request/table.ts'
import { decodeQr } from '../packages/report/src/testing/decode-qr.ts'
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

  it('is JSON as its schema describes it', () => {
    const schema = JSON.parse(readFileSync(join(ROOT, 'packages/exchange/schema/plan-1.schema.json'), 'utf8'))
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)
    validate(plan(PORTFOLIO, '--results', results, '--lang', 'de'))
    expect(validate.errors ?? []).toEqual([])
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

  it('takes an evidence pack for what its signer claims, and for no result', () => {
    const folder = join(work, 'packs')
    mkdirSync(folder)
    const key = join(work, 'pack.key')
    writeFileSync(key, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const packed = messlatte([
      'pack',
      join(work, 'router-as-found.json'),
      '--key',
      key,
      '-o',
      join(folder, 'p.json'),
    ])
    expect(packed.code, packed.err).toBe(0)
    const { out } = messlatte(['plan', PORTFOLIO, '--as-of', '2026-11-28', '--results', folder])
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /p\.json is an evidence pack, which is what its signer claims/,
    )
    const { rows } = plan(PORTFOLIO, '--results', folder)
    expect(rows).toEqual(plan(PORTFOLIO).rows)
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

interface RequestJson {
  readonly supplier: string
  readonly lines: readonly {
    readonly key: string
    readonly module: { readonly name: string; readonly release: { readonly version: string | null } }
    readonly rule: string | null
    readonly id: string
    readonly products: readonly string[]
    readonly closes: readonly unknown[]
    readonly reasons: readonly unknown[]
    readonly accepted: readonly string[]
    readonly by: string | null
  }[]
}

function requests(known: string, ...more: readonly string[]): readonly RequestJson[] {
  const args = ['request', PORTFOLIO, '--as-of', '2026-11-28', '--results', known, '--json', '-', ...more]
  const { out, err, code } = messlatte(args)
  if (code !== 0) throw new Error(err)
  return JSON.parse(out) as RequestJson[]
}

describe('requests to the suppliers of the brand owner', () => {
  const rows = expected('tests/portfolio/brand-owner.expected.csv').map((line) => line.split(','))
  const suppliers = [
    ...new Set(rows.flatMap((row) => (row[8] ?? '').split('|').map((need) => need.split('/')[0] ?? ''))),
  ]
    .filter((name) => name !== '')
    .sort()

  it('are to eleven, and each covers exactly what is missing from it', () => {
    expect(suppliers).toHaveLength(11)
    const waits = (row: readonly string[]) =>
      row.slice(4, 8).some((answer) => answer !== '' && answer !== 'no-obstacle' && answer !== 'outside')
    for (const supplier of suppliers) {
      const asked = requests(results, '--supplier', supplier)
      expect(asked.map((one) => one.supplier)).toEqual([supplier])
      const modules = asked.flatMap(({ lines }) =>
        lines.map(({ module, id }) => `${module.name}/${id === 'release' ? 'unseen' : 'answers'}`),
      )
      const wanted = rows
        .filter(waits)
        .flatMap((row) => (row[8] ?? '').split('|'))
        .filter((need) => need.startsWith(`${supplier}/`))
        .map((need) => need.slice(supplier.length + 1).replace(/\/(?:release|result)$/, '/unseen'))
      expect([...new Set(modules)].sort(), supplier).toEqual([...new Set(wanted)].sort())
    }
  })

  it('name every provision that a result leaves unsettled and no other, with what would close it', () => {
    const { provisions } = JSON.parse(readFileSync(join(work, 'router-as-found.json'), 'utf8')) as {
      provisions: { id: string; profiles: Record<string, { verdict: string; status: string }> }[]
    }
    const unsettled = provisions.filter(({ profiles }) => {
      const { verdict, status } = profiles['de-2027'] ?? {}
      return verdict === 'fail' || verdict === 'contested' || (verdict === 'open' && status === 'M')
    })
    const [first] = requests(results, '--supplier', 'nordlicht funkmodule gmbh')
    const lines =
      first?.lines.filter(({ module, rule }) => module.name === 'M-01' && rule === 'de-2027') ?? []
    expect(lines.map(({ id }) => id).sort()).toEqual(unsettled.map(({ id }) => id).sort())
    expect(
      lines.every(
        ({ closes, reasons, accepted }) => closes.length + reasons.length > 0 && accepted.length > 0,
      ),
    ).toBe(true)
    // Both products whose German supply waits are to be placed on 1 December 2027 and owed to a tender on 1 March.
    expect(new Set(lines.map(({ by }) => by))).toEqual(new Set(['2027-03-01']))
  })

  it('are closed in all products by one answer for the module', () => {
    const known = join(work, 'known')
    cpSync(results, known, { recursive: true })
    const before = plan(PORTFOLIO, '--results', known)
    const carrying = (json: PlanJson, what: string) =>
      json.rows.filter(({ missing }) => missing.some((one) => one.module === 'M-08' && one.what === what))
        .length
    expect(carrying(before, 'result')).toBeGreaterThan(6)
    const image = join(ROOT, 'examples/router-done-right')
    const args = ['--model', 'M-08', '--firmware', '2.7.0', '--fail-on', 'never', '--quiet']
    const checked = messlatte(['check', image, ...args, '--json', join(known, 'm-08.json')])
    expect(checked.code, checked.err).toBe(0)
    const after = plan(PORTFOLIO, '--results', known)
    expect(carrying(after, 'result')).toBe(0)
    expect(carrying(after, 'answers')).toBe(carrying(before, 'result'))
  })

  it('come back as claims and documents, with what is still missing, and a decision closes a line everywhere', () => {
    const known = join(work, 'answered')
    cpSync(results, known, { recursive: true })
    const supplier = ['--supplier', 'Shenzhen Greenhill IoT']
    const book = join(work, 'request.xlsx')
    const common = ['request', PORTFOLIO, '--as-of', '2026-11-28', '--results', known, ...supplier]
    expect(messlatte([...common, '--lang', 'de', '--xlsx', book]).code).toBe(0)
    const [sheet] = readWorkbook(readFileSync(book))
    const table = (sheet?.rows ?? []).map(({ cells }) => {
      const dense = Array.from({ length: 18 }, () => '')
      for (const { column, text } of cells) dense[column] = text
      return dense
    })
    const line = (id: string) => {
      const found = table.find((row) => row[2] === 'M-02' && row[4] === 'de-2027' && row[5] === id)
      if (!found) throw new Error(`no line ${id}`)
      return found
    }
    const fill = (id: string, ...cells: readonly string[]) => line(id).splice(13, cells.length, ...cells)
    fill('5.2-1', 'Y', 'published on our page', 'policy.pdf', 'Shenzhen Greenhill IoT', '2027-12-31')
    fill('5.3-13', 'ja', 'five years from the first supply')
    fill('5.1-4', 'Y', 'see report', '../../etc/passwd')
    fill('5.3-16', 'vielleicht')
    const back = join(work, 'back')
    mkdirSync(back)
    writeFileSync(join(back, 'Policy.PDF'), '%PDF-1.4')
    writeFileSync(
      join(back, 'answers.xlsx'),
      writeWorkbook([{ name: 'Anforderung', rows: table, widths: [10] }]),
    )
    const { out, code, err } = messlatte([...common, '--returned', back])
    expect(code, err).toBe(1)
    expect(out).toMatch(/Taken over: 3 claims, 1 documents\./)
    expect(out).toMatch(/the file passwd did not come along/)
    expect(out).toMatch(/the answer is none of Y, N, N\/A/)
    expect(out).toMatch(/Claimed, and still to be shown \(2\)\n/)
    expect(out).toMatch(/Not answered/)
    const folder = readdirSync(known).find((name) => name.startsWith('shenzhen-greenhill-iot-m-02'))
    if (folder === undefined) throw new Error('no folder was made')
    const made = join(known, folder)
    const ics = JSON.parse(readFileSync(join(made, 'ics.json'), 'utf8')) as {
      rows: Record<string, { support: string | null }>
    }
    expect(ics.rows['5.3-13']?.support).toBe('Y')
    expect(messlatte(['assess', made, '--fail-on', 'never', '--quiet']).code).toBe(0)

    const open = (id: string) =>
      requests(known, ...supplier).flatMap(({ lines }) =>
        lines.filter((one) => one.id === id && one.rule === 'de-2027'),
      )
    const waiting = rows.filter(
      (row) => (row[8] ?? '').includes('/M-02/') && !['', 'outside', 'no-obstacle'].includes(row[6] ?? ''),
    )
    expect(open('5.2-1').map(({ products }) => products.length)).toEqual([
      new Set(waiting.map(([, article]) => article)).size,
    ])
    const decided = messlatte([
      'decide',
      made,
      '5.2-1',
      '--verdict',
      'pass',
      '--rule',
      'de-2027',
      '--by',
      'A. Person',
      '--reason',
      'read',
      '--on',
      '2026-11-28',
      '--until',
      '2027-11-30',
    ])
    expect(decided.code, decided.err).toBe(0)
    expect(open('5.2-1')).toEqual([])
    expect(open('5.3-13')).toHaveLength(1)
  })

  it('come back with what was not taken over: other numberings than that of the ICS table, text without Y, N or N/A', () => {
    const known = join(work, 'not-taken')
    cpSync(results, known, { recursive: true })
    const supplier = ['--supplier', 'Shenzhen Greenhill IoT']
    const lines = requests(known, ...supplier).flatMap((request) => request.lines)
    const first = (meant: (line: (typeof lines)[number]) => boolean) => {
      const found = lines.find(meant)
      if (!found) throw new Error('no such line')
      return found
    }
    const ofLaw = first(({ rule, id }) => rule !== null && !/^\d/.test(id))
    const provision = first(({ rule, id }) => rule === 'de-2027' && id === '5.2-1')
    const { key, answer, detail } = ANSWER_HEADERS
    const back = join(work, 'not-taken.xlsx')
    const table = [
      [key[0], answer[0], detail[0]],
      [ofLaw.key, 'Y', 'done'],
      [provision.key, '', 'see our page'],
    ]
    writeFileSync(back, writeWorkbook([{ name: 'Request', rows: table, widths: [10] }]))
    const common = ['request', PORTFOLIO, '--as-of', '2026-11-28', '--results', known, ...supplier]
    const { out, code, err } = messlatte([...common, '--returned', back])
    expect(code, err).toBe(1)
    const told = out.replaceAll(/\s+/g, ' ')
    expect(told).toContain('Taken over: 0 claims, 0 documents.')
    expect(told).toContain(
      `row 2: the answer to ${ofLaw.rule} ${ofLaw.id} was not taken over as a claim: the ICS table has rows of EN 303 645 only`,
    )
    expect(told).toContain(
      'row 3: what was written on de-2027 5.2-1 was not taken over, since Y, N or N/A is missing beside it',
    )
    const german = messlatte([...common, '--returned', back, '--lang', 'de']).out.replaceAll(/\s+/g, ' ')
    expect(german).toContain(`Die Antwort zu ${ofLaw.rule} ${ofLaw.id} ist nicht als Angabe übernommen`)
  })

  it('are told where nobody is meant', () => {
    const ask = (...args: readonly string[]) =>
      messlatte(['request', PORTFOLIO, '--as-of', '2026-11-28', ...args])
    expect(ask().err).toMatch(/say of whom/)
    expect(ask('--supplier', 'Nobody').err).toMatch(/no row names it; there are Alpenblick/)
    expect(ask('--product', 'BH-9999').err).toMatch(/no row has this article number/)
  })

  it('have the headers that are looked for on the way back', () => {
    for (const language of ['en', 'de'] as const) {
      const [head = []] = requestTable({ supplier: '', asOf: '2026-11-28', lines: [] }, language).rows
      for (const names of Object.values(ANSWER_HEADERS))
        expect(head.filter((one) => names.includes(one as never))).toHaveLength(1)
    }
  })
})

describe('letters about the brand owner', () => {
  const letter = (...args: readonly string[]) =>
    messlatte(['letter', PORTFOLIO, '--as-of', '2026-11-28', '--results', results, ...args])

  it('are written as DOCX and PDF, the same on the next run', () => {
    const write = (at: number) => {
      const files = ['docx', 'pdf'].map((form) => join(work, `letter-${at}.${form}`))
      const out = files.flatMap((file) => ['-o', file])
      const { code, err } = letter('--to', 'customer', '--tender', 'AU-1', '--lang', 'de', ...out)
      expect(code, err).toBe(0)
      return files.map((file) => readFileSync(file))
    }
    const [docx, pdf] = write(1)
    expect([docx?.subarray(0, 2).toString(), pdf?.subarray(0, 5).toString()]).toEqual(['PK', '%PDF-'])
    expect(write(2).map((file, at) => file.equals([docx, pdf][at] ?? Buffer.alloc(0)))).toEqual([true, true])
  })

  it.each([
    [
      'a reported source as law',
      ['--to', 'customer', '--product', 'T24', '-o', 'l.docx', '--basis', 'report-2026-07'],
      /is not law \(reported\)/,
    ],
    [
      'a draft as law',
      ['--to', 'customer', '--product', 'T24', '-o', 'l.docx', '--basis', 'cra-2024-2847,bsi-tr-03183-1'],
      /is not law \(draft\)/,
    ],
    ['nobody', ['--to', 'customer', '--tender', 'AU-99', '-o', 'l.docx'], /no row is promised to it/],
    [
      'both',
      ['--to', 'channel', '--product', 'T24', '--tender', 'AU-1'],
      /either --product ID or --tender ID/,
    ],
    [
      'several suppliers at once',
      ['--to', 'supplier', '--tender', 'AU-1', '-o', 'l.docx'],
      /name one with --supplier/,
    ],
    [
      'another form',
      ['--to', 'channel', '--product', 'T24', '-o', 'letter.txt'],
      /a letter is a \.docx or a \.pdf/,
    ],
  ])('are refused: %s', (_, args, words) => {
    const { code, err } = letter(...args)
    expect([code, err]).toEqual([2, expect.stringMatching(words)])
  })
})

describe('the signed status of a batch of the brand owner', () => {
  const [key, pub, other] = ['status.key', 'status.pub', 'other.pub'].map((name) => join(work, name)) as [
    string,
    string,
    string,
  ]
  const [file, text, svg] = ['status.json', 'status.txt', 'status.svg'].map((name) => join(work, name)) as [
    string,
    string,
    string,
  ]
  const sign = (...args: readonly string[]) =>
    messlatte([
      'status',
      'sign',
      PORTFOLIO,
      '--as-of',
      '2026-11-28',
      '--results',
      results,
      '--by',
      'Beispiel Haus GmbH',
      ...args,
    ])
  const verify = (what: string, ...args: readonly string[]) =>
    messlatte(['status', 'verify', what, '--on', '2027-01-05', ...args])

  beforeAll(() => {
    const pair = generateKeyPairSync('ed25519')
    writeFileSync(key, pair.privateKey.export({ format: 'pem', type: 'pkcs8' }))
    writeFileSync(pub, pair.publicKey.export({ format: 'pem', type: 'spki' }))
    writeFileSync(other, generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }))
    const outputs = ['-o', file, '--text', text, '--qr', svg]
    const made = sign(
      '--product',
      'BH-0024',
      '--batch',
      'L24A',
      '--key',
      key,
      '--until',
      '2027-05-31',
      ...outputs,
    )
    expect(made.code, made.err).toBe(0)
  })

  it('is verified with the public key alone, as file and as text', () => {
    const line = readFileSync(text, 'utf8').trim()
    for (const form of [file, text, line]) {
      const { code, out, err } = verify(
        form,
        '--trust',
        pub,
        '--gtin',
        '9501101000247',
        '--batch',
        'L24A',
        '--lang',
        'de',
      )
      expect(code, err).toBe(0)
      expect(out).toMatch(/Signiert von +Beispiel Haus GmbH/)
      expect(out).toMatch(/gefährdet/)
      expect(out).toMatch(/MESSLATTE_DE-2027_OUTSIDE/)
      expect(out).toMatch(/zeigt\s+nicht,\s+dass\s+ein\s+Gerät\s+sie\s+ausführt/)
    }
  })

  it('says nothing good of a rule that does not look at the batch yet', () => {
    const early = join(work, 'early.json')
    const batch = ['--product', 'BH-0007', '--batch', 'L7A', '--key', key, '--until', '2027-05-31']
    expect(sign(...batch, '-o', early).code).toBe(0)
    const { payload } = JSON.parse(readFileSync(early, 'utf8')) as { payload: string }
    const { predicate } = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as {
      predicate: { properties: readonly string[] }
    }
    expect(predicate.properties).toEqual([])
  })

  it('is about the very firmware of the batch', () => {
    const image = join(ROOT, 'examples/router-as-found/router-as-found.bin')
    expect(verify(file, '--trust', pub, '--file', image).code).toBe(0)
    expect(verify(file, '--trust', pub, '--file', PORTFOLIO).out).toMatch(/about another file/)
  })

  it.each([
    ['after its end', ['--on', '2027-06-01'], /not valid any more/],
    ['for another article', ['--gtin', '9501101000018'], /another GTIN/],
    ['for another batch', ['--batch', 'L24B'], /another batch/],
  ])('does not hold %s', (_, args, words) => {
    const { code, out } = messlatte(['status', 'verify', file, '--trust', pub, '--on', '2027-01-05', ...args])
    expect([code, out]).toEqual([1, expect.stringMatching(words)])
  })

  it('is believed of nobody else, and not once it was changed', () => {
    expect(verify(file, '--trust', other)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/none of the trusted keys/),
    })
    expect(verify(file).err).toMatch(/name the public key/)
    const changed = join(work, 'changed.json')
    const envelope = JSON.parse(readFileSync(file, 'utf8')) as { payload: string }
    const payload = Buffer.from(envelope.payload, 'base64').toString().replace('L24A', 'L24B')
    writeFileSync(changed, JSON.stringify({ ...envelope, payload: Buffer.from(payload).toString('base64') }))
    expect(verify(changed, '--trust', pub).code).toBe(2)
  })

  it('has a QR code that another decoder reads', () => {
    const drawn = readFileSync(svg, 'utf8')
    const size = Number(/viewBox="0 0 (\d+) /.exec(drawn)?.[1]) * 4
    const pixels = new Uint8ClampedArray(size * size * 4).fill(255)
    for (const [, x, y] of drawn.matchAll(/M(\d+),(\d+)h1v1/g))
      for (let at = 0; at < 16; at++) {
        const pixel = (Number(y) * 4 + Math.floor(at / 4)) * size + Number(x) * 4 + (at % 4)
        pixels.fill(0, pixel * 4, pixel * 4 + 3)
      }
    expect(decodeQr(pixels, size, size)?.data).toBe(readFileSync(text, 'utf8').trim())
  })

  it.each([
    ['a product with two batches', ['--product', 'BH-0024'], /name one with --batch \(L24A, L24B\)/],
    [
      'a firmware that nobody looked at',
      ['--product', 'BH-0001', '--batch', 'L1A'],
      /no release is known by its digest/,
    ],
    [
      'an end before its beginning',
      ['--product', 'BH-0024', '--batch', 'L24A', '--until', '2026-11-01'],
      /lies before/,
    ],
  ])('is refused for %s', (_, args, words) => {
    const { code, err } = sign('--key', key, '--until', '2027-05-31', '-o', '-', ...args)
    expect([code, err]).toEqual([2, expect.stringMatching(words)])
  })
})

describe('a file that is no portfolio', () => {
  it.each([
    ['empty', '', /no column Article number;/],
    ['without the columns', 'a;b\n1;2\n', /no column Article number;/],
    ['with a column twice', 'Artikel;SKU;Modell\n', /two columns are the same: Artikel and SKU/],
    ['that says nowhere who supplies', 'SKU;Modell\nA1;T1\n', /--role importer/],
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
