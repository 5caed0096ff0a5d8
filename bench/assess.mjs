import { createHash } from 'node:crypto'
import {
  assess,
  CATALOGUES,
  checkClaims,
  EVIDENCE_KINDS,
  effectsOf,
  PROFILES,
} from '../packages/conformity/src/index.ts'
import { machine, median, option } from './lib.mjs'

// node bench/assess.mjs [--runs N]: what one product costs to assess, with 500 pieces of evidence, by the verdicts alone.

const RUNS = Number(option('runs', '300'))
const PIECES = 500
const GOAL_MS = 0.5
const catalogue = CATALOGUES['en303645-2020']
const ids = catalogue.provisions.map(({ id }) => id)

/** Evidence of all kinds on all provisions, the same in each run. */
function evidence() {
  return Array.from({ length: PIECES }, (_, at) => {
    const { kind, polarities } = EVIDENCE_KINDS[(at * 7) % EVIDENCE_KINDS.length]
    return {
      id: createHash('sha256').update(String(at)).digest('hex'),
      check: 'bench',
      checkVersion: 1,
      provisions: [0, 1].map((step) => ({
        edition: 'en303645-2020',
        id: ids[(at * 13 + step * 29) % ids.length],
      })),
      cases: [],
      polarity: polarities[at % polarities.length],
      kind,
      path: `fw.bin@0x0:squashfs/etc/${at % 97}`,
      offset: at,
      length: 1,
      sha256: '00'.repeat(32),
      title: { en: `Seen: ${kind}`, de: `Gesehen: ${kind}` },
      observation: {},
      confidence: { grade: ['high', 'medium', 'low'][at % 3], reason: { en: 'x', de: 'x' } },
    }
  })
}

const claims = {
  edition: 'en303645-2020',
  identification: [],
  securityContext: '',
  conditions: [],
  ics: ids.map((provision, at) => ({ provision, support: ['Y', 'Y', 'N'][at % 3], detail: 'as described' })),
  tables: { '20-SecBoot': [{ ID: 'SecBoot-1', Description: 'Signed images.' }] },
  groups: [],
  summaries: [],
}

/** The median by the clock, and the mean of processor time: that one does not count what other work takes. */
function milliseconds(inputs) {
  const once = () => {
    const started = performance.now()
    assess(inputs)
    return performance.now() - started
  }
  for (let warm = 0; warm < RUNS; warm++) once()
  const before = process.cpuUsage()
  const clock = median(Array.from({ length: RUNS }, once))
  const { user, system } = process.cpuUsage(before)
  return { clock, processor: (user + system) / 1000 / RUNS }
}

const pieces = evidence()
const shared = { catalogue, evidence: pieces, statedTraits: {}, asOf: '2026-11-28', partial: false }
const findings = checkClaims(claims, { traits: {} })
const { claims: effective, ...effects } = effectsOf(claims, findings, catalogue, pieces)
const rules = (...names) =>
  PROFILES.filter(({ id, edition }) => edition === 'en303645-2020' && names.includes(id))
const decisions = ids.slice(0, 20).map((provision) => ({
  id: provision,
  provision,
  rule: 'baseline',
  verdict: 'pass',
  by: 'bench',
  on: '2026-01-01',
  until: '2027-01-01',
  reason: 'bench',
  evidence: [],
}))

process.stdout.write(
  `${machine()}; medians of ${RUNS} runs, ${PIECES} pieces of evidence, goal ${GOAL_MS} ms\n`,
)
for (const [name, inputs] of [
  ['baseline alone', { ...shared, profiles: [] }],
  ['baseline and de-2027', { ...shared, profiles: rules('de-2027') }],
  [
    'with a claim on each provision and 20 decisions',
    { ...shared, profiles: rules('de-2027'), claims: effective, effects, decisions },
  ],
  [
    'with all five rules',
    { ...shared, profiles: rules('de-2027', 'eu-red-2025', 'eu-cra-2027', 'uk-psti', 'bsi-label') },
  ],
]) {
  const { clock, processor } = milliseconds(inputs)
  process.stdout.write(
    `${name}: ${clock.toFixed(2)} ms, ${(clock / GOAL_MS).toFixed(2)} × the goal; of the processor ${processor.toFixed(2)} ms\n`,
  )
}
