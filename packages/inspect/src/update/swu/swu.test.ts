import { createPublicKey } from 'node:crypto'
import { sha256 } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concluded, linksInShort } from '../../secure-boot/chain/testing.ts'
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
import { swuCheck } from './index.ts'

const CASES: UpdateCases = {
  check: swuCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.swu',
  format: 'swupdate',
  configuration: ['etc/swupdate.cfg', 'globals :\n{\n  public-key-file = "/etc/update.pem";\n};\n'],
}

describe('update.swu', () => {
  it('verifies images with what the client of the release is configured with', () => {
    expect(updateTable(CASES, 'negative')).toEqual({
      cms: ['signature E5 for high'],
      openpgp: ['signature E5 for high'],
      pss: ['signature E5 for high'],
      raw: ['signature E5 for high'],
    })
  })

  it('says what is against an image', () => {
    expect(updateTable(CASES, 'positive')).toEqual({
      description: ['signature EX against high'],
      leaked: ['signature E5 neutral medium', 'private-key - against high'],
      openpgp: ['signature EX against high'],
      payload: ['signature E5 neutral medium', 'content EX against high'],
      revoked: ['signature E5 neutral medium', 'revoked - against high'],
      script: ['signature E5 for high', 'uncovered - against medium'],
      unsigned: ['unsigned E2 against medium'],
      weak: ['signature E5 for high', 'weak - against high'],
    })
  })

  it('does not take for good what nobody vouches for', () => {
    expect(updateTable(CASES, 'near-miss')).toEqual({
      foreign: ['signature E4 neutral medium'],
      'no-key': ['signature E4 neutral medium'],
      'other-key': ['signature E3 neutral medium'],
      purpose: ['signature E5 neutral medium'],
    })
  })

  it('is lifted by what the user trusts, and refused by another key that is', () => {
    const trust = (pem: Uint8Array) => {
      const spki = createPublicKey(Buffer.from(pem)).export({ type: 'spki', format: 'der' })
      return { trusted: [{ name: 'mine', spki, sha256: sha256(spki) }] }
    }
    const image = updateArtefact(CASES, updateFile(CASES, 'negative/raw/a.swu'))
    const right = runArtefacts(CASES, [image], trust(updateFile(CASES, 'negative/raw/update.pem')))
    expect(updateInShort(CASES, right)).toEqual(['signature E6 for high'])
    const wrong = runArtefacts(CASES, [image], trust(updateFile(CASES, 'near-miss/other-key/key.pem')))
    expect(updateInShort(CASES, wrong)).toEqual(['signature EX against medium'])
    const authority = trust(updateFile(CASES, 'negative/cms/update.pem'))
    const cms = updateArtefact(CASES, updateFile(CASES, 'negative/cms/a.swu'))
    expect(updateInShort(CASES, runArtefacts(CASES, [cms], authority))).toEqual(['signature E6 for high'])
  })

  it('takes no key from the image itself', () => {
    const image = updateArtefact(CASES, updateFile(CASES, 'negative/raw/a.swu'))
    const inside = testArtefact('etc/update.pem', updateFile(CASES, 'negative/raw/update.pem'), {
      root: `${image.path}/rootfs.img@0x0:ext`,
    })
    expect(updateInShort(CASES, runArtefacts(CASES, [image, inside]))).toEqual([
      'signature E4 neutral medium',
    ])
  })

  it('tells hardware and version, and what is in the archive without being named', () => {
    const { evidence } = runUpdate(CASES, 'positive/script')
    const description = evidence.find(({ kind }) => kind === 'update.swu.description')
    expect(description?.observation).toMatchObject({
      version: '1.2.3',
      hardware: ['board-1', 'board-2'],
      encrypted: 0,
      notListed: [],
      files: [
        { name: 'rootfs.img', list: 'images' },
        { name: 'post.sh', list: 'scripts', sha256: null },
      ],
    })
  })

  it('refuses every changed byte of description, signature and files', () => {
    const whole = updateFile(CASES, 'negative/cms/a.swu')
    const pem = testArtefact('etc/update.pem', updateFile(CASES, 'negative/cms/update.pem'))
    const from = whole.indexOf('software = ')
    const parts = [
      [from, whole.indexOf('070702', from) - 4],
      [whole.indexOf('RRRR'), whole.indexOf('RRRR') + 3000],
    ] as const
    for (const [start, end] of parts)
      for (let at = start; at < end; at += 97) {
        const changed = Buffer.from(whole)
        changed[at] = (changed[at] as number) ^ 2
        const found = updateInShort(CASES, runArtefacts(CASES, [updateArtefact(CASES, changed), pem]))
        expect(
          found.some((one) => one.includes('EX against')),
          String(at),
        ).toBe(true)
      }
  })

  it('gives links that do not contradict themselves', () => {
    expect(updateLinkFaults(CASES)).toEqual([])
    expect(linksInShort(runUpdate(CASES, 'negative/cms').facts)).toEqual([
      'swupdate E5: update(sw-description) update(rootfs.img) update(post.sh) < device.img@0x0:squashfs/etc/update.pem; unknown',
    ])
  })

  it('breaks the chain where a script is installed that nothing verifies', () => {
    const { chains } = concluded(runUpdate(CASES, 'positive/script').facts)
    expect(chains.map(({ verdict }) => verdict)).toEqual(['broken'])
  })

  it('gives an answer for any bytes', () => {
    const whole = updateFile(CASES, 'negative/cms/a.swu')
    fc.assert(
      fc.property(fc.nat(whole.length - 33), fc.uint8Array({ minLength: 1, maxLength: 32 }), (at, bytes) => {
        const changed = Buffer.from(whole)
        changed.set(bytes, at)
        runArtefacts(CASES, [updateArtefact(CASES, changed.subarray(0, changed.length - (at % 7) * 100))])
      }),
      { numRuns: 60 },
    )
  })
})
