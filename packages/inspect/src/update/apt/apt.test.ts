import { readOpenpgpKeys } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import {
  runUpdate,
  trusting,
  type UpdateCases,
  updateFile,
  updateInShort,
  updateSuite,
} from '../package/testing.ts'
import { aptCheck } from './index.ts'

const CASES: UpdateCases = {
  check: aptCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.none',
  keyAt: 'etc/apt/trusted.gpg.d/update.gpg',
  configuration: ['etc/apt/apt.conf', '// nothing\n'],
}

describe('update.apt', () => {
  updateSuite(CASES, {
    negative: {
      detached: ['signature E5 for high'],
      ec: ['signature E5 for high'],
      ed: ['signature E5 for high'],
      rsa: ['signature E5 for high'],
    },
    positive: {
      around: ['signature E5 for high', 'uncovered - against medium'],
      detached: ['signature EX against high'],
      index: ['signature E5 neutral medium', 'content EX against high'],
      message: ['signature EX against high'],
      package: ['signature E5 neutral medium', 'content EX against high'],
      sha1: ['signature E5 for high', 'weak - against high'],
      short: ['signature E5 for high', 'weak - against high'],
      sums: ['signature E5 for high', 'weak - against high'],
      unlisted: ['signature E5 for high', 'uncovered - against medium'],
      unsigned: ['unsigned E2 against medium'],
    },
    nearMiss: {
      'no-key': ['signature E3 neutral medium'],
      notes: [],
      'other-key': ['signature E3 neutral medium'],
    },
    whole: ['negative/ed', 'dists__stable__InRelease'],
    covered: (content) => [[content.indexOf('Date:'), content.indexOf('\n-----BEGIN PGP SIGNATURE') - 1]],
    links: [
      'apt-repository E5: update(InRelease) update(dists/stable/main/binary-all/Packages) update(pool/sample_1.0_all.deb) < device.img@0x0:squashfs/etc/apt/trusted.gpg.d/update.gpg; unknown',
    ],
  })

  it('is lifted by what the user trusts', () => {
    const [ring] = readOpenpgpKeys(updateFile(CASES, 'negative/rsa/update.pem'))
    const spki = ring?.key.spki as Uint8Array
    const { evidence } = runUpdate(CASES, 'negative/rsa', trusting(spki))
    expect(evidence.find(({ kind }) => kind === 'update.apt.signature')?.level).toBe('E6')
  })

  it('tells dates, and what is there', () => {
    const { evidence } = runUpdate(CASES, 'negative/ed')
    expect(evidence.find(({ kind }) => kind === 'update.apt.description')?.observation).toMatchObject({
      Origin: 'Sample',
      'Valid-Until': expect.stringMatching(/ 20\d\d /),
      digests: 'sha256',
      indexes: 1,
      packages: 1,
    })
    expect(updateInShort(CASES, runUpdate(CASES, 'negative/ed'))).toEqual(['signature E5 for high'])
  })
})
