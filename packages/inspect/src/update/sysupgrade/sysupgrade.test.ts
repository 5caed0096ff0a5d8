import { readSignifyKey } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import {
  runUpdate,
  trusting,
  type UpdateCases,
  updateFile,
  updateInShort,
  updateSuite,
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
  updateSuite(CASES, {
    negative: {
      bare: ['signature E5 for high'],
      chain: ['signature E5 for high'],
      own: ['signature E5 for high'],
    },
    positive: {
      'bare-image': ['signature EX against high'],
      certificate: ['signature EX against high'],
      foreign: ['signature EX against high'],
      hidden: ['signature E3 neutral medium', 'uncovered - against medium'],
      image: ['signature EX against high'],
      metadata: ['signature EX against high'],
      sum: ['signature EX against high', 'content EX against high'],
      unsigned: ['unsigned E1 against medium'],
      'wrong-key': ['signature EX against high'],
    },
    nearMiss: {
      'bare-no-key': ['signature E3 neutral medium'],
      'no-key': ['signature E4 neutral medium'],
      'other-key': ['signature E4 neutral medium'],
    },
    whole: ['negative/chain', 'a.img'],
    links: [
      'openwrt-sysupgrade E5: update(image) < device.img@0x0:squashfs/etc/opkg/keys/0123456789abcdef; unknown',
    ],
  })

  it('is lifted by what the user trusts', () => {
    const spki = readSignifyKey(updateFile(CASES, 'negative/chain/update.pem'))?.spki as Buffer
    expect(updateInShort(CASES, runUpdate(CASES, 'negative/chain', trusting(spki)))).toEqual([
      'signature E6 for high',
    ])
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
})
