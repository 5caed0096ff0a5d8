import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evidenceId } from '@messlatte/exchange'
import { renderProject } from '@messlatte/report'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { decideCommand, waiveCommand } from './commands/decide.ts'
import { initCommand } from './commands/init.ts'
import { assessProject } from './project.ts'

let folder: string

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'messlatte-project-')), 'conformity')
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  initCommand(folder, { profile: 'de-2027', lang: 'en' })
})

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

/** Puts a value at a path of one of the files; at the empty path in the place of all of it. */
function put(name: string, path: readonly string[], value: unknown): void {
  const whole = { root: JSON.parse(readFileSync(join(folder, name), 'utf8')) }
  const keys = ['root', ...path]
  let at: Record<string, unknown> = whole
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>
  at[keys.at(-1) as string] = value
  writeFileSync(join(folder, name), JSON.stringify(whole.root, null, 2))
}

const SEEN = {
  check: 'credentials.private-keys',
  checkVersion: 1,
  provisions: [{ edition: 'en303645-2020', id: '5.4-3' }],
  cases: [],
  polarity: 'against',
  kind: 'key.private',
  path: 'fw.bin/etc/key.pem',
  offset: 0,
  length: 10,
  sha256: 'bb'.repeat(32),
  title: 'A private key',
  observation: {},
  confidence: { grade: 'high', reason: 'read' },
  overturnedBy: 'a key per unit',
} as const
const KEY = { ...SEEN, id: evidenceId(SEEN) }

function storeResult(evidence: readonly unknown[]): void {
  const result = {
    schema: 'urn:messlatte:result:1',
    tool: { name: 'messlatte', version: '0.1.0' },
    product: { maker: null, model: null, hardware: null, firmware: null, batch: null },
    traits: [],
    images: [{ name: 'fw.bin', size: 10, sha256: 'cc'.repeat(32) }],
    unpacked: { partial: false },
    evidence,
  }
  writeFileSync(join(folder, 'results', '1.json'), JSON.stringify(result))
}

const verdict = (id: string, rule = 'baseline') => {
  const one = assessProject(folder, '2026-11-28', undefined).assessment.provisions.find((it) => it.id === id)
  return (rule === 'baseline' ? one?.baseline : one?.profiles[rule])?.verdict
}

describe('a new project', () => {
  it('is assessed as open in everything, and its papers say what is missing', () => {
    const { assessment, claimFindings } = assessProject(folder, '2026-11-28', undefined)
    expect(assessment.counts.baseline).toMatchObject({ open: 68, pass: 0, supported: 0, 'not-applicable': 0 })
    expect(claimFindings.filter(({ code }) => code === 'missing')).toHaveLength(68)
  })

  it('says in its README what each of its files is for', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8')
    for (const name of [...readdirSync(folder), 'waivers.json'])
      if (name !== 'README.md') expect(readme).toContain(name)
  })

  it('is never made over another', () => {
    expect(() => initCommand(folder, { profile: 'de-2027', lang: 'en' })).toThrow(/is not empty/)
  })

  it('reads in both languages', () => {
    for (const language of ['en', 'de'] as const) {
      const project = assessProject(folder, '2026-11-28', undefined)
      const text = renderProject(
        { ...project, product: project.file.product },
        { language, colour: false, width: 100 },
      )
      expect(text).toMatch(language === 'en' ? /A claim proves nothing/ : /Eine Angabe beweist nichts/)
    }
  })
})

