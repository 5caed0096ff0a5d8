import { describe, expect, it } from 'vitest'
import {
  runUpdate,
  trusting,
  type UpdateCases,
  updateFile,
  updateInShort,
  updateSuite,
} from '../package/testing.ts'
import { releaseFilesCheck } from '../release-files/index.ts'
import { awsIotCheck } from './index.ts'

const CASES: UpdateCases = {
  check: awsIotCheck,
  after: [releaseFilesCheck],
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.none',
  configuration: ['etc/none', ''],
}

describe('update.aws-iot', () => {
  updateSuite(CASES, {
    negative: { ecdsa: ['signature E5 for high'], rsa: ['signature E5 for high'] },
    positive: {
      file: ['signature EX against medium'],
      sha1: ['signature E5 for high', 'weak - against high'],
      short: ['signature E5 for high', 'weak - against high'],
      unsigned: ['unsigned E0 against medium'],
      'wrong-key': ['signature EX against medium'],
    },
    nearMiss: {
      'no-file': ['signature E3 neutral medium'],
      'no-key': ['signature E3 neutral medium'],
      settings: [],
    },
    whole: ['negative/ecdsa', 'app.bin'],
    links: [
      'aws-iot-job E5: update(job) update(/device/updates) < device.img@0x0:squashfs/etc/update.pem; unknown',
    ],
  })

  it('is lifted by what the user trusts', () => {
    const mine = trusting(updateFile(CASES, 'negative/ecdsa/update.pem'))
    expect(updateInShort(CASES, runUpdate(CASES, 'near-miss/no-key', mine))).toEqual([
      'signature E6 for high',
    ])
  })

  it('tells each file, and that the job itself is under no signature', () => {
    const { evidence } = runUpdate(CASES, 'negative/rsa')
    expect(evidence.find(({ kind }) => kind === 'update.aws-iot.description')?.observation).toMatchObject({
      protocols: ['MQTT'],
      files: [{ path: '/device/updates', signature: 'sha256 rsa', result: 'holds', file: 'app.bin' }],
      job: expect.stringMatching(/^not signed/),
    })
  })
})
