import { createPublicKey } from 'node:crypto'
import { readSignifyKey, sha256 } from '@messlatte/bytes'
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
import { sysupgradeCheck } from './index.ts'

const CASES: UpdateCases = {
  check: sysupgradeCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.img',
  keyAt: 'etc/opkg/keys/0123456789abcdef',
  configuration: ['etc/opkg.conf', 'option check_signature\n'],
}

describe('update.sysupgrade', () => {
  it('verifies images with the keys in /etc/opkg/keys', () => {
    expect(updateTable(CASES, 'negative')).toEqual({
      bare: ['signature E5 for high'],
      chain: ['signature E5 for high'],
      own: ['signature E5 for high'],
    })
  })

  it('says what is against an image', () => {
    expect(updateTable(CASES, 'positive')).toEqual({
      'bare-image': ['signature EX against high'],
      certificate: ['signature EX against high'],
      foreign: ['signature EX against high'],
      hidden: ['signature E3 neutral medium', 'uncovered - against medium'],
      image: ['signature EX against high'],
      metadata: ['signature EX against high'],
      sum: ['signature EX against high', 'content EX against high'],
      unsigned: ['unsigned E1 against medium'],
      'wrong-key': ['signature EX against high'],
    })
  })

  it('does not take for good what nobody vouches for', () => {
    expect(updateTable(CASES, 'near-miss')).toEqual({
      'bare-no-key': ['signature E3 neutral medium'],
      'no-key': ['signature E4 neutral medium'],
      'other-key': ['signature E4 neutral medium'],
    })
  })

  it('is lifted by what the user trusts', () => {
    const image = updateArtefact(CASES, updateFile(CASES, 'negative/chain/a.img'), 'a.img')
    const spki = readSignifyKey(updateFile(CASES, 'negative/chain/update.pem'))?.spki as Buffer
    expect(createPublicKey({ key: spki, format: 'der', type: 'spki' }).asymmetricKeyType).toBe('ed25519')
    const trusted = [{ name: 'mine', spki, sha256: sha256(spki) }]
    expect(updateInShort(CASES, runArtefacts(CASES, [image], { trusted }))).toEqual(['signature E6 for high'])
  })

  it('tells devices, versions, and that there is nothing against rollback', () => {
    const { evidence } = runUpdate(CASES, 'negative/chain')
    expect(evidence.find(({ kind }) => kind === 'update.sysupgrade.description')?.observation).toMatchObject({
      devices: ['sample,board'],
      compatibility: '1.1',
      version: { version: '23.05.0', board: 'sample' },
      certificates: [{ type: 1 }],
      rollback: 'none in this format',
    })
  })

  it('never verifies what was changed, wherever', () => {
    const whole = updateFile(CASES, 'negative/chain/a.img')
    const pem = testArtefact(CASES.keyAt as string, updateFile(CASES, 'negative/chain/update.pem'))
    for (let at = 0; at < whole.length; at += 37) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] as number) ^ 2
      const found = updateInShort(CASES, runArtefacts(CASES, [updateArtefact(CASES, changed, 'a.img'), pem]))
      expect(found.every((one) => one.includes(' for ')) && found.length > 0, `${at}: ${found}`).toBe(false)
    }
  })

  it('gives links that do not contradict themselves', () => {
    expect(updateLinkFaults(CASES)).toEqual([])
    expect(linksInShort(runUpdate(CASES, 'negative/own').facts)).toEqual([
      'openwrt-sysupgrade E5: update(image) < device.img@0x0:squashfs/etc/opkg/keys/0123456789abcdef; unknown',
    ])
  })

  it('gives an answer for any bytes', () => {
    const whole = updateFile(CASES, 'negative/chain/a.img')
    const from = whole.indexOf('FWx0')
    fc.assert(
      fc.property(
        fc.integer({ min: from, max: whole.length - 32 }),
        fc.uint8Array({ minLength: 1, maxLength: 32 }),
        (at, bytes) => {
          const changed = Buffer.from(whole)
          changed.set(bytes, at)
          runArtefacts(CASES, [updateArtefact(CASES, changed, 'a.img')])
        },
      ),
      { numRuns: 60 },
    )
  })
})
