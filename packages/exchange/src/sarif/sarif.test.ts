import type { CheckResult } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { minimal, rich } from '../testing/sample.ts'
import { writeSarif } from './write.ts'

const run = (result: CheckResult) => JSON.parse(writeSarif(result, 'en')).runs[0]

/** By the property lists of SARIF 2.1.0, sections 3.14, 3.19, 3.27, 3.28, 3.29, 3.30 and 3.33. */
describe('writeSarif', () => {
  it('names version and schema, and has one run', () => {
    const log = JSON.parse(writeSarif(minimal, 'en'))
    expect([log.version, log.runs.length]).toEqual(['2.1.0', 1])
    expect(log.runs[0].results).toEqual([])
  })

  it('has a result for each piece of evidence against, under a rule that is listed', () => {
    const { results, tool } = run(rich)
    expect(results).toHaveLength(4)
    for (const one of results) {
      expect(tool.driver.rules[one.ruleIndex].id).toBe(one.ruleId)
      expect(['error', 'warning', 'none']).toContain(one.level)
      expect(one.partialFingerprints['messlatteEvidence/v1']).toMatch(/^[0-9a-f]{64}$/)
    }
  })

  it('calls an error what decides a fail, and a note what nobody could look into', () => {
    const [first] = rich.evidence
    const provision = rich.assessment.provisions[0]!
    const reasons = [{ text: { en: 'x', de: 'y' }, evidence: [first!.id] }]
    const failing: CheckResult = {
      ...rich,
      evidence: [first!, { ...first!, id: '9'.repeat(64), polarity: 'neutral', kind: 'scope.opaque-image' }],
      assessment: {
        ...rich.assessment,
        provisions: [{ ...provision, baseline: { ...provision.baseline, verdict: 'fail', reasons } }],
      },
    }
    expect(
      run(failing)
        .results.map((it: { kind: string; level: string }) => `${it.kind} ${it.level}`)
        .sort(),
    ).toEqual(['fail error', 'open none'])
  })

  it('names a file of a directory by its whole address', () => {
    const inside = { ...rich.evidence[0]!, path: 'my router/fw.bin@0x40:squashfs/etc/a@0x0:gzip/b' }
    const image = { ...rich.images[0]!, name: 'my router/fw.bin' }
    const { results, artifacts } = run({ ...rich, evidence: [inside], images: [image] })
    expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual({ uri: 'my%20router/fw.bin' })
    expect(artifacts[0].location).toEqual({ uri: 'my%20router/fw.bin' })
  })

  it('gives bytes of a file only where the evidence lies in the file itself', () => {
    const inside = { ...rich.evidence[0]!, path: 'a b.bin@0x40:squashfs/etc/shadow' }
    const [first] = run({ ...rich, evidence: [inside] }).results
    expect(first.locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'a%20b.bin' } })
    expect(first.locations[0].logicalLocations[0].fullyQualifiedName).toBe(inside.path)
    expect(run(rich).results[0].locations[0].physicalLocation.region).toEqual({
      byteOffset: 20,
      byteLength: 4,
    })
  })
})
