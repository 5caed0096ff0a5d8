import type { Assessment, Evidence, ProvisionResult, StatedTraits, Verdict } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { assess, isCalendarDay } from './assess.ts'
import { digestOf } from './canonical.ts'
import { EN303645_2020 } from './catalogues/en303645-2020/index.ts'
import { DE_2027 } from './profiles/de-2027/index.ts'
import { testEvidence } from './testing.ts'

function run(
  evidence: readonly Evidence[] = [],
  statedTraits: StatedTraits = {},
  partial = false,
): Assessment {
  return assess({
    catalogue: EN303645_2020,
    profiles: [DE_2027],
    evidence,
    statedTraits,
    asOf: '2026-11-23',
    partial,
  })
}

function on(id: string, assessment: Assessment): ProvisionResult {
  return assessment.provisions.find((result) => result.id === id)!
}

/** Baseline and de-2027 verdict of one provision. */
function verdicts(id: string, assessment: Assessment): readonly (Verdict | undefined)[] {
  const { baseline, profiles } = on(id, assessment)
  return [baseline.verdict, profiles['de-2027']?.verdict]
}

const against = (id: string, more = {}) => testEvidence('against', [id], more)
const backing = (id: string, more = {}) => testEvidence('for', [id], more)

describe('nothing known', () => {
  const nothing = run()

  it('is open everywhere, and says what is missing', () => {
    for (const { id, baseline, profiles } of nothing.provisions) {
      for (const one of [baseline, profiles['de-2027']!]) {
        expect(one.verdict, id).toBe('open')
        expect(one.missing.length, id).toBeGreaterThan(0)
        expect(one.reasons.length, id).toBeGreaterThan(0)
      }
    }
    expect(nothing.counts.baseline?.open).toBe(68)
  })

  it('has three open pillars under each rule', () => {
    for (const rule of ['baseline', 'de-2027']) {
      const { secureBoot, credentials, updates } = nothing.pillars[rule]!
      expect([secureBoot.verdict, credentials.verdict, updates.verdict]).toEqual(['open', 'open', 'open'])
    }
  })

  it('asks first what closes most', () => {
    const lengths = nothing.questions.map(({ provisions }) => provisions.length)
    expect(nothing.questions[0]?.trait).toBe('update-mechanism')
    expect(lengths).toEqual([...lengths].sort((a, b) => b - a))
    expect(nothing.questions.map(({ trait }) => trait)).toHaveLength(13)
  })
})

describe('evidence against', () => {
  it('fails a mandatory provision, and names the evidence', () => {
    const one = against('5.4-3')
    const { baseline } = on('5.4-3', run([one]))
    expect(baseline.verdict).toBe('fail')
    expect(baseline.missing).toEqual([])
    expect(baseline.reasons.flatMap(({ evidence }) => evidence)).toEqual([one.id])
  })

  it('makes secure boot not-met in the baseline and fail in the German profile', () => {
    const assessment = run([against('5.7-1', { kind: 'boot.fit.unsigned' })])
    expect(verdicts('5.7-1', assessment)).toEqual(['not-met', 'fail'])
    const { baseline, profiles } = on('5.7-1', assessment)
    expect(baseline.reasons.at(-1)?.text.en).toMatch(/4-1.*none was handed in/)
    expect(baseline.missing).toHaveLength(1)
    expect([profiles['de-2027']?.status, profiles['de-2027']?.sourceStatus]).toEqual(['M', 'reported'])
    expect(assessment.pillars['de-2027']?.secureBoot.verdict).toBe('fail')
    expect(assessment.pillars['de-2027']?.secureBoot.reasons[0]?.text.en).toMatch(/^5\.7-1: /)
  })

  it('fails also where the condition is unknown, and says so', () => {
    const { baseline } = on('5.6-4', run([against('5.6-4')]))
    expect(baseline.verdict).toBe('fail')
    expect(baseline.reasons.some(({ text }) => /was not stated/.test(text.en))).toBe(true)
  })

  it('keeps open with low confidence', () => {
    const { baseline } = on('5.4-3', run([against('5.4-3', { grade: 'low' })]))
    expect(baseline.verdict).toBe('open')
    expect(baseline.missing.length).toBeGreaterThan(0)
  })

  it('beats evidence for', () => {
    const stated = { constrained: false, 'update-mechanism': true }
    expect(verdicts('5.3-2', run([backing('5.3-2'), against('5.3-2')], stated))).toEqual(['fail', 'fail'])
  })

  it('contests a provision that a statement let off', () => {
    expect(verdicts('6-2', run([against('6-2')], { 'personal-data-by-consent': false }))).toEqual([
      'contested',
      'contested',
    ])
  })

  it('of another edition says nothing about this one', () => {
    const other = { ...against('5.4-3'), provisions: [{ edition: 'en303645-v3.1.3', id: '5.4-3' } as const] }
    expect(verdicts('5.4-3', run([other]))).toEqual(['open', 'open'])
  })

  it('sums up a thousand findings of one kind in one reason', () => {
    const many = Array.from({ length: 1000 }, (_, at) =>
      against('5.4-3', { kind: 'key.private', path: `k${at}` }),
    )
    const { reasons } = on('5.4-3', run(many)).baseline
    expect(reasons).toHaveLength(1)
    expect(reasons[0]?.text.en).toMatch(/and 999 more/)
    expect(reasons[0]?.evidence).toHaveLength(1000)
  })
})

