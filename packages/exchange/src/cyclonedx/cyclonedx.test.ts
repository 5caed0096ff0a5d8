import type { CheckResult } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { minimal, rich } from '../testing/sample.ts'
import { writeCyclonedx } from './write.ts'

const COMPONENT: CheckResult['components'][number] = {
  name: 'busybox',
  title: 'BusyBox',
  version: '1.36.1',
  source: 'bytes',
  purl: 'pkg:generic/busybox@1.36.1',
  cpe: 'cpe:2.3:a:busybox:busybox:1.36.1:*:*:*:*:*:*:*',
  places: [
    {
      path: 'a.bin/bin/busybox',
      offset: 16,
      length: 4,
      sha256: 'a'.repeat(64),
      proof: 'version-text',
      text: 'v',
    },
  ],
  needs: [],
}
type Refs = Readonly<Record<string, readonly string[]>>

const bom = (result: CheckResult) => JSON.parse(writeCyclonedx(result, 'en'))

function refsIn(value: unknown): readonly string[] {
  if (value === null || typeof value !== 'object') return []
  const own = 'bom-ref' in value ? [String(value['bom-ref'])] : []
  return [...own, ...Object.values(value).flatMap(refsIn)]
}

/** By bom-1.6.schema.json; the whole schema is too large for this repository; `docs/exports.md` says how to validate. */
describe('writeCyclonedx', () => {
  it('is CycloneDX 1.6, the same for the same result', () => {
    const one = bom(minimal)
    expect([one.bomFormat, one.specVersion, one.version]).toEqual(['CycloneDX', '1.6', 1])
    expect(one.serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
    expect(writeCyclonedx(rich, 'en')).toBe(writeCyclonedx(rich, 'en'))
  })

  it('lists components with where they were seen', () => {
    expect(bom({ ...rich, components: [COMPONENT] }).components[0]).toMatchObject({
      name: 'busybox',
      version: '1.36.1',
      purl: COMPONENT.purl,
      evidence: { occurrences: [{ location: 'a.bin/bin/busybox', offset: 16 }] },
    })
  })

  it('declares counter-evidence, and neither a score nor a vulnerability', () => {
    const { declarations, vulnerabilities } = bom(rich)
    const claim = declarations.claims.find((it: { 'bom-ref': string }) => it['bom-ref'] === 'claim-5.10-1')
    expect(claim.evidence).toEqual([])
    expect(claim.counterEvidence).toHaveLength(4)
    const [line] = declarations.attestations[0].map
    expect(line).toMatchObject({ claims: [], conformance: { rationale: 'open' } })
    expect(JSON.stringify(declarations)).not.toContain('score')
    expect(vulnerabilities).toBeUndefined()
  })

  it('has every reference once, and refers to nothing that is not there', () => {
    const one = bom({ ...rich, components: [COMPONENT] })
    const refs = refsIn(one)
    expect(new Set(refs).size).toBe(refs.length)
    const { claims, attestations } = one.declarations
    const used = [
      ...claims.flatMap((it: Refs) => [
        String(it.target),
        ...(it.evidence ?? []),
        ...(it.counterEvidence ?? []),
      ]),
      ...attestations[0].map.flatMap((it: Refs) => [
        String(it.requirement),
        ...(it.claims ?? []),
        ...(it.counterClaims ?? []),
      ]),
    ]
    for (const ref of used) expect(refs).toContain(ref)
  })
})
