import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messlatte, ROOT } from './cli.ts'
import { strange } from './languages.ts'

const PORTFOLIO = join(ROOT, 'tests/portfolio/brand-owner.csv')
const key = join(ROOT, 'packages/inspect/src/update/swu/fixtures/negative/raw/update.pem')
const work = mkdtempSync(join(tmpdir(), 'messlatte-refusals-'))
afterAll(() => rmSync(work, { recursive: true }))

describe('what cannot be done', () => {
  const nothing = join(work, 'nothing')
  const [text, empty] = [join(work, 'text'), join(work, 'empty')]
  const [broken, other, project] = ['broken.json', 'other.json', 'project'].map((name) =>
    join(work, name),
  ) as [string, string, string]
  beforeAll(() => {
    writeFileSync(text, '{}')
    writeFileSync(empty, '')
    writeFileSync(broken, '{"schema": "urn:messlatte:result:1", "tool": 5')
    writeFileSync(other, '{"schema": "urn:messlatte:result:1", "tool": {"version": 5}}')
    messlatte(['init', project, '--profile', 'de-2027'])
    writeFileSync(join(project, 'project.json'), '{"product": 5, "edition": "none",\n "more": {}}')
  })

  it.each([
    [['check', nothing]],
    [['check', text, '--profile', 'none']],
    [['check', text, '--trait', 'none']],
    [['check', text, '--as-of', 'soon']],
    [['check', text, '--trust', text]],
    [['check', text, '--limit-bytes', 'many']],
    [['check', text, '--json', join(nothing, 'a')]],
    [['check', text, '--none']],
    [['check']],
    [['unpack', text, '-o', text]],
    [['unpack', text, '--key', empty]],
    [['assess', nothing]],
    [['assess', project]],
    [['compare-releases', broken, broken]],
    [['compare-releases', other, other]],
    [['status', 'verify', 'MESSLATTE-STATUS:1:a.b', '--trust', key]],
    [['status', 'verify', text, '--trust', key]],
    [['verify', text]],
    [['verify-pack', broken]],
    [['claims', 'check', join(ROOT, 'packages/exchange/src/claims/fixtures/form-with-mistakes.xlsx')]],
    [['check', text, '--fuses', text, '--fuses-by', 'A', '--fuses-on', '2026-11-28']],
    [['check', text, '--profile', other]],
    [['explain', 'nothing']],
    [['plan']],
    [['plan', nothing]],
    [['plan', PORTFOLIO, '--market', 'XX']],
    [['request', PORTFOLIO, '--supplier', 'Nobody']],
    [['letter', PORTFOLIO, '--to', 'nobody']],
    [
      [
        'letter',
        PORTFOLIO,
        '--to',
        'customer',
        '--product',
        'BH-0001',
        '--basis',
        'report-2026-07',
        '-o',
        'a.pdf',
      ],
    ],
    [['status', 'verify', text]],
    [['verify', nothing]],
    [['init', work]],
    [['compare-units', text]],
    [['tamper', text]],
    [['document', 'declaration', nothing, '--under', 'de-2027', '-o', 'a.pdf']],
    [['document', 'test-plan', nothing, '-o', 'a.txt']],
  ])('is told in German: %j', (args) => {
    const { code, err } = messlatte([...args, '--lang', 'de'])
    expect(code).toBe(2)
    expect(err).toMatch(/^messlatte: ./)
    const told = err.replaceAll(work, '').replace(/^\(messlatte --help.*$/m, '')
    expect(strange(told, 'de')).toEqual([])
  })
})