describe('a project', () => {
  it('holds claims against evidence', () => {
    storeResult([KEY])
    expect(verdict('5.4-3')).toBe('fail')
    put('ics.json', ['rows', '5.4-3'], { support: 'Y', detail: 'no secrets' })
    expect([verdict('5.4-3'), verdict('5.4-3', 'de-2027')]).toEqual(['contested', 'contested'])
  })

  it('says how it is usually mended, and in which language findings are where a result has only one', () => {
    const say = (language: 'en' | 'de') => {
      const project = assessProject(folder, '2026-11-28', undefined)
      return renderProject(
        { ...project, product: project.file.product },
        { language, colour: false, width: 200 },
      )
    }
    expect(say('de')).not.toMatch(/Gewöhnlich behoben/)
    storeResult([KEY])
    expect(say('de')).toMatch(
      /5\.4-3: [\s\S]*→ Gewöhnlich behoben \(Praxis, keine Pflicht\): Geheimnisse aus dem Abbild/,
    )
    expect(say('de')).not.toMatch(/--lang/)
    const path = join(folder, 'results', '1.json')
    const stored = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify({ ...stored, options: { language: 'en' } }))
    expect(say('de')).toMatch(/Befunde aus 1\.json stehen auf Englisch/)
    expect(say('en')).not.toMatch(/--lang/)
    const translation = {
      language: 'de',
      title: 'Ein privater Schlüssel',
      confidence: { reason: 'gelesen' },
      overturnedBy: 'ein Schlüssel je Gerät',
    }
    const evidence = [{ ...KEY, translation }]
    writeFileSync(path, JSON.stringify({ ...stored, options: { language: 'en' }, evidence }))
    expect(say('de')).toMatch(/Ein privater Schlüssel/)
    expect(say('de')).not.toMatch(/A private key|--lang/)
    expect(say('en')).toMatch(/A private key/)
    expect(say('en')).not.toMatch(/Ein privater/)
  })

  it('says where a rule was named that does not exist', () => {
    expect(() => assessProject(folder, '2026-11-28', 'de-2027,nope')).toThrow(
      /^--profile de-2027,nope: there is no profile "nope"; there are/,
    )
    put('project.json', ['profiles'], ['gone'])
    expect(() => assessProject(folder, '2026-11-28', undefined)).toThrow(
      /project\.json: profiles: there is no profile "gone"/,
    )
  })

  it('binds decisions to the evidence of their day', () => {
    const flags = {
      rule: 'baseline',
      by: 'A. Example',
      reason: 'report 12',
      until: '2027-06-30',
      on: '2026-11-27',
    }
    decideCommand(folder, '5.4-3', { ...flags, verdict: 'pass' })
    expect([verdict('5.4-3'), verdict('5.4-3', 'de-2027')]).toEqual(['pass', 'open'])
    storeResult([KEY])
    expect(verdict('5.4-3')).toBe('fail')
    decideCommand(folder, '5.4-3', { ...flags, verdict: 'pass' })
    expect(verdict('5.4-3')).toBe('contested')
    expect(() => decideCommand(folder, '9.9-9', { ...flags, verdict: 'pass' })).toThrow(/is no provision/)
    expect(() => decideCommand(folder, '5.4-3', { ...flags, rule: 'x', verdict: 'pass' })).toThrow(/--rule x/)
    expect(() => decideCommand(folder, '5.4-3', { ...flags, until: '2020-01-01', verdict: 'pass' })).toThrow(
      /lies before/,
    )
  })

  it('makes provisions out of test cases, and cases out of units', () => {
    const flags = {
      rule: 'baseline',
      by: 'A. Example',
      reason: 'report 12',
      until: '2027-06-30',
      on: '2026-11-27',
    }
    const decide = (subject: string, verdict: 'pass' | 'fail' = 'pass') =>
      decideCommand(folder, subject, { ...flags, verdict })
    decide('5.4-3-1')
    decide('5.4-3-2a')
    const told = assessProject(folder, '2026-11-28', undefined)
    expect(
      told.testVerdicts.cases
        .filter((one) => one.verdict !== null)
        .map(({ id, verdict: it }) => `${id} ${it}`),
    ).toEqual(['5.4-3-1 pass', expect.stringMatching(/^5\.4-3-2 (?:pass|inconclusive)$/)])
    decide('5.4-3-2', 'fail')
    expect(verdict('5.4-3')).toBe('fail')
    expect(
      renderProject({ ...told, product: told.file.product }, { language: 'en', width: 100, colour: false }),
    ).toMatch(/Test cases\s+2 of 109 decided; by the test specification overall/)
    expect(() => decide('5.4-3-9')).toThrow(/is no provision, test case or unit/)
    expect(() => decide('5.4-3-1z')).toThrow(/units/)
    expect(() => decideCommand(folder, '5.4-3', { ...flags, verdict: 'pass', attach: ['r'] })).toThrow(
      /--attach r/,
    )
  })

  it('tells waivers, which change nothing', () => {
    storeResult([KEY])
    const flags = {
      rule: 'baseline',
      by: 'A. Example',
      reason: 'next release',
      until: '2027-06-30',
      on: '2026-11-27',
    }
    waiveCommand(folder, '5.4-3', { ...flags, firmware: '1.2' })
    const told = assessProject(folder, '2026-11-28', undefined)
    expect([verdict('5.4-3'), told.waivers.length]).toEqual(['fail', 1])
    expect(
      told.assessment.provisions.find(({ id }) => id === '5.4-3')?.baseline.reasons.at(-1)?.text.en,
    ).toMatch(/Waived by A\. Example.*It does not cover this firmware/)
    expect(() => waiveCommand(folder, '5.4-3-1', flags)).toThrow(/not for a test case/)
  })

  it('knows documents by their digests', () => {
    const file = Buffer.from('report')
    writeFileSync(join(folder, 'documents', 'r.pdf'), file)
    const sha256 = createHash('sha256').update(file).digest('hex')
    const report = { id: 'r', title: 'Report', issuer: 'Laboratory', file: 'r.pdf', sha256, model: 'R1' }
    put('documents.json', [], [{ ...report, validUntil: '2026-01-01' }])
    const texts = () =>
      assessProject(folder, '2026-11-28', undefined).documentFindings.map(({ text }) => text.en)
    expect(texts()).toEqual(['Expired on 2026-01-01'])
    writeFileSync(join(folder, 'documents', 'r.pdf'), 'another')
    expect(texts()[0]).toMatch(/SHA-256 differs/)
  })

  it.each([
    [
      'ics.json',
      ['rows', '5.4-3', 'support'],
      'yes',
      /ics\.json:\d+: rows\.5\.4-3\.support: must be one of Y, N/,
    ],
    ['ics.json', ['rows', '9.9-9'], {}, /rows\.9\.9-9: is no provision/],
    ['ics.json', ['edition'], 'en303645-v3.1.3', /ics\.json/],
    ['project.json', ['traits', 'cheap'], true, /traits\.cheap: is no trait/],
    ['project.json', ['profiles'], [], /at least one profile/],
    ['ixit.json', ['99-Nothing'], [], /99-Nothing: is no IXIT table/],
    ['documents.json', [], [{ file: '../x' }], /file: must be a path below/],
    ['decisions.json', [], [{ on: '2026-01-02', until: '2026-01-01' }], /until: lies before/],
  ])('refuses a mistake in %s at %j with its place', (name, path, value, words) => {
    put(name, path, value)
    expect(() => assessProject(folder, '2026-11-28', undefined)).toThrow(words)
  })

  it('refuses results that are none', () => {
    writeFileSync(join(folder, 'results', 'x.json'), '{}')
    expect(() => assessProject(folder, undefined, undefined)).toThrow(
      /x\.json:1: schema: must be urn:messlatte/,
    )
    rmSync(join(folder, 'results', 'x.json'))
    storeResult([{ ...KEY, polarity: 'maybe' }])
    expect(() => assessProject(folder, undefined, undefined)).toThrow(
      /1\.json:1: .evidence.0.polarity: one of/,
    )
  })
})
