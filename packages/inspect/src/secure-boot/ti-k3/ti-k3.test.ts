import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import {
  artefactOf,
  type Cases,
  checkArtefacts,
  checkCase,
  factsOfCase,
  fileOf,
  flipped,
  inShort,
  namesOf,
} from '../outcome/testing.ts'
import { tiK3Check } from './index.ts'

const CASES: Cases = {
  check: tiK3Check,
  fixtures: new URL('./fixtures/', import.meta.url),
  formats: ['ti-k3'],
}
const ROLLBACK = 'rollback - neutral medium'
const E4 = ['signature E4 neutral medium', ROLLBACK]
const E6 = ['signature E6 for high', ROLLBACK]
const MISMATCH = 'hash-mismatch EX against high'

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'near-miss/alone': [],
  'near-miss/cut': ['signature E3 neutral medium', ROLLBACK],
  'near-miss/encrypted': E4,
  'near-miss/travelling': E4,
  'negative/combined': E6,
  'negative/rom': E6,
  'negative/system': E6,
  'positive/debug': ['signature E4 neutral medium', ROLLBACK, 'debug - neutral medium'],
  'positive/degenerate': ['signature E4 neutral medium', 'known-key - against high', ROLLBACK],
  'positive/private-key': ['signature E4 neutral medium', 'private-key - against high', ROLLBACK],
  'positive/tampered-certificate': ['signature EX against high', ROLLBACK],
  'positive/tampered-image': ['signature EX against high', MISMATCH, ROLLBACK],
}

describe('secure-boot.ti-k3', () => {
  it.each(namesOf(CASES))('%s', (name) => {
    expect(inShort(checkCase(CASES, name))).toEqual(EXPECTED[name])
    expect(linksOf(factsOfCase(CASES, name)).flatMap(linkFaults)).toEqual([])
  })

  it('gives a link of the chain', () => {
    expect(linksInShort(factsOfCase(CASES, 'negative/combined'))).toEqual([
      'ti-k3 E6: bootloader-first(component-1) bootloader-first(component-2) < trusted; hardware',
    ])
    expect(linksInShort(factsOfCase(CASES, 'negative/system'))).toEqual([
      'ti-k3 E6: bootloader(image) < trusted; hardware',
    ])
  })

  it('lets no changed byte verify', () => {
    const content = fileOf(CASES, 'negative/combined/tiboot3.bin')
    for (let at = 4; at < content.length; at += 23) {
      const evidence = checkArtefacts(tiK3Check, [artefactOf(CASES, flipped(content, at), 'tiboot3.bin')])
      expect(
        evidence.some(({ level }) => level === 'E4'),
        String(at),
      ).toBe(false)
    }
  })

  it('gives an answer for any changed byte', () => {
    const content = fileOf(CASES, 'negative/rom/tiboot3.bin')
    fc.assert(
      fc.property(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        checkArtefacts(tiK3Check, [artefactOf(CASES, flipped(content, at, mask), 'tiboot3.bin')])
      }),
      { numRuns: 60 },
    )
  })
})