describe('evidence for', () => {
  const stated = { 'update-mechanism': true }

  it('supports what an image can show', () => {
    const assessment = run([backing('5.3-9')], stated)
    expect(verdicts('5.3-9', assessment)).toEqual(['supported', 'supported'])
    expect(on('5.3-9', assessment).profiles['de-2027']?.sourceStatus).toBe('analysis')
  })

  it.each(['5.1-1', '5.1-2', '5.4-3', '5.4-4', '5.7-1', '5.7-2', '5.3-1'])('never supports %s', (id) => {
    const assessment = run([backing(id, { level: 'E6' })], { ...stated, 'components-not-updateable': false })
    expect(verdicts(id, assessment)).toEqual(['open', 'open'])
  })

  it('says of secure boot that enforcement is not visible', () => {
    const { baseline } = on('5.7-1', run([backing('5.7-1', { kind: 'boot.fit.signature', level: 'E5' })]))
    expect(baseline.reasons.map(({ text }) => text.en).join(' ')).toMatch(/Prepared for secure boot/)
  })

  it.each(['E0', 'E1', 'E2', 'E3', 'E4', 'EX'] as const)('does not support at level %s', (level) => {
    expect(verdicts('5.3-9', run([backing('5.3-9', { level })], stated))).toEqual(['open', 'open'])
  })

  it('does not support with low confidence, a partial look, an opaque part or an unknown condition', () => {
    const opaque = testEvidence('neutral', ['5.3-9'], { kind: 'scope.opaque-image' })
    expect(verdicts('5.3-9', run([backing('5.3-9', { grade: 'low' })], stated))[0]).toBe('open')
    expect(verdicts('5.3-9', run([backing('5.3-9')], stated, true))[0]).toBe('open')
    expect(verdicts('5.3-9', run([backing('5.3-9'), opaque], stated))[0]).toBe('open')
    expect(verdicts('5.3-9', run([backing('5.3-9')]))[0]).toBe('open')
  })

  it('does not support while a doubt stands', () => {
    expect(verdicts('5.3-9', run([backing('5.3-9'), against('5.3-9', { grade: 'low' })], stated))[0]).toBe(
      'open',
    )
  })

  it('never gives 4-1, which is documents', () => {
    expect(verdicts('4-1', run([backing('4-1')]))).toEqual(['open', 'open'])
  })
})

describe('statements', () => {
  it('make a provision not applicable, with the answer as the reason', () => {
    const assessment = run([], { 'telemetry-collected': false })
    const { baseline } = on('5.10-1', assessment)
    expect(baseline.verdict).toBe('not-applicable')
    expect(baseline.reasons.at(-1)?.text.en).toMatch(/telemetry.* – no \(stated\)/i)
    expect(baseline.missing).toEqual([])
    expect(assessment.questions.map(({ trait }) => trait)).not.toContain('telemetry-collected')
  })

  it('fail what the product states it lacks', () => {
    expect(verdicts('5.3-2', run([], { constrained: false, 'update-mechanism': false }))).toEqual([
      'fail',
      'fail',
    ])
    expect(verdicts('5.3-1', run([], { 'components-not-updateable': true }))).toEqual(['not-met', 'fail'])
    const manual = { 'update-mechanism': true, 'automatic-updates': false }
    expect(verdicts('5.3-4', run([], manual))).toEqual(['not-met', 'fail'])
  })

  it('are contested where the evidence shows the opposite, also without evidence on the provision', () => {
    const weak = testEvidence('against', ['5.4-3'], { kind: 'account.password.weak' })
    const assessment = run([weak], { 'passwords-used': false })
    const { baseline } = on('5.1-1', assessment)
    expect(baseline.verdict).toBe('contested')
    expect(baseline.reasons.flatMap(({ evidence }) => evidence)).toContain(weak.id)
    expect(assessment.traits.find(({ id }) => id === 'passwords-used')).toMatchObject({
      value: false,
      origin: 'stated',
    })
  })

  it('are contested where they deny an update mechanism that the image holds', () => {
    const client = testEvidence('neutral', ['5.3-2'], { kind: 'update.client' })
    const assessment = run([client], { constrained: false, 'update-mechanism': false })
    for (const id of ['5.3-2', '5.3-7', '5.3-10'])
      expect(verdicts(id, assessment)).toEqual(['contested', 'contested'])
  })
})

