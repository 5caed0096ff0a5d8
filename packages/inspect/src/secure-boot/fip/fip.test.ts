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
import { fipCheck } from './index.ts'

const CASES: Cases = { check: fipCheck, fixtures: new URL('./fixtures/', import.meta.url), formats: ['fip'] }
const ROLLBACK = 'rollback - neutral medium'
const E4 = ['signature E4 neutral medium', ROLLBACK]
const E6 = ['signature E6 for high', ROLLBACK]
const EX = 'signature EX against high'

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/boot-loader': ['signature E5 for medium', ROLLBACK],
  'negative/ecdsa': E6,
  'negative/fuse-digest': E6,
  'negative/sha384': E6,
  'negative/trusted': E6,
  'near-miss/cut': ['signature E3 neutral medium'],
  'near-miss/travelling': E4,
  'positive/known-key': ['signature E4 neutral medium', 'known-key - against high', ROLLBACK],
  'positive/mixed': [EX, ROLLBACK],
  'positive/not-covered': ['signature E6 neutral high', 'not-covered - against medium', ROLLBACK],
  'positive/stripped': ['signature E6 neutral high', 'not-covered - against medium', ROLLBACK],
  'positive/tampered-certificate': [EX, ROLLBACK],
  'positive/tampered-soc-fw': [EX, 'hash-mismatch EX against high', ROLLBACK],
  'positive/two-roots': [EX, ROLLBACK],
  'positive/unsigned': ['unsigned E0 against medium'],
  'positive/wrong-key': E4,
}

describe('secure-boot.fip', () => {
  it.each(namesOf(CASES))('%s', (name) => {
    expect(inShort(checkCase(CASES, name))).toEqual(EXPECTED[name])
    expect(linksOf(factsOfCase(CASES, name)).flatMap(linkFaults)).toEqual([])
  })

  it('gives a link of the chain, with gaps', () => {
    expect(linksInShort(factsOfCase(CASES, 'negative/trusted'))).toEqual([
      'tf-a E6: bootloader-first(tb-fw) trusted-firmware(soc-fw) bootloader(nt-fw) < trusted; hardware',
    ])
    const [link] = linksOf(factsOfCase(CASES, 'positive/not-covered'))
    expect(link?.data.gaps.map(({ name }) => name)).toEqual(['tos-fw'])
    expect(link?.data.rollback).toContainEqual({ name: 'tb-fw-cert counter', value: 3, signed: true })
  })

  it('sees every changed byte of images and certificates', () => {
    const content = fileOf(CASES, 'negative/trusted/fw.fip')
    for (let at = 420; at < content.length; at += 97) {
      const evidence = checkArtefacts(fipCheck, [artefactOf(CASES, flipped(content, at), 'fw.fip')])
      expect(
        evidence.some(({ level }) => level === 'E4'),
        String(at),
      ).toBe(false)
    }
  })

  it('does not take a digest within the package for an earlier stage', () => {
    const content = fileOf(CASES, 'negative/boot-loader/fw.fip')
    const loader = fileOf(CASES, 'negative/boot-loader/bl1.bin')
    const one = artefactOf(CASES, content, 'fw.fip')
    const inside = { ...artefactOf(CASES, loader, 'tb-fw'), path: `${one.path}/tb-fw`, root: one.path }
    expect(inShort(checkArtefacts(fipCheck, [one, inside]))).toEqual(E4)
  })

  it('gives an answer for any changed byte', () => {
    const content = fileOf(CASES, 'negative/trusted/fw.fip')
    fc.assert(
      fc.property(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        checkArtefacts(fipCheck, [artefactOf(CASES, flipped(content, at, mask), 'fw.fip')])
      }),
      { numRuns: 60 },
    )
  })
})
