import { createPublicKey } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { memoryBytes, sha256 } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvidenceDraft, Settings } from '../../contract.ts'
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
import { readGbl } from './file.ts'
import { silabsCheck } from './index.ts'

const CASES: Cases = {
  check: silabsCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  formats: ['gbl', 'ebl'],
}
const E3 = 'signature E3 neutral medium'
const E4 = 'signature E4 neutral medium'
const E6 = 'signature E6 for high'
const ROLLBACK = 'rollback - neutral medium'

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/application-signed': [E6, ROLLBACK, E6],
  'negative/certificate': [E6, ROLLBACK],
  'negative/encrypted-signed': [E6, ROLLBACK],
  'negative/tokens': ['signature E5 for medium', ROLLBACK],
  'negative/trusted': [E6, ROLLBACK],
  'near-miss/certificate-of-nobody': [E4, ROLLBACK],
  'near-miss/cut': [E3],
  'near-miss/ebl-encrypted': ['encrypted E3 neutral medium'],
  'near-miss/no-key': [E3, ROLLBACK],
  'positive/application-crc': [E6, ROLLBACK, 'unsigned E1 against medium'],
  'positive/application-tampered': [E6, ROLLBACK, 'signature EX against medium'],
  'positive/behind-the-signature': ['signature E6 neutral high', 'not-covered - against medium', ROLLBACK],
  'positive/certificate-does-not-verify': ['signature EX against high', ROLLBACK],
  'positive/ebl': ['unsigned E1 against medium', ROLLBACK],
  'positive/encrypted-unsigned': ['unsigned E1 against medium', ROLLBACK],
  'positive/private-key': [E4, 'private-key - against high', ROLLBACK],
  'positive/stripped': ['unsigned E1 against medium', ROLLBACK],
  'positive/tampered': ['signature EX against medium', ROLLBACK],
  'positive/unsigned': ['unsigned E1 against medium', ROLLBACK],
  'positive/wrong-issuer': ['signature EX against medium', ROLLBACK],
  'positive/wrong-key': ['signature EX against medium', ROLLBACK],
}

function ofFile(content: Uint8Array, settings: Partial<Settings> = {}): readonly EvidenceDraft[] {
  return checkArtefacts(silabsCheck, [artefactOf(CASES, content, 'app.gbl')], settings)
}

/** With its CRC put right, as whoever changes it would. */
function withCrc(content: Uint8Array): Buffer {
  const changed = Buffer.from(content)
  changed.writeUInt32LE(crc32(changed.subarray(0, -4)), changed.length - 4)
  return changed
}

describe('secure-boot.silabs', () => {
  it('gives links of the chain', () => {
    const links = (name: string) => linksInShort(factsOfCase(CASES, name))
    expect(links('negative/trusted')).toEqual(['gbl E6: update(update) < trusted; unknown'])
    expect(links('positive/unsigned')).toEqual(['gbl E1: update(update) < no key; unknown'])
    expect(links('positive/application-crc')).toEqual([
      'gbl E6: update(update) < trusted; unknown',
      'gbl E1: application(application) < no key; unknown',
    ])
    expect(links('near-miss/ebl-encrypted')).toEqual([])
  })

  it.each(namesOf(CASES))('%s', (name) => {
    expect(inShort(checkCase(CASES, name))).toEqual(EXPECTED[name])
    expect(linksOf(factsOfCase(CASES, name)).flatMap(linkFaults)).toEqual([])
  })

  it('verifies with no key at all once a byte before the signature is another', () => {
    const content = fileOf(CASES, 'negative/trusted/app.gbl')
    const end = readGbl(memoryBytes(content))?.signed?.offset ?? 0
    const before = checkCase(CASES, 'negative/trusted')[0]?.observation as {
      readonly keys: readonly object[]
    }
    expect(before.keys).toHaveLength(1)
    // From the content of the first tag on: lengths and numbers of tags decide whether it is such a file at all.
    for (let at = 24; at < end - 8; at += 11) {
      const changed = readGbl(memoryBytes(withCrc(flipped(content, at))))
      expect(changed?.signed?.digest).not.toBe(readGbl(memoryBytes(content))?.signed?.digest)
    }
  })

  it('takes a version from the application tag, and names what it read', () => {
    const [signature, rollback] = checkCase(CASES, 'negative/certificate')
    expect(signature?.observation).toMatchObject({
      crc: 'match',
      certificate: { version: 2 },
      result: 'verified',
    })
    expect(rollback?.observation).toMatchObject({ counter: 7 })
  })

  it('trusts a key by the digest of its coordinates', () => {
    const pem = fileOf(CASES, 'negative/trusted/p256.pub')
    const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' })
    const trustedDigests = [sha256(spki.subarray(-64))]
    const content = fileOf(CASES, 'near-miss/no-key/app.gbl')
    expect(inShort(ofFile(content, { trustedDigests }))).toEqual([E6, ROLLBACK])
  })

  it('gives an answer wherever the file ends, and for any changed byte', () => {
    const content = fileOf(CASES, 'negative/application-signed/app.gbl')
    for (let length = 0; length < content.length; length += 3) ofFile(content.subarray(0, length))
    fc.assert(
      fc.property(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        ofFile(flipped(content, at, mask))
      }),
    )
  })
})
