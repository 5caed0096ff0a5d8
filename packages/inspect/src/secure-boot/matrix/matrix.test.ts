import { createHash, generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { EvidenceDraft, Settings } from '../../contract.ts'
import { CELLS, type Cell, TRIED, type Tried } from './cells.ts'
import { casesOf, type RunCase, SCHEMES, type SchemeName } from './run.ts'

const NAMES = Object.keys(SCHEMES) as SchemeName[]
const OTHER_KEY = 'other key: '
const TEST = 'test: '

/** Settings that trust a key with which nothing here is signed. */
function trustingAnother(): Partial<Settings> {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const sha256 = createHash('sha256').update(spki).digest('hex')
  return { trusted: [{ name: 'another', spki, sha256 }], trustedDigests: [] }
}
const ANOTHER = trustingAnother()

function runOf(scheme: SchemeName, where: string): readonly EvidenceDraft[] {
  const run: RunCase = SCHEMES[scheme]
  return where.startsWith(OTHER_KEY) ? run(where.slice(OTHER_KEY.length), ANOTHER) : run(where)
}

const speaksFor = (evidence: readonly EvidenceDraft[]) => evidence.some(({ polarity }) => polarity === 'for')
const has = (evidence: readonly EvidenceDraft[], ...levels: readonly string[]) =>
  evidence.some(({ level }) => level !== undefined && levels.includes(level))
const isAgainst = (evidence: readonly EvidenceDraft[]) =>
  evidence.some(({ polarity }) => polarity === 'against')

/** What has to hold of each, whatever the scheme. */
const HOLDS: Readonly<Record<Tried, (evidence: readonly EvidenceDraft[]) => boolean>> = {
  signed: (evidence) => speaksFor(evidence) && has(evidence, 'E5', 'E6') && !has(evidence, 'EX'),
  unsigned: (evidence) => !speaksFor(evidence) && has(evidence, 'E0', 'E1', 'E2'),
  'tampered where covered': (evidence) => has(evidence, 'EX') && isAgainst(evidence),
  'tampered where not covered': (evidence) => !has(evidence, 'EX'),
  'wrong key': (evidence) => !evidence.some(({ level, polarity }) => level === 'E6' && polarity === 'for'),
  'test key': (evidence) =>
    !speaksFor(evidence) &&
    evidence.some(({ kind, polarity }) => /key|signer/.test(kind) && polarity === 'against'),
  truncated: (evidence) => !speaksFor(evidence),
  stripped: (evidence) => !evidence.some(({ level, polarity }) => level === 'E6' && polarity === 'for'),
  'several signatures': (evidence) => has(evidence, 'E4', 'E5', 'E6', 'EX'),
  encrypted: (evidence) => !has(evidence, 'EX'),
}

function titlesOf(scheme: SchemeName): string {
  const folder = new URL(`../${scheme}/`, import.meta.url)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n')
}

/** The table as a page: a cell names what is tried, or says why nothing can be. */
function page(): string {
  const cell = (one: Cell) => ('none' in one ? `– ${one.none}` : one.join('<br>'))
  const rows = TRIED.map((tried) => [
    `## ${tried}`,
    '',
    '| scheme | tried with |',
    '|---|---|',
    ...NAMES.map((name) => `| ${name} | ${cell(CELLS[name][tried])} |`),
    '',
  ])
  const head = [
    '# What each scheme is tried with',
    '',
    'Made from `cells.ts` by `matrix.test.ts`, which runs every case again and refuses a hole. A folder lies in the `fixtures/` of the',
    "scheme's check; the commands of its own tool stand there. Where no key of a scheme is known to everybody, the test key is one whose",
    'private half lies in the release. Schemes that sign no image (lists of keys, uImage, command lines) are not among them.',
    '',
  ]
  return [...head, ...rows.flat()].join('\n')
}

describe('the matrix of schemes and cases', () => {
  it.each(NAMES)('%s: every case is tried, or a reason says why it cannot be', (scheme) => {
    const known = new Set(casesOf(scheme))
    const titles = titlesOf(scheme)
    for (const tried of TRIED) {
      const cell = CELLS[scheme][tried]
      if ('none' in cell) {
        expect(cell.none.length, `${tried}: a reason`).toBeGreaterThan(10)
        continue
      }
      for (const where of cell) {
        if (where.startsWith(TEST))
          expect(titles, `${tried}: ${where}`).toContain(`'${where.slice(TEST.length)}'`)
        else {
          expect([...known], tried).toContain(where.replace(OTHER_KEY, ''))
          expect(HOLDS[tried](runOf(scheme, where)), `${tried}: ${where}`).toBe(true)
        }
      }
    }
  })

  it('is the table that people read', async () => {
    await expect(page()).toMatchFileSnapshot('./MATRIX.md')
  })
})
