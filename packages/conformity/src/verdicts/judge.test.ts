import { describe, expect, it } from 'vitest'
import { resultOn, testAssessment, testEvidence, verdictsOn } from '../testing.ts'

const against = (id: string, more = {}) => testEvidence('against', [id], more)
const backing = (id: string, more = {}) => testEvidence('for', [id], more)

describe('evidence against', () => {
  it('fails a mandatory provision, and names the evidence', () => {
    const one = against('5.4-3')
    const { baseline } = resultOn('5.4-3', testAssessment([one]))
    expect(baseline.verdict).toBe('fail')
    expect(baseline.missing).toEqual([])
    expect(baseline.reasons.flatMap(({ evidence }) => evidence)).toEqual([one.id])
  })

  it('makes secure boot not-met in the baseline and fail in the German profile', () => {
    const assessment = testAssessment([against('5.7-1', { kind: 'boot.fit.unsigned' })])
    expect(verdictsOn('5.7-1', assessment)).toEqual(['not-met', 'fail'])
    const { baseline, profiles } = resultOn('5.7-1', assessment)
    expect(baseline.reasons.at(-1)?.text.en).toMatch(/4-1.*none was handed in/)
    expect(baseline.missing).toHaveLength(1)
    expect([profiles['de-2027']?.status, profiles['de-2027']?.sourceStatus]).toEqual(['M', 'reported'])
    expect(assessment.pillars['de-2027']?.secureBoot.verdict).toBe('fail')
    expect(assessment.pillars['de-2027']?.secureBoot.reasons[0]?.text.en).toMatch(/^5\.7-1: /)
  })

  it('fails also where the condition is unknown, and says so', () => {
    const { baseline } = resultOn('5.6-4', testAssessment([against('5.6-4')]))
    expect(baseline.verdict).toBe('fail')
    expect(baseline.reasons.some(({ text }) => /was not stated/.test(text.en))).toBe(true)
  })

  it('that something is missing fails only what the product is said to need', () => {
    const absent = against('5.3-2', { kind: 'update.mechanism.absent' })
    expect(resultOn('5.3-2', testAssessment([absent])).baseline.verdict).toBe('open')
    expect(resultOn('5.3-2', testAssessment([absent], { constrained: false })).baseline.verdict).toBe('fail')
    expect(resultOn('5.3-2', testAssessment([absent], { constrained: true })).baseline.verdict).not.toBe(
      'fail',
    )
  })

  it('keeps open with low confidence', () => {
    const { baseline } = resultOn('5.4-3', testAssessment([against('5.4-3', { grade: 'low' })]))
    expect(baseline.verdict).toBe('open')
    expect(baseline.missing.length).toBeGreaterThan(0)
  })

  it('beats evidence for', () => {
    const stated = { constrained: false, 'update-mechanism': true }
    expect(verdictsOn('5.3-2', testAssessment([backing('5.3-2'), against('5.3-2')], stated))).toEqual([
      'fail',
      'fail',
    ])
  })

  it('contests a provision that a statement let off', () => {
    expect(
      verdictsOn('6-2', testAssessment([against('6-2')], { 'personal-data-by-consent': false })),
    ).toEqual(['contested', 'contested'])
  })

  it('of another edition says nothing about this one', () => {
    const other = { ...against('5.4-3'), provisions: [{ edition: 'en303645-v3.1.3', id: '5.4-3' } as const] }
    expect(verdictsOn('5.4-3', testAssessment([other]))).toEqual(['open', 'open'])
  })

  it('sums up a thousand findings of one kind in one reason', () => {
    const many = Array.from({ length: 1000 }, (_, at) =>
      against('5.4-3', { kind: 'key.private', path: `k${at}` }),
    )
    const { reasons } = resultOn('5.4-3', testAssessment(many)).baseline
    expect(reasons).toHaveLength(1)
    expect(reasons[0]?.text.en).toMatch(/and 999 more/)
    expect(reasons[0]?.evidence).toHaveLength(1000)
  })
})

