import { sha256 } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knownKey } from '../../known-keys/index.ts'
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
import { opteeCheck } from './index.ts'
import { DEFAULT_TA_KEY } from './published.ts'

const CASES: Cases = {
  check: opteeCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  formats: ['optee-ta'],
}
const FILE = '8aaaf200-2450-11e4-abe2-0002a5d5c51b.ta'
const ROLLBACK = 'rollback - neutral medium'
const E3 = ['signature E3 neutral medium', ROLLBACK]
const E6 = ['signature E6 for high', ROLLBACK]
const EX = ['signature EX against high', ROLLBACK]

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'near-miss/core-of-another': E3,
  'negative/core': ['signature E5 for high', ROLLBACK],
  'negative/pkcs1': E6,
  'negative/subkey': E6,
  'negative/trusted': E6,
  'near-miss/cut': E3,
  'near-miss/encrypted': E3,
  'near-miss/no-key': E3,
  'positive/core-alone': ['known-key - against high'],
  'positive/core-known-key': [
    'known-key - against high',
    'signature E5 neutral medium',
    'known-key - against high',
    ROLLBACK,
  ],
  'positive/core-tampered': EX,
  'positive/known-key': ['signature E4 neutral medium', 'known-key - against high', ROLLBACK],
  'positive/private-key': ['signature E6 neutral medium', 'private-key - against high', ROLLBACK],
  'positive/tampered': EX,
  'positive/tampered-signature': ['signature EX against medium', ROLLBACK],
  'positive/tampered-subkey': EX,
  'positive/tampered-uuid': EX,
  'positive/tampered-version': EX,
  'positive/wrong-key': ['signature EX against medium', ROLLBACK],
}

describe('secure-boot.optee', () => {
  it.each(namesOf(CASES))('%s', (name) => {
    expect(inShort(checkCase(CASES, name))).toEqual(EXPECTED[name])
    expect(linksOf(factsOfCase(CASES, name)).flatMap(linkFaults)).toEqual([])
  })

  it('gives a link of the chain', () => {
    expect(linksInShort(factsOfCase(CASES, 'negative/trusted'))).toEqual([
      `optee-ta E6: files(${FILE.slice(0, -3)}) < trusted; unknown`,
    ])
  })

  it('finds the key in a core, where it stands', () => {
    const core = fileOf(CASES, 'negative/core/tee.bin')
    const [link] = linksOf(factsOfCase(CASES, 'negative/core'))
    expect(linksInShort(factsOfCase(CASES, 'negative/core'))).toEqual([
      `optee-ta E5: files(${FILE.slice(0, -3)}) < tee.bin; unknown`,
    ])
    const lies = link?.data.anchors[0]?.lies
    expect(lies).toMatchObject({ in: 'release', place: { offset: core.length - 768, length: 256 } })
  })

  it('has the default key as the list of known keys has it', () => {
    expect(knownKey(sha256(Buffer.from(DEFAULT_TA_KEY, 'base64')))?.id).toBe('optee_os:keys/default.pem')
  })

  it('gives an answer for any changed byte, and none verifies', () => {
    const ta = fileOf(CASES, `positive/known-key/${FILE}`)
    fc.assert(
      fc.property(fc.nat(ta.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const evidence = checkArtefacts(opteeCheck, [artefactOf(CASES, flipped(ta, at, mask), FILE)])
        expect(evidence.every(({ level }) => level !== 'E4' && level !== 'E6')).toBe(true)
      }),
    )
  })
})
