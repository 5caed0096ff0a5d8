import { readdirSync } from 'node:fs'
import { pemBlocks, readCertificate } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TestRun, testArtefact } from '../../testing.ts'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import { artefactOf, fixture, releaseOf, run, VOLUME } from './testing.ts'

function inShort({ evidence }: TestRun): readonly string[] {
  return evidence.map(({ kind, level, polarity, confidence }) =>
    [kind.replace('boot.uefi.', ''), level ?? '-', polarity, confidence.grade].join(' '),
  )
}

function casesOf(kind: string): readonly string[] {
  return readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)).sort()
}

function allOf(kind: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(casesOf(kind).map((name) => [name, inShort(run(releaseOf(`${kind}/${name}`)))]))
}

describe('secure-boot.uefi-capsule', () => {
  it('verifies a capsule with the certificates of firmware', () => {
    expect(allOf('negative')).toEqual({
      'device-tree': ['capsule E5 for medium'],
      volume: ['capsule E5 for medium'],
    })
    expect(allOf('near-miss')).toEqual({ 'no-key': ['capsule E4 neutral medium'] })
  })

  it('says what is against a capsule', () => {
    expect(allOf('positive')).toEqual({
      count: ['capsule EX against high'],
      'known-key': ['capsule E4 neutral medium', 'capsule-signer - against high'],
      tampered: ['capsule EX against high'],
      unsigned: ['capsule E0 against medium'],
    })
  })

  it('is lifted by what the user trusts', () => {
    const [der] = pemBlocks(fixture('near-miss/no-key', 'cert.pem'), 'CERTIFICATE')
    const { sha256 } = readCertificate(der as Uint8Array)
    expect(inShort(run(releaseOf('near-miss/no-key'), { trustedDigests: [sha256] }))).toEqual([
      'capsule E6 for high',
    ])
  })

  it('takes no certificate from what a capsule brings, or from a file that is no firmware', () => {
    const capsule = artefactOf('a.cap', fixture('negative/volume', 'a.cap'))
    const driver = fixture('negative/volume', 'driver.efi')
    const store = 'bios.fd@0x0:uefi-volume/variables@0x0:uefi-variables/GUID/KEK'
    for (const path of ['a.cap@0x0:uefi-capsule/payload-0@0x0:uefi-volume/x', 'usr/bin/tool', store])
      expect(inShort(run([capsule, testArtefact('x', driver, { path })])), path).toEqual([
        'capsule E4 neutral medium',
      ])
    const uBoot = Buffer.concat([Buffer.from('\0U-Boot 2024.10 (x)\0'), driver])
    expect(inShort(run([capsule, testArtefact('u-boot.bin', uBoot)]))).toEqual(['capsule E5 for medium'])
  })

  it('refuses every changed byte of payload and signature, and tells a cut', () => {
    const whole = fixture('negative/volume', 'a.cap')
    const levelWith = (content: Uint8Array) => inShort(run([artefactOf('a.cap', content)]))[0]?.split(' ')[1]
    for (let at = whole.length - 1250; at < whole.length; at += 53) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] as number) ^ 4
      expect(levelWith(changed), String(at)).toBe('EX')
    }
    expect(levelWith(whole.subarray(0, -1))).toBe('E3')
    expect(levelWith(whole.subarray(0, 300))).toBe('E3')
  })

  it('gives links that do not contradict themselves', () => {
    for (const kind of ['positive', 'negative', 'near-miss'])
      for (const name of casesOf(kind)) {
        const { facts } = run(releaseOf(`${kind}/${name}`))
        expect(linksOf(facts).flatMap(linkFaults), name).toEqual([])
      }
    expect(linksInShort(run(releaseOf('negative/volume')).facts)).toEqual([
      `uefi-capsule E5: update(payload 1) < ${VOLUME}; unknown`,
    ])
  })

  it('gives an answer for any bytes', () => {
    const whole = fixture('negative/volume', 'a.cap')
    fc.assert(
      fc.property(fc.nat(400), fc.uint8Array({ minLength: 1, maxLength: 32 }), (at, bytes) => {
        const changed = Buffer.from(whole)
        changed.set(bytes, at)
        run([artefactOf('a.cap', changed)])
      }),
      { numRuns: 60 },
    )
  })
})
