import type { Bytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { ContainerFormat, LeafFormat } from '../contract.ts'
import { FORMATS } from '../formats/index.ts'
import { attempt } from '../testing/attempt.ts'
import type { Coverage } from './coverage.ts'
import { startCoverage } from './coverage.ts'
import { fuzz } from './loop.ts'
import { seedOf } from './mutate.ts'
import { plantedDeepThrow, plantedEndless, plantedMisplaced } from './planted.ts'
import { createRandom } from './random.ts'
import { subjectOf } from './subject.ts'
import { tryElsewhere, tryUnwatched } from './unwatched.ts'

const SHORT_RUN = 150

describe('the readers', () => {
  it.each(FORMATS)('$name stands its corpus, and a short run of new inputs', (one) => {
    const { format, corpus, fixtures } = subjectOf(one)
    for (const content of corpus) attempt(format, content)
    const seeds = [...corpus, ...fixtures].filter(({ length }) => length > 0).map(seedOf)
    const random = createRandom(7)
    if (seeds.length === 0) return
    for (let i = 0; i < SHORT_RUN; i++)
      random
        .oneOf(seeds)
        .mutate(random, seeds)
        .use((content) => attempt(format, content))
  })
})

describe('the fuzzing loop', () => {
  const seeds = [Buffer.from('PLNT\x01\x00\x00\x00 some bytes to change'.padEnd(64, '.'), 'latin1')]

  it.each([
    ['an error that is not of the readers’ own kinds, behind four comparisons', plantedDeepThrow],
    ['work without an end', plantedEndless],
    ['a region that ends behind the bytes', plantedMisplaced],
  ] as const)('finds a planted fault: %s', (_, format: ContainerFormat | LeafFormat) => {
    const coverage: Coverage = startCoverage(['/fuzz/planted'])
    try {
      const run = fuzz({
        format,
        seeds,
        executions: 400_000,
        coverage,
        random: createRandom(3),
        mostFindings: 1,
      })
      expect(run.findings.length).toBeGreaterThan(0)
      expect(() => attempt(format, run.findings[0]?.content ?? Buffer.alloc(0))).toThrow()
    } finally {
      coverage.end()
    }
  })

  it('finds nothing in a reader without a fault', () => {
    const coverage = startCoverage(['/fuzz/planted'])
    const sound: LeafFormat = {
      ...plantedMisplaced,
      recognise: (bytes: Bytes, at: number) => (bytes.size > at ? { start: at, end: bytes.size } : undefined),
    }
    try {
      const run = fuzz({
        format: sound,
        seeds,
        executions: 2000,
        coverage,
        random: createRandom(3),
        mostFindings: 1,
      })
      expect(run.findings).toEqual([])
    } finally {
      coverage.end()
    }
  })
})

describe('changes of a corpus that nobody watches', () => {
  const UNWATCHED = {
    corpus: [Buffer.from('PLNT\x01\x00\x00\x00 some bytes to change'.padEnd(64, '.'), 'latin1')],
    executions: 100_000,
    seconds: Number.POSITIVE_INFINITY,
    seed: 3,
    mostContent: 65_536,
    mostFindings: 1,
  }

  it.each([
    ['work without an end', plantedEndless],
    ['a region that ends behind the bytes', plantedMisplaced],
  ] as const)('find a planted fault: %s', (_, format: ContainerFormat | LeafFormat) => {
    const { findings } = tryUnwatched(format, UNWATCHED)
    expect(findings).toHaveLength(1)
    expect(() => attempt(format, findings[0]?.content ?? Buffer.alloc(0))).toThrow()
  })

  it('are counted, in a thread of its own too', async () => {
    const { corpus } = subjectOf(FORMATS.find(({ name }) => name === 'uf2') as (typeof FORMATS)[number])
    const options = { ...UNWATCHED, corpus, executions: 777 }
    expect(await tryElsewhere('uf2', options)).toEqual({ executions: 777, findings: [] })
  })
})
