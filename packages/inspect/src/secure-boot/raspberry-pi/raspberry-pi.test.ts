import { memoryBytes } from '@messlatte/bytes'
import { FORMATS } from '@messlatte/unpack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvidenceDraft } from '../../contract.ts'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import { fileOf, flipped, inShort, namesOf } from '../outcome/testing.ts'
import { raspberryPiCheck } from './index.ts'
import { parseBootcode, parseSig } from './look.ts'
import { CASES, run } from './testing.ts'

const E4 = 'signature E4 neutral medium'
const ROLLBACK = 'rollback - neutral medium'

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/bootcode': ['signature E6 for high', ROLLBACK],
  'negative/eeprom': ['signature E5 for high', E4],
  'negative/otp-digest': ['signature E6 for high'],
  'negative/trusted': ['signature E6 for high'],
  'near-miss/key-beside': [E4],
  'near-miss/no-image': ['signature E3 neutral medium'],
  'near-miss/no-key': ['signature E3 neutral medium'],
  'near-miss/other-sig': [],
  'positive/bootcode-tampered': ['signature EX against high', ROLLBACK],
  'positive/eeprom-not-prepared': ['unsigned E0 against medium'],
  'positive/eeprom-tampered': ['signature EX against high', 'hash-mismatch EX against high'],
  'positive/eeprom-unsigned-conf': ['unsigned E0 against medium'],
  'positive/hash-only': ['unsigned E2 against medium'],
  'positive/private-key': [
    'signature E5 neutral medium',
    'private-key - against high',
    E4,
    'private-key - against high',
  ],
  'positive/rehashed': ['signature EX against medium', E4],
  'positive/tampered': ['signature EX against high', 'hash-mismatch EX against high', E4],
  'positive/wrong-key': ['signature EX against medium', E4],
}

function ofCheck(evidence: readonly EvidenceDraft[]): readonly EvidenceDraft[] {
  return evidence.filter(({ kind }) => raspberryPiCheck.states.includes(kind))
}

describe('secure-boot.raspberry-pi', () => {
  it.each(namesOf(CASES))('%s', (name) => {
    const { evidence, facts } = run(name)
    expect(inShort(ofCheck(evidence)).toSorted()).toEqual(EXPECTED[name]?.toSorted())
    expect(linksOf(facts).flatMap(linkFaults)).toEqual([])
  })

  it('gives links of the chain', () => {
    expect(linksInShort(run('negative/eeprom').facts)).toEqual([
      'raspberry-pi-boot E5: kernel(boot.img) < pieeprom.bin@0x0:rpi-eeprom/pubkey.bin; hardware',
      'raspberry-pi-eeprom E4: configuration(bootconf.txt) < travelling; hardware',
    ])
    expect(FORMATS.some(({ name }) => name === 'rpi-eeprom')).toBe(true)
  })

  it('reads signature files, and no others', () => {
    const digest = 'ab'.repeat(32)
    expect(parseSig(`${digest}\nts: 12\n`)).toEqual({ digest, signature: undefined, timestamp: 12 })
    expect(parseSig(`${digest}\nrsa2048: 12\n`)).toMatchObject({ signature: undefined })
    expect(parseSig(`${digest}  boot.img\n`)).toBeUndefined()
    fc.assert(fc.property(fc.string(), (text) => void parseSig(text)))
  })

  it('takes boot code for counter-signed only where its trailer fits', () => {
    const bootcode = fileOf(CASES, 'negative/bootcode/bootcode.bin')
    const paths = raspberryPiCheck.wants.paths ?? []
    expect(paths.some((path) => path.test('bootcode-2712-customer-signed.bin'))).toBe(true)
    expect(parseBootcode(memoryBytes(bootcode))).toMatchObject({ version: 3 })
    for (let at = 700; at < 708; at++)
      expect(parseBootcode(memoryBytes(flipped(bootcode, at)))).toBeUndefined()
    expect(parseBootcode(memoryBytes(bootcode.subarray(1)))).toBeUndefined()
    expect(parseBootcode(memoryBytes(Buffer.alloc(10)))).toBeUndefined()
  })
})
