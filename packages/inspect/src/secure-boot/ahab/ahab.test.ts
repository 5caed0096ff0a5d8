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
import { ahabCheck } from './index.ts'

const CASES: Cases = {
  check: ahabCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  formats: ['imx-ahab'],
}
const ROLLBACK = 'rollback - neutral medium'
const MISMATCH = 'hash-mismatch EX against high'
const E4 = ['signature E4 neutral medium', ROLLBACK]
const E6 = ['signature E6 for high', ROLLBACK]
const EX = ['signature EX against high', ROLLBACK]

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/fuse-digest': E6,
  'negative/p384': E6,
  'negative/p521': E6,
  'negative/third-key': E6,
  'negative/trusted': E6,
  'near-miss/cut': ['signature E3 neutral medium', ROLLBACK],
  'near-miss/travelling': E4,
  'positive/private-key': ['signature E4 neutral medium', 'private-key - against high', ROLLBACK],
  'positive/tampered-entry': EX,
  'positive/tampered-image': [MISMATCH, ...EX],
  'positive/tampered-table': EX,
  'positive/tampered-version': EX,
  'positive/unsigned': ['unsigned E2 against medium'],
  'positive/unsigned-tampered': [MISMATCH, 'unsigned E0 against medium'],
  // It verifies with its own key, which is none that the user trusts.
  'positive/wrong-key': E4,
}

describe('secure-boot.ahab', () => {
  it.each(namesOf(CASES))('%s', (name) => {
    expect(inShort(checkCase(CASES, name))).toEqual(EXPECTED[name])
    expect(linksOf(factsOfCase(CASES, name)).flatMap(linkFaults)).toEqual([])
  })

  it('gives links of the chain', () => {
    const links = (name: string) => linksInShort(factsOfCase(CASES, name))
    expect(links('negative/trusted')).toEqual([
      'nxp-ahab E6: bootloader-first(container-0-image-0) < trusted; hardware',
    ])
    expect(links('positive/unsigned')).toEqual([
      'nxp-ahab E2: bootloader-first(container-0-image-0) < no key; hardware',
    ])
  })

  it('gives an answer for any changed byte, and none of what is signed verifies', () => {
    const image = fileOf(CASES, 'negative/trusted/flash.bin')
    // Container up to the signature, and the image.
    const signed = fc.oneof(fc.nat(0x90 + 0x148 - 1), fc.integer({ min: 0x1000, max: image.length - 1 }))
    fc.assert(
      fc.property(signed, fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const evidence = checkArtefacts(ahabCheck, [artefactOf(CASES, flipped(image, at, mask), 'flash.bin')])
        expect(evidence.every(({ level }) => level !== 'E4' && level !== 'E6')).toBe(true)
      }),
    )
  })
})
