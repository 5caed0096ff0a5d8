import { describe, expect, it } from 'vitest'
import {
  runUpdate,
  trusting,
  type UpdateCases,
  updateFile,
  updateInShort,
  updateSuite,
} from '../package/testing.ts'
import { apkCheck } from './index.ts'

const CASES: UpdateCases = {
  check: apkCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.apk',
  format: 'apk',
  also: ['.adb', 'apk-v3'],
  keyAt: 'etc/apk/keys/update.pem',
  configuration: ['etc/apk/world', 'sample\n'],
}

const POSITIVE = {
  control: ['signature EX against high', 'uncovered - against medium'],
  data: ['signature E5 neutral medium', 'content EX against high'],
  'file-3': ['signature E5 neutral medium', 'content EX against high'],
  leaked: ['signature E5 neutral medium', 'private-key - against high'],
  'no-hash': ['signature E5 for high', 'uncovered - against medium'],
  sha1: ['signature E5 for high', 'weak - against high'],
  short: ['signature E5 for high', 'weak - against high'],
  'tree-3': ['signature EX against high'],
  unsigned: ['unsigned E2 against medium'],
  'unsigned-3': ['unsigned E2 against medium'],
  'wrong-key': ['signature EX against high'],
}
const NEGATIVE = {
  index: ['signature E5 for high'],
  'index-3': ['signature E5 for high'],
  package: ['signature E5 for high'],
  'package-3': ['signature E5 for high'],
  'package-3-rsa': ['signature E5 for high'],
}
const NEAR_MISS = {
  'no-key': ['signature E3 neutral medium'],
  'no-key-3': ['signature E3 neutral medium'],
  'other-key-3': ['signature E3 neutral medium'],
}

describe('update.apk, version 2', () => {
  updateSuite(CASES, {
    negative: NEGATIVE,
    positive: POSITIVE,
    nearMiss: NEAR_MISS,
    whole: ['negative/package', 'a.apk'],
    // Behind the signature's own part, which compression and padding surround.
    covered: (content) => [[content.indexOf('\x1f\x8b\x08', 3, 'latin1'), content.length]],
    links: [
      'apk-package E5: update(control.tar) update(data.tar) < device.img@0x0:squashfs/etc/apk/keys/update.pem; unknown',
    ],
  })
})

describe('update.apk, version 3', () => {
  updateSuite(CASES, {
    negative: NEGATIVE,
    positive: POSITIVE,
    nearMiss: NEAR_MISS,
    whole: ['negative/package-3', 'a.adb'],
    // The tree of objects, and the one file; zeros lie between blocks.
    covered: (content) => [
      [12, 8 + (content.readUInt32LE(8) & 0x3fffffff)],
      [content.indexOf('hello'), content.indexOf('hello') + 6],
    ],
    links: ['apk-package E5: update(package) < device.img@0x0:squashfs/etc/apk/keys/update.pem; unknown'],
  })

  it('is lifted by what the user trusts', () => {
    const mine = trusting(updateFile(CASES, 'negative/package-3/update.pem'))
    expect(updateInShort(CASES, runUpdate(CASES, 'near-miss/no-key-3', mine))).toEqual([
      'signature E6 for high',
    ])
  })

  it('tells that there is nothing against rollback', () => {
    const { evidence } = runUpdate(CASES, 'negative/package-3')
    expect(evidence.find(({ kind }) => kind === 'update.apk.description')?.observation).toMatchObject({
      version: 3,
      files: 1,
      compared: true,
      rollback: 'none in this format',
    })
  })
})
