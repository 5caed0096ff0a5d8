import { createPublicKey } from 'node:crypto'
import { sha256 } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linksInShort } from '../../secure-boot/chain/testing.ts'
import { testArtefact } from '../../testing.ts'
import {
  runArtefacts,
  runUpdate,
  type UpdateCases,
  updateArtefact,
  updateFile,
  updateInShort,
  updateLinkFaults,
  updateTable,
} from '../package/testing.ts'
import { payloadCheck } from './index.ts'

const KEY = 'etc/update_engine/update-payload-key.pub.pem'
const CASES: UpdateCases = {
  check: payloadCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.bin',
  format: 'android-payload',
  also: ['.zip', 'zip'],
  keyAt: KEY,
  configuration: ['etc/prop', ''],
}

describe('update.payload', () => {
  it('verifies updates and archives with the key of the device', () => {
    expect(updateTable(CASES, 'negative')).toEqual({
      archive: ['signature E5 for high'],
      both: ['signature E5 for high'],
      certificate: ['signature E5 for high'],
      ecdsa: ['signature E5 for high'],
      metadata: ['signature E5 for high'],
    })
  })

  it('says what is against an update', () => {
    expect(updateTable(CASES, 'positive')).toEqual({
      'archive-changed': ['signature EX against high'],
      'archive-sha1': ['signature E5 for high', 'weak - against high'],
      data: ['signature E5 neutral medium', 'content EX against high'],
      'data-by-digest': ['signature E5 neutral medium', 'content EX against high'],
      leaked: ['signature E5 neutral medium', 'private-key - against high'],
      manifest: ['signature EX against medium'],
      uncovered: ['signature E5 for high', 'uncovered - against medium'],
      unsigned: ['unsigned E2 against medium'],
      'unsigned-open': ['unsigned E0 against medium'],
      weak: ['signature E5 for high', 'weak - against high'],
    })
  })

  it('does not take for good what nobody vouches for', () => {
    expect(updateTable(CASES, 'near-miss')).toEqual({
      'no-key': ['signature E3 neutral medium'],
      'other-key': ['signature EX against medium'],
    })
  })

  it('is lifted by what the user trusts', () => {
    const update = updateArtefact(CASES, updateFile(CASES, 'negative/both/a.bin'))
    const spki = createPublicKey(updateFile(CASES, 'negative/both/update.pem')).export({
      type: 'spki',
      format: 'der',
    })
    const trusted = [{ name: 'mine', spki, sha256: sha256(spki) }]
    expect(updateInShort(CASES, runArtefacts(CASES, [update], { trusted }))).toEqual([
      'signature E6 for high',
    ])
  })

  it('takes no key from the archive that the payload lies in', () => {
    const root = 'ota.zip@0x0:zip'
    const update = testArtefact('', updateFile(CASES, 'negative/both/a.bin'), {
      root,
      path: `${root}/payload.bin@0x0:android-payload`,
      type: 'region',
      format: 'android-payload',
    })
    const brought = testArtefact(
      'META-INF/com/android/otacert',
      updateFile(CASES, 'negative/certificate/update.pem'),
      { root },
    )
    expect(updateInShort(CASES, runArtefacts(CASES, [update, brought]))).toEqual([
      'signature E3 neutral medium',
    ])
  })

  it('tells partitions and what stands against rollback', () => {
    const { evidence } = runUpdate(CASES, 'negative/both')
    expect(evidence.find(({ kind }) => kind === 'update.payload.description')?.observation).toMatchObject({
      partitions: [{ name: 'system', size: 4096 }],
      maxTimestamp: 1767225600,
      securityPatchLevel: '2026-01-05',
      delta: false,
      metadata: 'holds',
      payload: 'holds',
    })
  })

  it('never takes for good what was changed', () => {
    const whole = updateFile(CASES, 'negative/both/a.bin')
    const key = testArtefact(KEY, updateFile(CASES, 'negative/both/update.pem'))
    // The length at the very end counts only where a signature is padded.
    for (let at = 0; at < whole.length - 6; at += 41) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] as number) ^ 2
      const found = updateInShort(CASES, runArtefacts(CASES, [updateArtefact(CASES, changed), key]))
      expect(found.length > 0 && found.every((one) => one.includes(' for ')), String(at)).toBe(false)
    }
  })

  it('gives links that do not contradict themselves', () => {
    expect(updateLinkFaults(CASES)).toEqual([])
    expect(linksInShort(runUpdate(CASES, 'negative/both').facts)).toEqual([
      `android-ota E5: update(payload.bin) < device.img@0x0:squashfs/${KEY}; unknown`,
    ])
  })

  it('gives an answer for any bytes', () => {
    const files = ['negative/both/a.bin', 'negative/archive/a.zip'] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.nat(1000),
        fc.uint8Array({ minLength: 1, maxLength: 32 }),
        (file, at, bytes) => {
          const changed = Buffer.from(updateFile(CASES, file))
          changed.set(bytes, at)
          runArtefacts(CASES, [updateArtefact(CASES, changed.subarray(0, changed.length - (at % 7)), file)])
        },
      ),
      { numRuns: 60 },
    )
  })
})
