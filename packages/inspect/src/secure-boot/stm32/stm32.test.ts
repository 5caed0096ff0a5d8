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
import { stm32Check } from './index.ts'

const CASES: Cases = {
  check: stm32Check,
  fixtures: new URL('./fixtures/', import.meta.url),
  formats: ['stm32'],
}
const ROLLBACK = 'rollback - neutral medium'
const E4 = ['signature E4 neutral medium', ROLLBACK]
const E6 = ['signature E6 for high', ROLLBACK]
const E3 = ['signature E3 neutral medium', ROLLBACK]
const EX = ['signature EX against high', ROLLBACK]
const UNSIGNED = ['unsigned E1 against medium', ROLLBACK]

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/brainpool': E6,
  'negative/encrypted': E6,
  'negative/fuse-digest': E6,
  'negative/trusted': E6,
  'negative/version-2': E6,
  'negative/version-2-3': E6,
  'negative/version-2-fuse-digest': E6,
  'near-miss/cut': E3,
  'near-miss/later-minor': E3,
  'near-miss/travelling': E4,
  'positive/flag-set': UNSIGNED,
  'positive/private-key': ['signature E4 neutral medium', 'private-key - against high', ROLLBACK],
  'positive/tampered': EX,
  'positive/tampered-version': EX,
  'positive/unsigned': UNSIGNED,
  'positive/version-2-not-in-table': EX,
  'positive/version-2-unsigned': UNSIGNED,
  // It verifies with its own key, which is none that the user trusts.
  'positive/wrong-key': E4,
}

describe('secure-boot.stm32', () => {
  it.each(namesOf(CASES))('%s', (name) => {
    expect(inShort(checkCase(CASES, name))).toEqual(EXPECTED[name])
    expect(linksOf(factsOfCase(CASES, name)).flatMap(linkFaults)).toEqual([])
  })

  it('gives a link of the chain', () => {
    const links = (name: string) => linksInShort(factsOfCase(CASES, name))
    expect(links('negative/trusted')).toEqual(['stm32 E6: bootloader-first(payload) < trusted; hardware'])
    expect(links('positive/unsigned')).toEqual(['stm32 E1: bootloader-first(payload) < no key; hardware'])
  })

  it.each(['negative/trusted', 'negative/version-2', 'negative/version-2-3'])(
    'sees every changed byte of %s',
    (name) => {
      const image = fileOf(CASES, `${name}/spl.stm32`)
      const from = name.endsWith('2-3') ? 104 : 72
      for (let at = from; at < image.length; at += 13) {
        // Not signed: length and digest of a second payload.
        if (from === 104 && at >= 152 && at < 160) continue
        const evidence = checkArtefacts(stm32Check, [artefactOf(CASES, flipped(image, at), 'spl.stm32')])
        expect(
          evidence.every(({ level }) => level !== 'E4' && level !== 'E6'),
          String(at),
        ).toBe(true)
      }
    },
  )

  it('gives an answer for any changed byte', () => {
    const image = fileOf(CASES, 'negative/version-2/spl.stm32')
    fc.assert(
      fc.property(fc.nat(image.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        checkArtefacts(stm32Check, [artefactOf(CASES, flipped(image, at, mask), 'spl.stm32')])
      }),
    )
  })
})
