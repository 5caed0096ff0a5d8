import { createPublicKey, X509Certificate } from 'node:crypto'
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
import { raucCheck } from './index.ts'
import { parseManifest } from './manifest.ts'

const CASES: UpdateCases = {
  check: raucCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.raucb',
  format: 'rauc-bundle',
  configuration: [
    'etc/rauc/system.conf',
    '[system]\ncompatible=Sample Board\n[keyring]\npath=/etc/update.pem\n',
  ],
}

const bare = testArtefact('manifest.raucm', updateFile(CASES, 'positive/stripped/manifest.raucm'), {
  root: 'a.img@0x0:squashfs',
})

describe('update.rauc', () => {
  it('verifies bundles with the keyring of the release', () => {
    expect(updateTable(CASES, 'negative')).toEqual({
      plain: ['signature E5 for high'],
      verity: ['signature E5 for high'],
    })
  })

  it('says what is against a bundle', () => {
    expect(updateTable(CASES, 'positive')).toEqual({
      manifest: ['signature EX against high'],
      'plain-payload': ['signature EX against high'],
      revoked: ['signature E5 neutral medium', 'revoked - against high'],
      stripped: [],
      'verity-payload': ['signature E5 neutral medium', 'content EX against high'],
      weak: ['signature E5 for high', 'weak - against high'],
    })
    expect(updateInShort(CASES, runArtefacts(CASES, [bare]))).toEqual(['unsigned E2 against medium'])
  })

  it('does not take for good what nobody vouches for', () => {
    expect(updateTable(CASES, 'near-miss')).toEqual({
      crypt: ['signature E3 neutral medium'],
      foreign: ['signature E4 neutral medium'],
      'no-key': ['signature E4 neutral medium'],
      purpose: ['signature E5 neutral medium'],
    })
  })

  it('follows the purpose that system.conf asks for, and what the user trusts', () => {
    const conf = testArtefact(
      'etc/rauc/system.conf',
      '[keyring]\npath=/etc/update.pem\ncheck-purpose=codesign\n',
    )
    const pem = updateFile(CASES, 'near-miss/purpose/update.pem')
    const bundle = updateArtefact(CASES, updateFile(CASES, 'near-miss/purpose/a.raucb'))
    const run = runArtefacts(CASES, [bundle, conf, testArtefact('etc/update.pem', pem)])
    expect(updateInShort(CASES, run)).toEqual(['signature E5 for high'])
    const { publicKey } = new X509Certificate(updateFile(CASES, 'negative/verity/update.pem'))
    const spki = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({
      type: 'spki',
      format: 'der',
    })
    const verity = updateArtefact(CASES, updateFile(CASES, 'negative/verity/a.raucb'))
    const trusted = [{ name: 'mine', spki, sha256: sha256(spki) }]
    expect(updateInShort(CASES, runArtefacts(CASES, [verity], { trusted }))).toEqual([
      'signature E6 for high',
    ])
  })

  it('compares the images with the manifest, and takes no keyring from the bundle itself', () => {
    const bundle = updateArtefact(CASES, updateFile(CASES, 'negative/verity/a.raucb'))
    const root = `${bundle.path}/payload.squashfs@0x0:squashfs`
    const inside = testArtefact('etc/update.pem', updateFile(CASES, 'negative/verity/update.pem'), { root })
    const other = testArtefact('rootfs.img', 'another', { root })
    expect(updateInShort(CASES, runArtefacts(CASES, [bundle, inside, other]))).toEqual([
      'signature E4 neutral medium',
      'content EX against high',
    ])
  })

  it('tells what the manifest says', () => {
    const { evidence } = runUpdate(CASES, 'negative/verity')
    expect(evidence.find(({ kind }) => kind === 'update.rauc.description')?.observation).toMatchObject({
      compatible: 'Sample Board',
      version: '2026.11',
      format: 'verity',
      programs: ['hook.sh'],
      images: [{ slot: 'rootfs', name: 'rootfs.img', hooks: 'post-install;' }],
    })
    expect(parseManifest('=\n[image.a]\n[image.b]\nfilename=x\nsha256=1\n').images).toEqual([
      { slot: 'b', filename: 'x', sha256: undefined, hooks: undefined },
    ])
  })

  it('refuses every changed byte of the payload and its tree', () => {
    const whole = updateFile(CASES, 'negative/verity/a.raucb')
    for (let at = 200; at < 3 * 4096; at += 331) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] as number) ^ 2
      const found = updateInShort(CASES, runArtefacts(CASES, [updateArtefact(CASES, changed)]))
      expect(found, String(at)).toContain('content EX against high')
    }
  })

  it('gives links that do not contradict themselves', () => {
    expect(updateLinkFaults(CASES)).toEqual([])
    expect(linksInShort(runArtefacts(CASES, [bare]).facts)).toEqual([
      'rauc E2: update(payload) < no key; unknown',
    ])
    expect(linksInShort(runUpdate(CASES, 'negative/plain').facts)).toEqual([
      'rauc E5: update(payload.squashfs) < device.img@0x0:squashfs/etc/update.pem; unknown',
    ])
  })

  it('gives an answer for any bytes', () => {
    const whole = updateFile(CASES, 'negative/verity/a.raucb')
    fc.assert(
      fc.property(fc.nat(whole.length - 33), fc.uint8Array({ minLength: 1, maxLength: 32 }), (at, bytes) => {
        const changed = Buffer.from(whole)
        changed.set(bytes, at)
        runArtefacts(CASES, [updateArtefact(CASES, changed)])
      }),
      { numRuns: 60 },
    )
  })
})
