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
import { menderCheck } from './index.ts'

const CASES: UpdateCases = {
  check: menderCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.mender',
  format: 'mender',
  configuration: ['etc/mender/mender.conf', '{ "ArtifactVerifyKey": "/etc/update.pem" }'],
}

describe('update.mender', () => {
  it('verifies artifacts with the key that the client is configured with', () => {
    expect(updateTable(CASES, 'negative')).toEqual({
      p256: ['signature E5 for high'],
      rsa: ['signature E5 for high'],
    })
  })

  it('says what is against an artifact', () => {
    expect(updateTable(CASES, 'positive')).toEqual({
      extra: ['signature E5 for high', 'uncovered - against medium'],
      header: ['signature E5 neutral medium', 'content EX against high'],
      leaked: ['signature E5 neutral medium', 'private-key - against high'],
      manifest: ['signature EX against medium', 'content EX against high'],
      payload: ['signature E5 neutral medium', 'content EX against high'],
      unsigned: ['unsigned E2 against medium'],
      weak: ['signature E5 for high', 'weak - against high'],
      'wrong-key': ['signature EX against medium'],
    })
  })

  it('does not take for good what nobody vouches for', () => {
    expect(updateTable(CASES, 'near-miss')).toEqual({
      'no-key': ['signature E3 neutral medium'],
      'other-key': ['signature E3 neutral medium'],
    })
  })

  it('is lifted by what the user trusts', () => {
    const artifact = updateArtefact(CASES, updateFile(CASES, 'negative/p256/a.mender'))
    const pem = updateFile(CASES, 'negative/p256/update.pem')
    const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' })
    const trusted = [{ name: 'mine', spki, sha256: sha256(spki) }]
    expect(updateInShort(CASES, runArtefacts(CASES, [artifact], { trusted }))).toEqual([
      'signature E6 for high',
    ])
  })

  it('tells device types, scripts, and what is within the signature', () => {
    const info = {
      artifact_provides: { artifact_name: 'release-1' },
      artifact_depends: { device_type: ['sample-board'], artifact_name: ['release-0'] },
    }
    const header = testArtefact('header-info', JSON.stringify(info), {
      root: 'a.mender@0x0:mender/header.tar@0x0:tar',
    })
    const { evidence } = runUpdate(CASES, 'negative/p256', {}, [header])
    expect(evidence.find(({ kind }) => kind === 'update.mender.description')?.observation).toMatchObject({
      artifact: 'release-1',
      devices: ['sample-board'],
      after: ['release-0'],
      scripts: ['scripts/ArtifactInstall_Enter_00'],
      augmented: [],
      notRead: [],
    })
  })

  it('never verifies what was changed in manifest, header or payload', () => {
    const whole = updateFile(CASES, 'negative/p256/a.mender')
    const pem = testArtefact('etc/update.pem', updateFile(CASES, 'negative/p256/update.pem'))
    const parts = ['  data/0000/', '{"payloads"', 'MMMMMM'].map((text) => whole.indexOf(text))
    for (const from of parts)
      for (let at = from; at < from + 60; at += 7) {
        const changed = Buffer.from(whole)
        changed[at] = (changed[at] as number) ^ 2
        const found = updateInShort(CASES, runArtefacts(CASES, [updateArtefact(CASES, changed), pem]))
        const isFine = found.every((one) => one.includes(' for ')) && found.length > 0
        expect(isFine, `${at}: ${found}`).toBe(false)
      }
  })

  it('gives links that do not contradict themselves', () => {
    expect(updateLinkFaults(CASES)).toEqual([])
    expect(linksInShort(runUpdate(CASES, 'negative/p256').facts)).toEqual([
      'mender E5: update(manifest) update(header.tar) update(data/0000.tar) < device.img@0x0:squashfs/etc/update.pem; unknown',
    ])
  })

  it('gives an answer for any bytes', () => {
    const whole = updateFile(CASES, 'negative/rsa/a.mender')
    fc.assert(
      fc.property(fc.nat(whole.length - 33), fc.uint8Array({ minLength: 1, maxLength: 32 }), (at, bytes) => {
        const changed = Buffer.from(whole)
        changed.set(bytes, at)
        runArtefacts(CASES, [updateArtefact(CASES, changed.subarray(0, changed.length - (at % 5) * 512))])
      }),
      { numRuns: 60 },
    )
  })
})