describe('the OTA criterion of de-2027', () => {
  it('fails a product that has no updates over a network, though the standard lets it go', () => {
    const assessment = run([], { 'update-mechanism': true, 'network-updates': false })
    expect(verdicts('5.3-10', assessment)).toEqual(['not-applicable', 'fail'])
    expect(on('5.3-10', assessment).profiles['de-2027']).toMatchObject({
      sourceStatus: 'reported',
      missing: [],
    })
    expect(assessment.pillars['de-2027']?.updates.verdict).toBe('fail')
    expect(assessment.pillars.baseline?.updates.verdict).toBe('open')
  })

  it('fails a constrained product that cannot be updated', () => {
    const assessment = run([], { constrained: true, 'update-mechanism': false })
    expect(verdicts('5.3-2', assessment)).toEqual(['not-applicable', 'fail'])
  })

  it('stays open while nobody knows, and asks', () => {
    const { profiles } = on('5.3-10', run([backing('5.3-10')], { 'update-mechanism': true }))
    expect(profiles['de-2027']?.verdict).toBe('open')
    expect(profiles['de-2027']?.missing.some(({ what }) => /over a network/.test(what.en))).toBe(true)
    const asks = profiles['de-2027']!.missing.map(({ what }) => what.en)
    expect(new Set(asks).size).toBe(asks.length)
  })

  it('is met by a product with updates over a network', () => {
    expect(verdicts('5.3-10', run([backing('5.3-10')], { 'network-updates': true }))).toEqual([
      'supported',
      'supported',
    ])
  })

  it('is contested where a statement denies what the image does', () => {
    const http = testEvidence('neutral', ['5.5-1'], { kind: 'update.transport.plain-http' })
    expect(verdicts('5.3-10', run([http], { 'network-updates': false }))).toEqual(['contested', 'contested'])
  })
})

describe('the assessment', () => {
  it('sorts provisions naturally and counts all of them under each rule', () => {
    const assessment = run()
    expect(assessment.provisions.map(({ id }) => id).slice(0, 2)).toEqual(['4-1', '5.1-1'])
    expect(assessment.provisions.at(-1)?.id).toBe('6-5')
    for (const counts of Object.values(assessment.counts)) {
      expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(68)
    }
  })

  it('carries id, version and digest of its rules', () => {
    const { catalogue, profiles } = run()
    expect(catalogue).toEqual({ id: 'en303645-2020', version: '1.0.0', digest: digestOf(EN303645_2020) })
    expect(profiles[0]).toMatchObject({ id: 'de-2027', digest: digestOf(DE_2027), lastFreeDay: '2027-01-01' })
  })

  it('has only the baseline without a profile', () => {
    const inputs = { catalogue: EN303645_2020, profiles: [], evidence: [], statedTraits: {}, partial: false }
    const assessment = assess({ ...inputs, asOf: '2027-01-02' })
    expect(Object.keys(assessment.pillars)).toEqual(['baseline'])
    expect(assessment.provisions.every(({ profiles }) => Object.keys(profiles).length === 0)).toBe(true)
  })

  it.each([
    ['2026-11-23', false],
    ['2027-01-01', false],
    ['2027-01-02', true],
  ])('knows on %s whether the cut-off lies behind', (asOf, past) => {
    const inputs = {
      catalogue: EN303645_2020,
      profiles: [DE_2027],
      evidence: [],
      statedTraits: {},
      partial: false,
    }
    expect(assess({ ...inputs, asOf }).profiles[0]?.inForceAsOf).toBe(past)
  })

  it.each(['', '2027-1-2', '2027-02-30', '2027-13-01', '2027-01-02T00:00:00Z', 'tomorrow'])(
    'refuses %j as a day',
    (asOf) => {
      const inputs = {
        catalogue: EN303645_2020,
        profiles: [],
        evidence: [],
        statedTraits: {},
        partial: false,
      }
      expect(isCalendarDay(asOf)).toBe(false)
      expect(() => assess({ ...inputs, asOf })).toThrow(expect.objectContaining({ code: 'bad-date' }))
    },
  )

  it('refuses a profile of another edition', () => {
    const stray = { ...DE_2027, edition: 'en303645-v3.1.3' as const }
    const inputs = {
      catalogue: EN303645_2020,
      evidence: [],
      statedTraits: {},
      partial: false,
      asOf: '2027-01-02',
    }
    expect(() => assess({ ...inputs, profiles: [stray] })).toThrow(
      expect.objectContaining({ code: 'edition-mismatch' }),
    )
  })
})
