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
import { opkgCheck } from './index.ts'

const CASES: UpdateCases = {
  check: opkgCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.none',
  keyAt: 'etc/opkg/keys/0123456789abcdef',
  configuration: ['etc/opkg.conf', 'option check_signature\n'],
}

describe('update.opkg', () => {
  updateSuite(CASES, {
    negative: { signed: ['signature E5 for high'] },
    positive: {
      foreign: ['signature E3 neutral medium'],
      index: ['signature EX against high'],
      'no-digest': ['signature E5 for high', 'uncovered - against medium'],
      package: ['signature E5 neutral medium', 'content EX against high'],
      unsigned: ['unsigned E2 against medium'],
    },
    nearMiss: {
      debian: [],
      'no-key': ['signature E3 neutral medium'],
      'other-key': ['signature E3 neutral medium'],
    },
    whole: ['negative/signed', 'Packages'],
    links: [
      'opkg-feed E5: update(Packages) update(sample_1.0_all.ipk) < device.img@0x0:squashfs/etc/opkg/keys/0123456789abcdef; unknown',
    ],
  })

  it('is lifted by what the user trusts', () => {
    const spki = readSignifyKey(updateFile(CASES, 'negative/signed/update.pem'))?.spki as Buffer
    expect(updateInShort(CASES, runUpdate(CASES, 'near-miss/no-key', trusting(spki)))).toEqual([
      'signature E6 for high',
    ])
  })

  it('tells how much of a feed is there', () => {
    const { evidence } = runUpdate(CASES, 'negative/signed')
    expect(evidence.find(({ kind }) => kind === 'update.opkg.description')?.observation).toMatchObject({
      packages: 2,
      beside: 1,
      rollback: 'none in this format',
    })
  })
})
