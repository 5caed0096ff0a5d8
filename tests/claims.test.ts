import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messlatte, ROOT } from './cli.ts'

const FIXTURES = join(ROOT, 'packages/exchange/src/claims/fixtures')
const folder = mkdtempSync(join(tmpdir(), 'messlatte-claims-'))
const project = join(folder, 'conformity')
const ruuvi = join(folder, 'ruuvi')

beforeAll(() => {
  expect(messlatte(['init', project, '--profile', 'baseline-v3']).code).toBe(0)
  mkdirSync(ruuvi)
  execFileSync('tar', ['-xf', '-', '-C', ruuvi], {
    input: gunzipSync(readFileSync(join(FIXTURES, 'ruuvi-gateway/cra-303645.tar.gz'))),
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string) => JSON.parse(readFileSync(join(project, name), 'utf8'))

describe('messlatte claims', () => {
  it('takes a form of a laboratory over, read in the sandbox', () => {
    const form = join(FIXTURES, 'form-v2.xlsx')
    const dry = messlatte(['claims', 'import', form, '--into', project, '--dry-run'])
    expect([dry.code, dry.out]).toEqual([0, expect.stringMatching(/ICS rows: 4 new.*Nothing was written/s)])
    expect(file('ixit.json')['20-SecBoot']).toEqual([])
    expect(messlatte(['claims', 'import', form, '--into', project]).code).toBe(0)
    expect(file('ics.json').rows['5.3-14']).toMatchObject({
      support: 'N/A',
      detail: 'condition 3 does not hold',
    })
    expect(file('dut.json').securityContext).toBe('At home, behind a router')
    expect(file('origins.json')['ics | 5.3-14']).toMatchObject({ sheet: 'ICS', cell: expect.any(String) })
  })

  it('takes nothing over where there is a mistake, and says where', () => {
    const before = readFileSync(join(project, 'ics.json'), 'utf8')
    const outcome = messlatte([
      'claims',
      'import',
      join(FIXTURES, 'form-with-mistakes.xlsx'),
      '--into',
      project,
    ])
    expect(outcome.code).toBe(2)
    expect(outcome.err).toMatch(/sheet ICS, row 12, cell G12: support must be Y, N or N\/A/)
    expect(outcome.err).toMatch(/nothing was taken over; 8 to mend first/)
    expect(readFileSync(join(project, 'ics.json'), 'utf8')).toBe(before)
  })

  it('refuses workbooks that are none, from within the sandbox', () => {
    const path = join(folder, 'x.xlsx')
    writeFileSync(path, 'PK\x03\x04')
    const outcome = messlatte(['claims', 'import', path, '--into', project])
    expect([outcome.code, outcome.err]).toEqual([
      2,
      expect.stringMatching(/is not read as a workbook: it is no ZIP archive/),
    ])
  })

  it('does not read workbooks where there is no sandbox', () => {
    const outside = () =>
      execFileSync(process.execPath, [join(ROOT, 'dist/workbook-reader.mjs')], {
        stdio: ['ignore', 'pipe', 'pipe', 'ignore'],
      })
    expect(outside).toThrow(/must run under the permission model/)
  })

  it('takes a folder of a maker over, and writes it in the three forms', () => {
    const out = messlatte(['claims', 'import', ruuvi, '--into', project, '--lang', 'de']).out
    expect(out).toMatch(/81 Dateien mit Angaben\nIXIT-Tabellen: 25 neu, 4 geändert/)
    expect(file('self-assessment.json').groups).toHaveLength(52)
    const [xlsx, markdown, json] = ['out.xlsx', 'markdown', 'out.json'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    expect(
      messlatte(['claims', 'export', project, '--xlsx', xlsx, '--markdown', markdown, '--json', json]).code,
    ).toBe(0)
    expect(readdirSync(markdown)).toHaveLength(1 + 29 + 52)
    for (const path of [xlsx, markdown, json]) {
      const again = messlatte(['claims', 'import', path, '--into', project, '--dry-run'])
      expect([again.code, again.out.match(/[1-9]\d* (?:new|changed)/)], path).toEqual([0, null])
    }
    const again = messlatte(['claims', 'import', xlsx, '--into', project, '--dry-run']).out
    expect(again).toMatch(/^1 file with claims\n/)
  })

  it('takes one table that names no edition for one of the edition of the folder', () => {
    const own = join(folder, 'one-table')
    const table = join(folder, 'one-table.md')
    writeFileSync(
      table,
      '# IXIT 20-SecBoot\n\n### ID: SecBoot-1\n\n#### Description\n\nThe ROM verifies it.\n',
    )
    expect(messlatte(['init', own]).code).toBe(0)
    const { code, out, err } = messlatte(['claims', 'import', table, '--into', own])
    expect([code, err, out.includes('IXIT tables: 1 new')]).toEqual([0, '', true])
  })

  it('is contested by a release that is signed as its maker describes, and fails under a hardware root of trust', () => {
    const release = join(ROOT, 'packages/inspect/src/secure-boot/esp/fixtures/positive/boot-loader-unsigned')
    const verdicts = (profile: string) => {
      const own = join(folder, profile)
      expect(messlatte(['init', own, '--profile', profile]).code).toBe(0)
      expect(messlatte(['claims', 'import', ruuvi, '--into', own]).code).toBe(0)
      const before = JSON.parse(messlatte(['assess', own, '--json', '-']).out)
      const stored = join(own, 'results', '1.json')
      expect(
        messlatte(['check', release, '--profile', profile, '--quiet', '--json', stored, '--fail-on', 'never'])
          .code,
      ).toBe(0)
      const after = JSON.parse(messlatte(['assess', own, '--json', '-']).out)
      return { before: of(before), after: of(after), told: after }
    }
    const of = (told: {
      assessment: {
        provisions: {
          id: string
          baseline: { verdict: string }
          profiles: Record<string, { verdict: string }>
        }[]
      }
    }) => {
      const one = told.assessment.provisions.find(({ id }) => id === '5.7-1')
      return [one?.baseline.verdict, ...Object.values(one?.profiles ?? {}).map(({ verdict }) => verdict)]
    }
    const v3 = verdicts('baseline-v3')
    expect([v3.before, v3.after]).toEqual([['open'], ['contested']])
    expect(
      v3.told.comparisons
        .filter(({ result }: { result: string }) => result === 'mismatch')
        .map(({ about }: { about: string }) => about),
    ).toEqual(['5.7-1', '20-SecBoot'])
    const german = verdicts('de-2027')
    expect([german.before, german.after]).toEqual([
      ['open', 'fail'],
      ['contested', 'fail'],
    ])
  })

  it('are checked by themselves, without a folder', () => {
    const found = messlatte(['claims', 'check', ruuvi])
    expect([found.code, found.out]).toEqual([
      1,
      expect.stringMatching(/Claims\s+Y 50 · N 1 · N\/A 1[\s\S]*\(34\)[\s\S]*not about the product/),
    ])
    const told = JSON.parse(messlatte(['claims', 'check', ruuvi, '--json', '-']).out)
    expect(told.findings).toHaveLength(34)
    expect(messlatte(['claims', 'check', join(FIXTURES, 'form-with-mistakes.xlsx')]).code).toBe(2)
  })

  it('refuses a stored result in which something was changed', () => {
    const stored = join(folder, 'baseline-v3', 'results', '1.json')
    writeFileSync(
      stored,
      readFileSync(stored, 'utf8').replaceAll('"boot.esp.unsigned"', '"boot.esp.partitions"'),
    )
    expect(messlatte(['assess', join(folder, 'baseline-v3')]).err).toMatch(
      /is not what its id was computed over/,
    )
  })

  it('names what it was not told', () => {
    expect(messlatte(['claims', 'export', project]).err).toMatch(/--xlsx FILE/)
    expect(messlatte(['claims', 'import', `${ROOT}/LICENSE`, '--into', project]).err).toMatch(
      /are read from .xlsx/,
    )
    expect(messlatte(['claims', 'import', ruuvi, '--into', folder]).err).toMatch(/holds no project.json/)
    expect(messlatte(['claims', 'import', join(FIXTURES, 'form-v1.xlsx'), '--into', project]).err).toMatch(
      /has claims about en303645-v3.1.3, and these are about en303645-2020/,
    )
  })
})
