import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { privateKeysCheck } from '../../credentials/private-keys/index.ts'
import { runChecks, type TestRun } from '../../testing.ts'
import { avbCheck } from '../avb/index.ts'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import { linuxModulesCheck } from '../linux-modules/index.ts'
import { flipped, inShort, namesOf } from '../outcome/testing.ts'
import { artefactsOf, type ReleaseFile, readCase } from '../partitions/testing.ts'
import { readDescriptor } from './descriptor.ts'
import { fsVerityCheck } from './index.ts'

const FIXTURES = new URL('./fixtures/', import.meta.url)

function run(name: string, change: (file: ReleaseFile) => ReleaseFile = (file) => file): TestRun {
  const { files, settings } = readCase(new URL(`${name}/`, FIXTURES))
  const checks = [avbCheck, linuxModulesCheck, privateKeysCheck, fsVerityCheck]
  const { evidence, facts } = runChecks(checks, artefactsOf(files.map(change)), settings)
  return { facts, evidence: evidence.filter(({ kind }) => fsVerityCheck.states.includes(kind)) }
}

const MATCH = 'files E2 neutral high'
const DIFFERS = 'files EX against medium'
const REFUSED = 'signature EX against high'
const TRAVELS = 'signature E4 neutral medium'

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'positive/broken': [MATCH, DIFFERS],
  'positive/detached-tampered': [REFUSED],
  'positive/other-signed': [MATCH, REFUSED],
  'positive/private-key': [MATCH, TRAVELS, 'private-key - against high'],
  'positive/salted-tampered': [DIFFERS, TRAVELS],
  'positive/signed-tampered': [DIFFERS, TRAVELS],
  'positive/tampered-data': [MATCH, DIFFERS],
  'positive/tampered-root': [MATCH, DIFFERS],
  'positive/tampered-signature': [MATCH, REFUSED],
  'positive/tampered-tree': [MATCH, DIFFERS],
  'negative/detached': [TRAVELS],
  'negative/earlier': [MATCH, 'signature E5 for medium'],
  'negative/salted': [MATCH, TRAVELS],
  'negative/signature-beside': [MATCH, TRAVELS],
  'negative/signed': [MATCH, TRAVELS],
  'negative/trusted': [MATCH, 'signature E6 for high'],
  'negative/unsigned': [MATCH],
  'near-miss/behind-the-end': [MATCH],
  'near-miss/no-key': [MATCH, 'signature E3 neutral medium'],
  'near-miss/other-signature': [],
  // The short files are whole; of the long one the descriptor is cut off.
  'near-miss/truncated': [MATCH],
}

describe('secure-boot.fs-verity', () => {
  it.each(namesOf({ check: fsVerityCheck, fixtures: FIXTURES }))('%s', (name) => {
    expect(inShort(run(name).evidence).toSorted()).toEqual(EXPECTED[name]?.toSorted())
  })

  it('tells what fsverity measure tells', () => {
    const { evidence } = run('negative/salted')
    expect(evidence[0]?.observation).toMatchObject({
      state: 'match',
      algorithm: 'sha512',
      block: 1024,
      salt: 'aabbccdd',
      some: ['usr/bin/tool'],
    })
  })

  it('never takes a file for right in which any byte was changed', () => {
    const { files } = readCase(new URL('negative/salted/', FIXTURES))
    const image = gunzipSync(files[0]?.content as Uint8Array)
    const start = image.indexOf('1\n2\n3\n')
    for (let place = start; place < start + 18_893; place += 1777) {
      const changed = gzipSync(flipped(image, place))
      const { evidence } = run('negative/salted', ({ name }) => ({ name, content: changed }))
      expect(inShort(evidence), `${place}`).toContain(DIFFERS)
    }
  })

  it('links what a signature covers, and only where the content is the one that is signed', () => {
    expect(linksInShort(run('negative/earlier').facts)).toEqual([
      'fs-verity E5: files(usr/bin/tool) < initrd.cpio@0x0:cpio/etc/keys/signer.der; unknown',
    ])
    expect(linksOf(run('positive/signed-tampered').facts)).toEqual([])
    for (const name of Object.keys(EXPECTED))
      expect(linksOf(run(name).facts).flatMap(linkFaults), name).toEqual([])
  })

  it('reads no descriptor that no kernel would take', () => {
    const sound = Buffer.alloc(256)
    sound.set([1, 1, 12])
    expect(readDescriptor(sound)).toBeDefined()
    for (const [at, value] of [
      [0, 2],
      [1, 3],
      [2, 17],
      [2, 9],
      [3, 33],
      [4, 1],
      [15, 0xff],
    ] as const) {
      const changed = Buffer.from(sound)
      changed[at] = value
      expect(readDescriptor(changed), `${at}`).toBeUndefined()
    }
    expect(readDescriptor(sound.subarray(1))).toBeUndefined()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        readDescriptor(bytes)
      }),
    )
  })
})
