import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import {
  runUpdate,
  trusting,
  type UpdateCases,
  updateFile,
  updateInShort,
  updateSuite,
} from '../package/testing.ts'
import { chromeosCheck } from './index.ts'
import { packedKey } from './vboot.ts'

const CASES: UpdateCases = {
  check: chromeosCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.none',
  configuration: ['etc/none', ''],
}

describe('update.chromeos', () => {
  updateSuite(CASES, {
    negative: { kernel: ['signature E5 for medium'] },
    positive: {
      block: ['signature E4 neutral medium', 'content EX against high'],
      body: ['signature EX against high'],
      preamble: ['signature EX against high'],
      unsigned: ['unsigned E2 against medium'],
      weak: ['signature E5 for medium', 'weak - against high'],
    },
    nearMiss: {
      'no-key': ['signature E4 neutral medium'],
      'other-key': ['signature E4 neutral medium'],
      text: [],
    },
    whole: ['negative/kernel', 'kernel.bin'],
    // The block up to its own signatures, and the kernel; zeros fill the preamble.
    covered: (content) => [
      [8, 24],
      [72, 100],
      [112, 368],
      [0x1000, content.length],
    ],
    links: ['chromeos-vboot E5: kernel(kernel) < kernel_subkey.vbpubk; unknown'],
  })

  it('is lifted by what the user trusts', () => {
    const key = packedKey(memoryBytes(updateFile(CASES, 'negative/kernel/kernel_subkey.vbpubk')), 0)
    const spki = Buffer.from(key?.spki ?? '', 'base64')
    expect(updateInShort(CASES, runUpdate(CASES, 'near-miss/no-key', trusting(spki)))).toEqual([
      'signature E6 for high',
    ])
  })

  it('tells versions, which are under the signatures', () => {
    const { evidence } = runUpdate(CASES, 'negative/kernel')
    expect(evidence.find(({ kind }) => kind === 'update.chromeos.description')?.observation).toMatchObject({
      keyVersion: 2,
      kernelVersion: 3,
      valid: ['not in developer mode', 'not in recovery'],
    })
  })
})
