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
import { nxpMbiCheck } from './index.ts'

const CASES: Cases = {
  check: nxpMbiCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  formats: ['nxp-mbi'],
}
const ROLLBACK = 'rollback - neutral medium'
const E4 = ['signature E4 neutral medium', ROLLBACK]
const E6 = ['signature E6 for high', ROLLBACK]
const EX = ['signature EX against high', ROLLBACK]

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/chain': E6,
  'negative/encrypted': E6,
  'negative/fuse-digest': E6,
  'negative/intermediate': E6,
  'negative/key-store': E6,
  'negative/trusted': E6,
  'near-miss/cut': ['signature E3 neutral medium', ROLLBACK],
  'near-miss/travelling': E4,
  'positive/crc': ['unsigned E1 against medium'],
  'positive/private-key': ['signature E4 neutral medium', 'private-key - against high', ROLLBACK],
  'positive/tampered-chain': EX,
  'positive/tampered-header': EX,
  'positive/tampered-intermediate': EX,
  'positive/tampered-program': EX,
  'positive/tampered-root': EX,
  // It verifies with its own key, which is none that the user trusts.
  'positive/wrong-key': E4,
}

describe('secure-boot.nxp-mbi', () => {
  it.each(namesOf(CASES))('%s', (name) => {
    expect(inShort(checkCase(CASES, name))).toEqual(EXPECTED[name])
    expect(linksOf(factsOfCase(CASES, name)).flatMap(linkFaults)).toEqual([])
  })

  it('tells what does not hold', () => {
    const broken = (name: string) => checkCase(CASES, `positive/${name}`)[0]?.observation
    expect(broken('tampered-root')).toMatchObject({ broken: 'root' })
    expect(broken('tampered-chain')).toMatchObject({ broken: 'chain', algorithm: 'rsa-2048-sha256' })
    expect(broken('tampered-intermediate')).toMatchObject({ broken: 'chain', algorithm: 'P-256-sha256' })
    expect(broken('tampered-program')).toMatchObject({ broken: 'signature' })
  })

  it('gives links of the chain', () => {
    const links = (name: string) => linksInShort(factsOfCase(CASES, name))
    expect(links('negative/trusted')).toEqual(['nxp-mbi E6: bootloader-first(program) < trusted; hardware'])
    expect(links('positive/crc')).toEqual(['nxp-mbi E1: bootloader-first(program) < no key; hardware'])
  })

  it.each([
    ['negative/trusted', 0],
    ['negative/intermediate', 32],
  ])('gives an answer for any changed byte of %s, and none of what is signed verifies', (name, digest) => {
    const image = fileOf(CASES, `${name}/flash.bin`)
    fc.assert(
      fc.property(fc.nat(image.length - digest - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const evidence = checkArtefacts(nxpMbiCheck, [
          artefactOf(CASES, flipped(image, at, mask), 'flash.bin'),
        ])
        expect(evidence.every(({ level }) => level !== 'E4' && level !== 'E6')).toBe(true)
      }),
    )
  })
})
