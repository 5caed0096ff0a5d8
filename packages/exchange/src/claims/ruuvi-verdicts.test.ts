import { assess, CATALOGUES, checkClaims, compareClaims, effectsOf, PROFILES } from '@messlatte/conformity'
import type { Edition, Evidence } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { evidenceId } from '../result/evidence-id.ts'
import { ruuviClaims } from './testing.ts'

const claims = ruuviClaims()
const findings = checkClaims(claims, { traits: {} })

function told(edition: Edition, evidence: readonly Evidence[] = []) {
  const catalogue = CATALOGUES[edition]
  const { claims: effective, ...effects } = effectsOf(claims, findings, catalogue, evidence)
  const assessment = assess({
    catalogue,
    profiles: PROFILES.filter((one) => one.edition === edition),
    evidence,
    statedTraits: {},
    asOf: '2026-11-28',
    partial: false,
    claims: effective,
    effects,
  })
  const result = (id: string) => assessment.provisions.find((one) => one.id === id)!
  return {
    assessment,
    result,
    comparisons: compareClaims(assessment, catalogue, claims, effective, evidence),
  }
}

const words = (reasons: readonly { readonly text: { readonly en: string } }[]) =>
  reasons.map(({ text }) => text.en).join('\n')

/** What a release shows whose application is signed and whose boot loader is not. */
const UNSIGNED: Omit<Evidence, 'id'> = {
  check: 'secure-boot.esp',
  checkVersion: 1,
  provisions: [
    { edition: 'en303645-2020', id: '5.7-1' },
    { edition: 'en303645-v3.1.3', id: '5.7-1' },
  ],
  cases: [],
  polarity: 'against',
  kind: 'boot.esp.unsigned',
  path: 'boot-loader.bin',
  offset: 0,
  length: 4096,
  sha256: 'ab'.repeat(32),
  title: { en: 'The boot loader carries no signature', de: 'Der Bootloader trägt keine Signatur' },
  observation: {},
  confidence: { grade: 'medium', reason: { en: 'read', de: 'gelesen' } },
}
const BOOT: Evidence = { ...UNSIGNED, id: evidenceId(UNSIGNED) }

describe('a real self-assessment', () => {
  it('is contradicted by its own tables on 5.7-1: fuses that are not burned, older images that are not blocked', () => {
    const about = findings.filter(({ about: it, code }) => it === '5.7-1' && code === 'admission')
    expect(about.map(({ text }) => text.en)).toEqual([
      expect.stringMatching(
        /not burned \(IXIT 20-SecBoot, SecBoot-Application-Chain-Of-Trust, Description: “.*without burning the hardware eFuses.*also IXIT 7-UpdMech/,
      ),
      expect.stringMatching(/boot loader is trusted.*assumed to be stable/),
      expect.stringMatching(
        /Older signed images can be installed.*not cryptographically blocked from installation/,
      ),
    ])
    expect(findings.some(({ about: it, code }) => it === '5.3-2' && code === 'admission')).toBe(true)
  })

  it('fails 5.3-13 by its own group verdict, on case 5.3-13-2', () => {
    const { baseline } = told('en303645-v3.1.3').result('5.3-13')
    expect(baseline.verdict).toBe('fail')
    expect(words(baseline.reasons)).toMatch(
      /own assessment: FAIL – 5\.3-13-1, 5\.3-13-2: Mandatory Documentation Gap/,
    )
    expect(words(baseline.reasons)).toMatch(/the document itself/)
  })

  it('is open on 5.7-1 in the baseline, and fails under a profile with a hardware root of trust', () => {
    expect(told('en303645-v3.1.3').result('5.7-1').baseline.verdict).toBe('open')
    const { baseline, profiles } = told('en303645-2020').result('5.7-1')
    expect([baseline.verdict, profiles['de-2027']?.verdict]).toEqual(['open', 'fail'])
    expect(words(profiles['de-2027']!.reasons)).toMatch(
      /own assessment: PASS \(5\.7-1, en303645-v3\.1\.3\)[\s\S]*hardware that cannot be changed[\s\S]*by the supplier's own words[\s\S]*not burned/,
    )
  })

  it('is contested on 5.7-1 by a release that is signed as it describes', () => {
    const { result, comparisons } = told('en303645-v3.1.3', [BOOT])
    expect(result('5.7-1').baseline.verdict).toBe('contested')
    expect(words(result('5.7-1').baseline.reasons)).toMatch(/no signature[\s\S]*disagree[\s\S]*PASS/)
    const mismatches = comparisons.filter((one) => one.result === 'mismatch')
    expect(mismatches.map(({ about, name, evidence }) => [about, name, evidence])).toEqual([
      ['5.7-1', '', [BOOT.id]],
      ['20-SecBoot', 'SecBoot-Application-Chain-Of-Trust', [BOOT.id]],
    ])
  })

  it('has each inconsistency between its groups and tables listed', () => {
    const list = findings.map(({ about, text }) => `${about}: ${text.en}`)
    for (const expected of [
      /^ICS: Neither a row nor a test group for 26 provisions: 5\.0-1, 5\.8-1/,
      /^5\.3-2: The group has no verdict of its own/,
      /^5\.3-14: N\/A, as if all components could be updated; .* SoftComp-ROMBoot$/,
      /^5\.6-1: It must look at each entry of 28-LogIntf, and does not name LogIntf-WiFi-WPS-Client/,
      /^2-UserInfo: A placeholder: 2-UserInfo: Support Period/,
      /^2-UserInfo: The summary tells a support period/,
      /^2-UserInfo: Documentation of Replacement is said not to apply/,
      /^20-SecBoot: The summary has SecBoot-System-Lockout, and the table has no such entry/,
      /^14-SecMgmt: The table has SecMgmt-CoProcessor-Integrity-Remediation, and the summary does not/,
      /^13-SoftServ: SoftServ-Local-Management-WebUI: Authentication Mechanism names no entry of 1-AuthMech/,
    ])
      expect(
        list.some((line) => expected.test(line)),
        String(expected),
      ).toBe(true)
    const statuses = findings.filter(({ text }) => text.en.startsWith('Its status is given as'))
    expect(statuses.map(({ about }) => about)).toEqual([
      '5.3-4B',
      '5.3-6A',
      '5.3-6B',
      '5.3-11',
      '5.3-12',
      '5.3-15A',
      '5.3-15B',
      '5.6-4B',
    ])
    expect(list).toHaveLength(34)
  })

  it('reaches what rules ask in their own numbering', () => {
    const { assessment } = told('en303645-2020')
    const led = assessment.requirements.filter(({ result }) =>
      words(result.reasons).includes('own assessment: FAIL'),
    )
    expect(led.map(({ profile, id, result }) => `${profile} ${id} ${result.verdict}`)).toEqual([
      'uk-psti PSTI-3 fail',
    ])
  })
})
