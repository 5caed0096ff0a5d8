import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkJson, type ResultJson, ROOT } from './cli.ts'

interface Case {
  readonly case: string
  readonly expect: 'finding' | 'harmless'
  readonly kind: string
  readonly reason: string
  readonly where?: readonly string[]
}

type Evidence = ResultJson['evidence'][number] & { readonly confidence: { readonly grade: string } }

const FOLDER = join(ROOT, 'tests/credentials-blind')
const CASES = JSON.parse(readFileSync(join(FOLDER, 'labels.json'), 'utf8')) as readonly Case[]
/** Cases in one run: starting the program costs more than reading a case, and neighbours are of different kinds. */
const RUNS = 8

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => statSync(join(folder, name)).isFile())
}

/** Tokens lie in the corpus in parts, so that no scanner of a code host takes them for live ones. */
function layOut(from: string, to: string): void {
  for (const name of filesBelow(from)) {
    const bytes = readFileSync(join(from, name))
    const joined = bytes.includes('<+>')
      ? Buffer.from(bytes.toString('latin1').replaceAll('<+>', ''), 'latin1')
      : bytes
    mkdirSync(dirname(join(to, name)), { recursive: true })
    writeFileSync(join(to, name), joined)
  }
}

/** All *against* evidence of the credential checks, by the folder name of its case. */
function runAll(work: string): ReadonlyMap<string, readonly Evidence[]> {
  const found = new Map<string, Evidence[]>(CASES.map((one) => [basename(one.case), []]))
  for (const one of CASES) layOut(join(FOLDER, 'corpus', one.case), join(work, basename(one.case)))
  for (let run = 0; run < RUNS; run++) {
    const folders = CASES.filter((_, index) => index % RUNS === run).map((one) =>
      join(work, basename(one.case)),
    )
    for (const evidence of checkJson(folders).evidence as readonly Evidence[]) {
      if (evidence.polarity !== 'against' || !evidence.check.startsWith('credentials.')) continue
      found.get(evidence.path.split('/')[0]!)?.push(evidence)
    }
  }
  return found
}

function isFound(one: Case, evidence: readonly Evidence[]): boolean {
  return evidence.some(
    ({ path, confidence }) =>
      (confidence.grade === 'high' || confidence.grade === 'medium') &&
      one.where!.some((name) => {
        const place = `${basename(one.case)}/${name}`
        return path === place || path.startsWith(`${place}@`) || path.startsWith(`${place}/`)
      }),
  )
}

describe('the corpus by somebody who had not seen the rules', () => {
  const work = mkdtempSync(join(tmpdir(), 'messlatte-blind-'))
  afterAll(() => rmSync(work, { recursive: true, force: true }))

  it('is the frozen one', () => {
    const names = ['labels.json', ...filesBelow(join(FOLDER, 'corpus')).map((name) => `corpus/${name}`)]
    const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')
    const list = names
      .sort((a, b) => (a < b ? -1 : 1))
      .map((name) => `${sha256(readFileSync(join(FOLDER, name)))}  ${name}\n`)
    expect(readFileSync(join(FOLDER, 'README.md'), 'utf8')).toContain(sha256(list.join('')))
  })

  it('is found to 95 % or more, with a precision of 99 % or more', () => {
    const evidence = runAll(work)
    const of = (one: Case) => evidence.get(basename(one.case))!
    const secrets = CASES.filter((one) => one.expect === 'finding')
    const missed = secrets.filter((one) => !isFound(one, of(one)))
    const wrong = CASES.filter((one) => one.expect === 'harmless' && of(one).length > 0)
    const hits = secrets.length - missed.length
    const figures = { recall: hits / secrets.length, precision: hits / (hits + wrong.length) }
    const rows = [
      ...missed.map((one) => `missed  ${one.case}: ${one.reason}`),
      ...wrong.flatMap((one) => of(one).map(({ kind, title }) => `false   ${one.case}: ${kind}, ${title}`)),
    ]
    console.log([...rows, JSON.stringify(figures)].join('\n'))
    expect(figures.recall).toBeGreaterThanOrEqual(0.95)
    expect(figures.precision).toBeGreaterThanOrEqual(0.99)
  })
})
