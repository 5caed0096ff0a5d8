import { readPublicKey } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { canonicalJson } from '../package/canonical-json.ts'
import { runUpdate, type UpdateCases, updateFile, updateInShort, updateSuite } from '../package/testing.ts'
import { releaseFilesCheck } from '../release-files/index.ts'
import { tufCheck } from './index.ts'

const CASES: UpdateCases = {
  check: tufCheck,
  after: [releaseFilesCheck],
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.none',
  configuration: ['etc/none', ''],
}
const FINE = ['signature E5 for high']
const MIXED = ['signature E4 neutral medium', 'content EX against high']

describe('update.tuf', () => {
  updateSuite(CASES, {
    negative: { ecdsa: FINE, ed25519: FINE, rotated: FINE, rsa: FINE, 'two-keys': FINE, uptane: FINE },
    positive: {
      file: MIXED,
      mixed: MIXED,
      'not-rotated': ['signature EX against high'],
      'one-of-two': ['signature EX against high'],
      root: ['signature EX against high'],
      snapshot: ['signature EX against high', 'content EX against high'],
      targets: ['signature EX against high', 'content EX against high'],
      timestamp: ['signature EX against high'],
    },
    nearMiss: {
      notes: [],
      'other-root': ['signature E4 neutral medium'],
      travelling: ['signature E4 neutral medium'],
    },
    whole: ['negative/ed25519', 'targets.json'],
    // White space is not signed.
    covered: (content) => [
      [content.indexOf('"expires"'), content.indexOf('"expires"') + 35],
      [content.indexOf('"sha256"'), content.indexOf('"sha256"') + 76],
    ],
    links: ['tuf E5: update(targets.json) update(firmware.bin) < device/root.json; unknown'],
  })

  it('is lifted by what the user trusts', () => {
    const root = JSON.parse(updateFile(CASES, 'negative/ed25519/root.json').toString())
    const [key] = Object.values(root.signed.keys) as { keyval: { public: string } }[]
    const spki = Buffer.from(`302a300506032b6570032100${key?.keyval.public}`, 'hex')
    const sha256 = readPublicKey(spki)?.spkiSha256 as string
    const found = runUpdate(CASES, 'negative/ed25519', { trusted: [{ name: 'mine', spki, sha256 }] })
    expect(updateInShort(CASES, found)).toEqual(['signature E6 for high'])
  })

  it('tells versions, thresholds, and what Uptane adds', () => {
    const { evidence } = runUpdate(CASES, 'negative/uptane')
    expect(evidence.find(({ kind }) => kind === 'update.tuf.description')?.observation).toMatchObject({
      roles: expect.arrayContaining([expect.objectContaining({ role: 'targets', version: 3, threshold: 1 })]),
      missing: [],
      targets: 1,
      beside: 1,
      uptane: true,
      hardware: [{ name: 'firmware.bin', hardwareIds: '["sample-board"]', releaseCounter: '7' }],
    })
  })

  it('writes canonical JSON', () => {
    expect(canonicalJson({ b: [1, true, null], a: 'q"\\\n' })?.toString()).toBe(
      '{"a":"q\\"\\\\\n","b":[1,true,null]}',
    )
    expect(canonicalJson({ a: 1.5 })).toBeUndefined()
    let deep: unknown = 1
    for (let depth = 0; depth < 100; depth++) deep = [deep]
    expect(canonicalJson(deep)).toBeUndefined()
  })

  it('reads a root with keys that are none', () => {
    const root = {
      signed: {
        _type: 'root',
        version: 1,
        keys: { a: { keytype: 'rsa', keyval: { public: 'x' } } },
        roles: {},
      },
      signatures: [{ keyid: 'a', sig: '00' }],
    }
    const { facts } = runChecks([tufCheck], [testArtefact('root.json', JSON.stringify(root), { root: '' })])
    expect(facts[0]?.data).toMatchObject({ role: 'root', keys: [{ keyid: 'a', scheme: 'rsa-pss' }] })
  })
})
