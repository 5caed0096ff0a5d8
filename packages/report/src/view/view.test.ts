import type { CheckResult, ProfileVerdict, Verdict } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { minimalSample, richSample } from '../testing/sample.ts'
import { pairedKey, weakRoot } from '../testing/sample-evidence.ts'
import { answersOf } from './answers.ts'
import { asksOf } from './asks.ts'
import { columnsOf, countsOf } from './columns.ts'
import { failingOf, othersOf } from './findings.ts'
import { numberEvidence } from './numbering.ts'
import { inLines, inShort } from './observation.ts'
import { sumRegions } from './regions.ts'

describe('answers', () => {
  it.each([
    [['fail', 'open', 'contested'], 'Obstacles found under de-2027 (as reported)'],
    [['contested', 'open'], 'Contradictions found under de-2027 (as reported)'],
    [['open', 'supported'], 'Not enough to say under de-2027 (as reported)'],
    [['not-applicable'], 'Not enough to say under de-2027 (as reported)'],
    [[], 'Not enough to say under de-2027'],
    [['supported', 'not-met', 'pass'], 'No obstacle found under de-2027 (as reported)'],
  ] as const)('%j is: %s', (verdicts, answer) => {
    expect(answersOf(withVerdicts(verdicts), 'en').map((it) => it.text)).toEqual([answer])
  })

  it('leaves out the doubt where every source is sound', () => {
    const [answer] = answersOf(withVerdicts(['fail'], 'in-force'), 'en')
    expect(answer?.text).toBe('Obstacles found under de-2027')
  })

  it('answers for the standard alone without a profile', () => {
    const rich = richSample()
    const bare = { ...rich, options: { ...rich.options, profiles: [] } }
    expect(answersOf(bare, 'de').map((it) => it.text)).toEqual([
      'Hindernisse nach EN 303 645 allein (Basis) gefunden',
    ])
    expect(columnsOf(bare)).toEqual(['baseline'])
  })
})

describe('findings', () => {
  it('names first what fails under the profile', () => {
    const failing = failingOf(withVerdicts(['open', 'fail']))
    expect(failing.map((it) => it.provision.id)).toEqual(['5.1-1'])
    expect(failingOf(richSample()).map((it) => it.provision.id)).toContain('5.7-1')
  })

  it('gives what only the baseline fails after that', () => {
    const rich = richSample()
    const provisions = rich.assessment.provisions.map((it) => {
      const own = it.profiles['de-2027']
      return it.id === '5.1-1' && own
        ? { ...it, profiles: { 'de-2027': { ...own, verdict: 'open' as const } } }
        : it
    })
    const failing = failingOf({ ...rich, assessment: { ...rich.assessment, provisions } })
    expect(failing.at(-1)?.provision.id).toBe('5.1-1')
  })

  it('never names a failing provision a second time', () => {
    const failing = failingOf(richSample()).map((it) => it.provision.id)
    const others = othersOf(richSample()).map((it) => it.provision.id)
    expect(others).toEqual(['5.6-1', '5.5-4'])
    expect(others.filter((it) => failing.includes(it))).toEqual([])
  })

  it('stands evidence that the result does not hold', () => {
    expect(failingOf({ ...richSample(), evidence: [] }).every((it) => it.evidence.length === 0)).toBe(true)
  })
})

describe('asks', () => {
  it('says each once, by party, with all it is for', () => {
    const parties = asksOf(richSample())
    expect(parties.map((it) => it.party)).toEqual(['maker', 'laboratory', 'importer', 'assessor'])
    const all = parties.flatMap((it) => it.asks.map((ask) => ask.missing.what.en))
    expect(new Set(all).size).toBe(all.length)
    expect(parties.at(-1)?.asks[0]?.provisions).toEqual(['5.3-9', '5.5-4', '5.7-1'])
  })
})

describe('counts', () => {
  it('agree with the assessment', () => {
    for (const result of [richSample(), minimalSample()]) {
      for (const column of columnsOf(result)) {
        expect(countsOf(result, column)).toEqual(result.assessment.counts[column])
      }
    }
  })
})

describe('numbering', () => {
  it('follows the place, in whatever order evidence comes', () => {
    const rich = richSample()
    const turned = numberEvidence({ ...rich, evidence: rich.evidence.toReversed() })
    expect([...turned.keys()]).toEqual([...numberEvidence(rich).keys()])
    expect(turned.get(weakRoot.id)?.number).toBeLessThan(turned.get(pairedKey.id)?.number ?? 0)
  })
})

describe('observations', () => {
  it('become one line', () => {
    expect(inShort({ a: 1, b: [true, null], c: { d: 'x' } }, 99)).toBe('a: 1 · b: [true, null] · c: (d: x)')
    expect(inShort('plain', 99)).toBe('plain')
    expect(inShort('abcdef', 4)).toBe('abc…')
    expect(inShort('0'.repeat(64), 99)).toBe('000000000000…')
  })

  it('become lines by key', () => {
    expect(inLines({ a: 1, b: 2, c: 3 }, 2, 9)).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['', '…'],
    ])
    expect(inLines(['x'], 2, 9)).toEqual([['', '[x]']])
  })

  it('are cut where they nest deep', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`)
    expect(inShort(deep, 999)).toBe('a: (a: (a: (a: (…))))')
  })
})

describe('regions', () => {
  it('add up by guess, most bytes first', () => {
    const region = { path: 'a', offset: 0, entropy: 1, chiSquare: 0, length: 2 }
    const sums = sumRegions([
      { ...region, guess: 'text' },
      { ...region, guess: 'sparse', length: 9 },
      { ...region, guess: 'text' },
    ])
    expect(sums).toEqual([
      { guess: 'sparse', count: 1, bytes: 9 },
      { guess: 'text', count: 2, bytes: 4 },
    ])
  })
})

function withVerdicts(
  verdicts: readonly Verdict[],
  sourceStatus: ProfileVerdict['sourceStatus'] = 'reported',
): CheckResult {
  const rich = richSample()
  const provisions = verdicts.flatMap((verdict, i) => {
    const provision = rich.assessment.provisions[i]
    if (provision === undefined) return []
    const own = { status: 'M', verdict, reasons: [], missing: [] } as const
    return { ...provision, baseline: own, profiles: { 'de-2027': { ...own, sourceStatus } } }
  })
  return { ...rich, assessment: { ...rich.assessment, provisions } }
}
