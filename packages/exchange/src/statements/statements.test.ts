import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { Verdict } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { seal } from '../pack/dsse.ts'
import { writePack } from '../pack/pack.ts'
import { evidenceId } from '../result/evidence-id.ts'
import { writeResultJson } from '../result/result-json.ts'
import { minimal, rich as sample } from '../testing/sample.ts'
import { openStatement, predicateTypeOf } from './open.ts'
import { STATEMENT_KINDS, writeStatement } from './write.ts'

/** With ids as a check computes them: a reader computes them again. */
const rich = { ...sample, evidence: sample.evidence.map((one) => ({ ...one, id: evidenceId(one) })) }
const RESULT = writeResultJson(rich, 'en')
const KEY = generateKeyPairSync('ed25519').privateKey
const OTHER = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
/** The sample with one verdict under the standard itself on everything. */
const resultWith = (verdict: Verdict) =>
  writeResultJson(
    {
      ...rich,
      assessment: {
        ...rich.assessment,
        provisions: rich.assessment.provisions.map((one) => ({
          ...one,
          baseline: { ...one.baseline, verdict },
          profiles: {},
        })),
      },
    },
    'en',
  )
const opened = (kind: (typeof STATEMENT_KINDS)[number], result = RESULT) =>
  openStatement('s', writeStatement(kind, 'r', result, KEY), [createPublicKey(KEY)])

describe('in-toto statements', () => {
  it.each(STATEMENT_KINDS)(
    'are opened by whoever trusts the key, and whole for everybody else: %s',
    (kind) => {
      for (const key of [KEY, OTHER]) {
        const text = writeStatement(kind, 'r', RESULT, key)
        expect(openStatement('s', text, [createPublicKey(key)]).trusted).toBe(true)
        expect(openStatement('s', text, []).trusted).toBe(false)
        expect(predicateTypeOf('s', text)).toMatch(new RegExp(`^https://in-toto.io/attestation/${kind}/v`))
      }
      expect(opened(kind).images.map(({ name }) => name)).toEqual(['a.bin', 'b.bin'])
    },
  )

  it('state as verified only what evidence backs or somebody decided, and say which', () => {
    const count = rich.assessment.provisions.length
    for (const [verdict, word] of [
      ['supported', 'SUPPORTED'],
      ['pass', 'DECIDED_PASS'],
    ] as const) {
      const { properties, verifier } = opened('svr', resultWith(verdict)).predicate as {
        properties: readonly string[]
        verifier: { policies: readonly unknown[] }
      }
      expect(properties).toHaveLength(count)
      for (const one of properties)
        expect(one).toMatch(new RegExp(`^MESSLATTE_EN303645-2020_[0-9A-Z.-]+_${word}$`))
      expect(verifier.policies).toHaveLength(1 + rich.assessment.profiles.length)
    }
    for (const verdict of ['fail', 'contested', 'open', 'not-met', 'not-applicable'] as const)
      expect(opened('svr', resultWith(verdict)).predicate.properties, verdict).toEqual([])
  })

  it('never let a test pass that is open, not met or contested', () => {
    const { passedTests, warnedTests, failedTests } = opened('test-result').predicate as Record<
      string,
      string[]
    >
    for (const { id, baseline } of rich.assessment.provisions) {
      const name = `${rich.assessment.catalogue.id} ${id}`
      expect(passedTests?.includes(name), id).toBe(['supported', 'pass'].includes(baseline.verdict))
      expect(failedTests?.includes(name), id).toBe(['fail', 'contested'].includes(baseline.verdict))
      expect(warnedTests?.includes(name), id).toBe(['open', 'not-met'].includes(baseline.verdict))
    }
    const of = (verdict: Verdict) => opened('test-result', resultWith(verdict)).predicate.result
    expect([of('fail'), of('contested')]).toEqual(['FAILED', 'FAILED'])
    expect([of('open'), of('not-met'), of('not-applicable')]).toEqual(['WARNED', 'WARNED', 'WARNED'])
    expect([of('supported'), of('pass')]).toEqual(['PASSED', 'PASSED'])
  })

  it('say of each attribute whether it speaks for or against', () => {
    const { attributes } = opened('scai').predicate as {
      attributes: readonly { attribute: string; conditions: { polarity: string } }[]
    }
    const told = rich.evidence.filter(({ polarity }) => polarity !== 'neutral')
    expect(attributes.map((one) => one.conditions.polarity).sort()).toEqual(
      told.map(({ polarity }) => polarity).sort(),
    )
    expect(() => writeStatement('scai', 'r', writeResultJson(minimal, 'en'), KEY)).toThrow(
      /no attribute to state/,
    )
  })

  it('are refused where they were changed, and where they are about nothing', () => {
    const envelope = JSON.parse(writeStatement('svr', 'r', RESULT, KEY))
    const other = Buffer.from(envelope.payload, 'base64').toString().replace('a.bin', 'c.bin')
    const changed = JSON.stringify({ ...envelope, payload: Buffer.from(other).toString('base64') })
    expect(() => openStatement('s', changed, [createPublicKey(KEY)])).toThrow(/no signature verifies/)
    const nothing = {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [],
      predicateType: 'x',
      predicate: {},
    }
    const text = JSON.stringify(seal('application/vnd.in-toto+json', JSON.stringify(nothing), KEY))
    expect(() => openStatement('s', text, [createPublicKey(KEY)])).toThrow(/no in-toto statement/)
    expect(() => predicateTypeOf('s', '{}')).toThrow(/payload/)
    expect(() => writeStatement('svr', 'r', '{}', KEY)).toThrow(/r:1/)
  })

  it('tell a pack from themselves', () => {
    expect(predicateTypeOf('p', writePack('r', RESULT, KEY))).toBe('urn:messlatte:evidence-pack:1')
  })
})
