import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fixturesOf } from '../testing/fixtures.ts'
import { corpusFolder, packCorpus } from './corpus.ts'
import { startCoverage } from './coverage.ts'
import { fuzz } from './loop.ts'
import { createRandom } from './random.ts'
import { formatNamed, formatNames, subjectOf } from './subject.ts'
import { tryElsewhere } from './unwatched.ts'

// npm run fuzz -- [FORMAT …] [--executions N] [--watched N] [--seconds N] [--seed N]

/** Bytes of corpus that a format may keep in the repository, and of one input of it, as they are stored. */
const MOST_CORPUS = 16 * 1024
const MOST_INPUT = 4 * 1024

const args = process.argv.slice(2)
const option = (name: string, fallback: number): number => {
  const at = args.indexOf(`--${name}`)
  return at < 0 ? fallback : Number(args.splice(at, 2)[1])
}
const executions = option('executions', 100_000)
const watched = option('watched', Number.POSITIVE_INFINITY)
const seconds = option('seconds', Number.POSITIVE_INFINITY)
const seed = option('seed', 1)
const all = formatNames()
const names = args.length > 0 ? args : all
const unknown = names.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`there is no format ${unknown.join(', ')}\n`)
  process.exit(2)
}

let bad = 0
for (const name of names) {
  const format = await formatNamed(name)
  const subject = subjectOf(format)
  const seeds = [...subject.corpus, ...subject.fixtures].filter((content) => content.length > 0)
  if (seeds.length === 0) continue
  const coverage = startCoverage([`/formats/${format.name}/`, '/packages/bytes/src/', '/formats/members.ts'])
  const before = process.cpuUsage()
  const started = performance.now()
  const random = createRandom(seed)
  const guided = Math.min(executions, watched)
  const mostFindings = 5
  const run = fuzz({
    format: subject.format,
    seeds,
    executions: guided,
    seconds,
    coverage,
    random,
    mostFindings,
  })
  coverage.end()
  keepCorpus(format.name, run.corpus)
  const rest = await tryElsewhere(format.name, {
    corpus: run.corpus,
    executions: executions - run.executions,
    seconds: seconds - (performance.now() - started) / 1000,
    seed: random.below(2 ** 32),
    mostContent: run.mostContent,
    mostFindings: mostFindings - run.findings.length,
  })
  const findings = [...run.findings, ...rest.findings]
  const count = run.executions + rest.executions
  const counts = rest.executions > 0 ? [count, run.executions] : [count]
  const { user, system } = process.cpuUsage(before)
  const speed = Math.round(count / ((user + system) / 1e6))
  const cells = [format.name, ...counts, seed, run.reached, run.corpus.length, `${speed}/s`, findings.length]
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
  for (const { content, message } of findings) {
    const name = `finding-${format.name}-${digestOf(content)}.bin`
    writeFileSync(name, content)
    process.stdout.write(`  ${name}: ${message}\n`)
    bad++
  }
}
process.exit(bad === 0 ? 0 : 1)

function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12)
}

/** The smallest inputs first: they are the most useful ones, and the repository stays small. */
function keepCorpus(format: string, corpus: readonly Buffer[]): void {
  const folder = corpusFolder(format)
  if (existsSync(folder)) for (const name of readdirSync(folder)) rmSync(new URL(name, folder))
  let left = MOST_CORPUS
  const known = new Set(fixturesOf(format, 'positive').map(({ content }) => digestOf(content)))
  for (const content of corpus.toSorted((a, b) => a.length - b.length)) {
    const digest = digestOf(content)
    if (known.has(digest)) continue
    const { ending, stored } = packCorpus(content)
    if (stored.length > Math.min(left, MOST_INPUT)) continue
    left -= stored.length
    mkdirSync(folder, { recursive: true })
    writeFileSync(new URL(`${digest}${ending}`, folder), stored)
  }
}