describe('evidence for', () => {
  const stated = { 'update-mechanism': true }

  it('supports what an image can show', () => {
    const assessment = testAssessment([backing('5.3-9')], stated)
    expect(verdictsOn('5.3-9', assessment)).toEqual(['supported', 'supported'])
    expect(resultOn('5.3-9', assessment).profiles['de-2027']?.sourceStatus).toBe('analysis')
  })

  it.each(['5.1-1', '5.1-2', '5.4-3', '5.4-4', '5.7-1', '5.7-2', '5.3-1'])('never supports %s', (id) => {
    const assessment = testAssessment([backing(id, { level: 'E6' })], {
      ...stated,
      'components-not-updateable': false,
    })
    expect(verdictsOn(id, assessment)).toEqual(['open', 'open'])
  })

  it('supports secure boot where a document shows that the hardware begins a whole chain, and never passes it', () => {
    const chain = backing('5.7-1', { kind: 'boot.chain.whole', level: 'E5' })
    const unit = backing('5.7-1', { kind: 'boot.fuses.enforced', grade: 'medium' })
    expect(verdictsOn('5.7-1', testAssessment([chain, unit]))).toEqual(['supported', 'supported'])
    expect(verdictsOn('5.7-1', testAssessment([unit]))).toEqual(['open', 'open'])
    expect(verdictsOn('5.7-1', testAssessment([chain]))).toEqual(['open', 'open'])
    expect(verdictsOn('5.7-1', testAssessment([chain, unit], {}, true))).toEqual(['open', 'open'])
    const off = against('5.7-1', { kind: 'boot.fuses.off' })
    expect(verdictsOn('5.7-1', testAssessment([chain, unit, off]))).toEqual(['not-met', 'fail'])
  })

  it('says of secure boot that enforcement is not visible', () => {
    const { baseline } = resultOn(
      '5.7-1',
      testAssessment([backing('5.7-1', { kind: 'boot.fit.signature', level: 'E5' })]),
    )
    expect(baseline.reasons.map(({ text }) => text.en).join(' ')).toMatch(/Prepared for secure boot/)
  })

  it.each(['E0', 'E1', 'E2', 'E3', 'E4', 'EX'] as const)('does not support at level %s', (level) => {
    expect(verdictsOn('5.3-9', testAssessment([backing('5.3-9', { level })], stated))).toEqual([
      'open',
      'open',
    ])
  })

  it('does not support with low confidence, a partial look, an opaque part or an unknown condition', () => {
    const opaque = testEvidence('neutral', ['5.3-9'], { kind: 'scope.opaque-image' })
    expect(verdictsOn('5.3-9', testAssessment([backing('5.3-9', { grade: 'low' })], stated))[0]).toBe('open')
    expect(verdictsOn('5.3-9', testAssessment([backing('5.3-9')], stated, true))[0]).toBe('open')
    expect(verdictsOn('5.3-9', testAssessment([backing('5.3-9'), opaque], stated))[0]).toBe('open')
    expect(verdictsOn('5.3-9', testAssessment([backing('5.3-9')]))[0]).toBe('open')
  })

  it('does not support while a doubt stands', () => {
    expect(
      verdictsOn('5.3-9', testAssessment([backing('5.3-9'), against('5.3-9', { grade: 'low' })], stated))[0],
    ).toBe('open')
  })

  it('never gives 4-1, which is documents', () => {
    expect(verdictsOn('4-1', testAssessment([backing('4-1')]))).toEqual(['open', 'open'])
  })
})

describe('statements', () => {
  it('make a provision not applicable, with the answer as the reason', () => {
    const assessment = testAssessment([], { 'telemetry-collected': false })
    const { baseline } = resultOn('5.10-1', assessment)
    expect(baseline.verdict).toBe('not-applicable')
    expect(baseline.reasons.at(-1)?.text.en).toMatch(/telemetry.* – no \(stated\)/i)
    expect(baseline.missing).toEqual([])
    expect(assessment.questions.map(({ trait }) => trait)).not.toContain('telemetry-collected')
  })

  it('fail what the product states it lacks', () => {
    expect(
      verdictsOn('5.3-2', testAssessment([], { constrained: false, 'update-mechanism': false })),
    ).toEqual(['fail', 'fail'])
    expect(verdictsOn('5.3-1', testAssessment([], { 'components-not-updateable': true }))).toEqual([
      'not-met',
      'fail',
    ])
    const manual = { 'update-mechanism': true, 'automatic-updates': false }
    expect(verdictsOn('5.3-4', testAssessment([], manual))).toEqual(['not-met', 'fail'])
  })

  it('are contested where the evidence shows the opposite, also without evidence on the provision', () => {
    const weak = testEvidence('against', ['5.4-3'], { kind: 'account.password.weak' })
    const assessment = testAssessment([weak], { 'passwords-used': false })
    const { baseline } = resultOn('5.1-1', assessment)
    expect(baseline.verdict).toBe('contested')
    expect(baseline.reasons.flatMap(({ evidence }) => evidence)).toContain(weak.id)
    expect(assessment.traits.find(({ id }) => id === 'passwords-used')).toMatchObject({
      value: false,
      origin: 'stated',
    })
  })

  it('that the evidence contradicts stay contested for a recommendation, whatever else speaks against it', () => {
    const schedule = testEvidence('neutral', ['5.3-5'], { kind: 'update.automatic' })
    const stated = { 'automatic-updates': false }
    expect(verdictsOn('5.3-4', testAssessment([schedule], stated))).toEqual(['contested', 'contested'])
    const both = testAssessment([schedule, against('5.3-4')], stated)
    expect(verdictsOn('5.3-4', both)).toEqual(['contested', 'fail'])
  })

  it('are contested where they deny an update mechanism that the image holds', () => {
    const client = testEvidence('neutral', ['5.3-2'], { kind: 'update.client' })
    const assessment = testAssessment([client], { constrained: false, 'update-mechanism': false })
    for (const id of ['5.3-2', '5.3-7', '5.3-10'])
      expect(verdictsOn(id, assessment)).toEqual(['contested', 'contested'])
  })
})
