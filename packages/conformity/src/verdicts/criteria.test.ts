import { describe, expect, it } from 'vitest'
import { resultOn, testAssessment, testEvidence, verdictsOn } from '../testing.ts'

describe('the OTA criterion of de-2027', () => {
  it('fails a product that has no updates over a network, though the standard lets it go', () => {
    const assessment = testAssessment([], { 'update-mechanism': true, 'network-updates': false })
    expect(verdictsOn('5.3-10', assessment)).toEqual(['not-applicable', 'fail'])
    expect(resultOn('5.3-10', assessment).profiles['de-2027']).toMatchObject({
      sourceStatus: 'reported',
      missing: [],
    })
    expect(assessment.pillars['de-2027']?.updates.verdict).toBe('fail')
    expect(assessment.pillars.baseline?.updates.verdict).toBe('open')
  })

  it('fails a constrained product that cannot be updated', () => {
    const assessment = testAssessment([], { constrained: true, 'update-mechanism': false })
    expect(verdictsOn('5.3-2', assessment)).toEqual(['not-applicable', 'fail'])
  })

  it('stays open while nobody knows, and asks', () => {
    const { profiles } = resultOn(
      '5.3-10',
      testAssessment([testEvidence('for', ['5.3-10'])], { 'update-mechanism': true }),
    )
    expect(profiles['de-2027']?.verdict).toBe('open')
    expect(profiles['de-2027']?.missing.some(({ what }) => /over a network/.test(what.en))).toBe(true)
    const asks = profiles['de-2027']!.missing.map(({ what }) => what.en)
    expect(new Set(asks).size).toBe(asks.length)
  })

  it('is met by a product with updates over a network', () => {
    expect(
      verdictsOn('5.3-10', testAssessment([testEvidence('for', ['5.3-10'])], { 'network-updates': true })),
    ).toEqual(['supported', 'supported'])
  })

  it('is contested where a statement denies what the image does', () => {
    const http = testEvidence('neutral', ['5.5-1'], { kind: 'update.transport.plain-http' })
    expect(verdictsOn('5.3-10', testAssessment([http], { 'network-updates': false }))).toEqual([
      'contested',
      'contested',
    ])
  })
})
