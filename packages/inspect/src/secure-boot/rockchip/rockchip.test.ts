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
import { rockchipCheck } from './index.ts'

const CASES: Cases = {
  check: rockchipCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  formats: ['rockchip-idb'],
}
const ROLLBACK = 'rollback - neutral medium'
const E4 = ['signature E4 neutral medium', ROLLBACK]
const E6 = ['signature E6 for high', ROLLBACK]
const MISMATCH = 'hash-mismatch EX against high'

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/fuse-digest': E6,
  'negative/rsa-2048': E6,
  'negative/rsa-4096': E6,
  'near-miss/cut': ['signature E3 neutral medium', ROLLBACK],
  'near-miss/other-tag': [],
  'near-miss/travelling': E4,
  'positive/digests-only': ['unsigned E2 against medium', ROLLBACK],
  'positive/mkimage': ['unsigned E2 against medium', ROLLBACK],
  'positive/older': ['unsigned E0 against medium'],
  'positive/older-hidden': ['unsigned E0 against medium'],
  'positive/older-signed': ['signature E3 neutral medium'],
  'positive/private-key': ['signature E4 neutral medium', 'private-key - against high', ROLLBACK],
  'positive/spread': ['unsigned E2 against medium', ROLLBACK],
  'positive/stripped': ['unsigned E0 against medium', ROLLBACK],
  'positive/tampered-digests-only': ['unsigned E0 against medium', MISMATCH, ROLLBACK],
  'positive/tampered-header': ['signature EX against high', MISMATCH, ROLLBACK],
  'positive/tampered-image': ['signature EX against high', MISMATCH, ROLLBACK],
  'positive/wrong-key': E4,
}

describe('secure-boot.rockchip', () => {
  it.each(namesOf(CASES))('%s', (name) => {
    expect(inShort(checkCase(CASES, name))).toEqual(EXPECTED[name])
    expect(linksOf(factsOfCase(CASES, name)).flatMap(linkFaults)).toEqual([])
  })

  it('gives a link of the chain', () => {
    expect(linksInShort(factsOfCase(CASES, 'negative/rsa-2048'))).toEqual([
      'rockchip E6: bootloader-first(image-1) bootloader-first(image-2) < trusted; hardware',
    ])
  })

  it('covers the images of an older header', () => {
    expect(linksInShort(factsOfCase(CASES, 'positive/older'))).toEqual([
      'rockchip E0: bootloader-first(image-1) bootloader-first(image-2) < no key; hardware',
    ])
  })

  it('sees every changed byte', () => {
    const content = fileOf(CASES, 'negative/rsa-2048/idblock.img')
    // Behind the signature of 256 bytes the header ends with what nobody reads.
    for (let at = 16; at < content.length; at += 61) {
      if (at >= 1792 && at < 2048) continue
      const evidence = checkArtefacts(rockchipCheck, [artefactOf(CASES, flipped(content, at), 'idblock.img')])
      expect(
        evidence.some(({ level }) => level === 'E4'),
        String(at),
      ).toBe(false)
    }
  })

  it('gives an answer for any changed byte', () => {
    const content = fileOf(CASES, 'negative/rsa-2048/idblock.img')
    fc.assert(
      fc.property(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        checkArtefacts(rockchipCheck, [artefactOf(CASES, flipped(content, at, mask), 'idblock.img')])
      }),
      { numRuns: 60 },
    )
  })
})
