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
import { sunxiCheck } from './index.ts'

const CASES: Cases = {
  check: sunxiCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  formats: ['sunxi-egon', 'sunxi-toc0'],
}
const E4 = 'signature E4 neutral medium'
const E6 = ['signature E6 for high']
const EX = 'signature EX against high'

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/digest': E6,
  'negative/one-key': E6,
  'negative/two-keys': E6,
  'near-miss/cut': ['signature E3 neutral medium'],
  'near-miss/travelling': [E4],
  'positive/egon': ['unsigned E1 against medium'],
  'positive/egon-damaged': ['unsigned E0 against medium'],
  'positive/private-key': [E4, 'private-key - against high'],
  'positive/tampered-certificate': [EX],
  'positive/tampered-firmware': [EX, 'hash-mismatch EX against high'],
  'positive/tampered-key-item': [EX],
  'positive/wrong-key': [E4],
}

describe('secure-boot.sunxi', () => {
  it.each(namesOf(CASES))('%s', (name) => {
    expect(inShort(checkCase(CASES, name))).toEqual(EXPECTED[name])
    expect(linksOf(factsOfCase(CASES, name)).flatMap(linkFaults)).toEqual([])
  })

  it('gives links of the chain', () => {
    expect(linksInShort(factsOfCase(CASES, 'negative/two-keys'))).toEqual([
      'allwinner-toc0 E6: bootloader-first(firmware) < trusted; hardware',
    ])
    expect(linksInShort(factsOfCase(CASES, 'positive/egon'))).toEqual([
      'allwinner-egon E1: bootloader-first(program) < no key; hardware',
    ])
  })

  it('sees every changed byte of key item, certificate and firmware', () => {
    const content = fileOf(CASES, 'negative/two-keys/spl.bin')
    const end = checkCase(CASES, 'negative/two-keys').length === 1 ? 2112 + 1500 : 0
    for (let at = 144; at < end; at += 23) {
      const evidence = checkArtefacts(sunxiCheck, [artefactOf(CASES, flipped(content, at), 'spl.bin')])
      // Between items, and at the end of the certificate's outer sequence, lies what nobody reads.
      const [first] = evidence
      if (first?.level === 'E4') expect(uncovered(at), String(at)).toBe(true)
    }
  })

  it('gives an answer for any changed byte', () => {
    const content = fileOf(CASES, 'negative/two-keys/spl.bin')
    fc.assert(
      fc.property(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        checkArtefacts(sunxiCheck, [artefactOf(CASES, flipped(content, at, mask), 'spl.bin')])
      }),
      { numRuns: 60 },
    )
  })
})

/** Padding between items, and the headers around the certificate's signature. */
function uncovered(at: number): boolean {
  const [certificate, certificateEnd, firmware] = [1480, 1480 + 603, 2112]
  const isHeader = at < certificate + 8 || (at >= certificate + 4 + 329 + 4 && at < certificateEnd - 256)
  return (at >= certificateEnd && at < firmware) || (at >= certificate && at < certificateEnd && isHeader)
}
