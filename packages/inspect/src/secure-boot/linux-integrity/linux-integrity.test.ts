import { readdirSync } from 'node:fs'
import { readCertificate } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Artefact } from '../../contract.ts'
import { type TestRun, testArtefact } from '../../testing.ts'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import { KERNEL } from '../linux-modules/testing.ts'
import { readAttribute } from './attribute.ts'
import { fixture, releaseOf, run } from './testing.ts'

function inShort({ evidence }: TestRun): readonly string[] {
  return evidence.map(({ kind, level, polarity, confidence }) =>
    [kind.replace('boot.linux.', ''), level ?? '-', polarity, confidence.grade].join(' '),
  )
}

const SIGNED = 'ima E5 for medium'
const HASHED = 'ima E2 neutral medium'
const EVM = 'evm E5 for medium'

function casesOf(kind: string): readonly string[] {
  return readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)).sort()
}

function allOf(kind: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    casesOf(kind).map((name) => [name, inShort(run(releaseOf(`${kind}/${name}`))).toSorted()]),
  )
}

describe('secure-boot.linux-integrity', () => {
  it('verifies signatures with keys that the kernel vouches for, one line for all that come to the same', () => {
    expect(allOf('negative')).toEqual({
      'evm-32': [EVM, HASHED],
      'evm-erofs': [EVM, SIGNED],
      'evm-ext': [EVM, SIGNED],
      'evm-hash': [EVM, HASHED],
      'evm-jffs2': [EVM, SIGNED],
      'evm-squashfs': [EVM, SIGNED],
      'evm-tar': [EVM, SIGNED],
      policy: ['ima-policy - neutral medium'],
      signed: [SIGNED],
      third: [SIGNED],
      verity: [SIGNED],
    })
    const { evidence } = run(releaseOf('negative/signed'))
    expect(evidence[0]?.observation).toMatchObject({
      count: 2,
      algorithms: ['sha512', 'sha256'],
      some: ['usr/bin/other', 'usr/bin/tool'],
      certificate: { subject: 'CN=Sample IMA key' },
      anchors: [{ path: KERNEL, offset: 9 }],
    })
    expect(run(releaseOf('negative/policy')).evidence[0]?.observation).toMatchObject({
      appraises: 2,
      signatures: 2,
      leavesOut: 1,
      signed: false,
    })
  })

  it('says what is against files', () => {
    expect(allOf('positive')).toEqual({
      broken: ['ima EX against medium'],
      'evm-capability': [EVM, 'evm EX against medium', HASHED],
      'evm-content': [EVM, HASHED, 'ima EX against low'],
      'evm-mode': [EVM, 'evm EX against medium', HASHED],
      'hash-differs': ['ima EX against low'],
      tampered: ['ima EX against medium'],
      'third-tampered': ['ima EX against medium'],
      'verity-other': ['ima EX against medium'],
    })
  })

  it('holds nothing against what it cannot tell', () => {
    expect(allOf('near-miss')).toEqual({
      beside: ['ima E4 neutral medium'],
      'evm-alone': ['evm E3 neutral medium', EVM, SIGNED],
      'evm-inode': ['evm E3 neutral medium', HASHED],
      hashed: ['ima E2 neutral medium'],
      'no-key': ['ima E3 neutral medium'],
    })
  })

  it('covers by metadata only contents whose hash is among them', () => {
    const covered = linksInShort(run(releaseOf('positive/evm-content')).facts)
    expect(covered).toEqual([`evm E5: files(usr/bin/other) < ${KERNEL}; unknown`])
  })

  it('refuses metadata in which owner, group or rights are others', () => {
    const all = releaseOf('negative/evm-squashfs')
    const tool = all.find(({ name }) => name === 'tool') as Artefact
    for (const change of [
      { uid: 1 },
      { gid: 1 },
      { mode: 0o755 },
      { xattrs: { ...tool.xattrs, 'security.selinux': '00' } },
    ]) {
      const changed = all.map((one) => (one === tool ? { ...one, ...change } : one))
      expect(inShort(run(changed))).toContain('evm EX against medium')
    }
    const more = { xattrs: { ...tool.xattrs, 'user.note': '00' } }
    expect(inShort(run(all.map((one) => (one === tool ? { ...one, ...more } : one))))).toEqual([SIGNED, EVM])
  })

  it('is lifted by what the user trusts', () => {
    const { sha256, spki, spkiSha256 } = readCertificate(fixture('near-miss/beside', 'ima.der'))
    for (const settings of [
      { trustedDigests: [sha256] },
      { trusted: [{ name: 'ima.pub', spki, sha256: spkiSha256 }] },
    ])
      expect(inShort(run(releaseOf('near-miss/beside'), settings))).toEqual(['ima E6 for medium'])
  })

  it('reads every kind of attribute, and refuses what cannot be one', () => {
    const typeOf = (hex: string, attribute: 'ima' | 'evm' = 'ima') =>
      readAttribute(Buffer.from(hex, 'hex'), attribute).type
    expect(typeOf(`01${'aa'.repeat(20)}`)).toBe('hash')
    expect(typeOf(`0406${'aa'.repeat(64)}`)).toBe('hash')
    expect(typeOf(`0404${'aa'.repeat(31)}`)).toBe('broken')
    expect(typeOf('0403aa')).toBe('other')
    expect(typeOf(`02${'aa'.repeat(20)}`)).toBe('hmac')
    expect(typeOf('05')).toBe('other')
    expect(typeOf('05', 'evm')).toBe('broken')
    expect(typeOf('06')).toBe('broken')
    expect(typeOf('06', 'evm')).toBe('other')
    expect(typeOf('0303aa')).toBe('broken')
    expect(typeOf(`030104${'00'.repeat(6)}`)).toBe('other')
    expect(typeOf(`030304${'00'.repeat(6)}`, 'evm')).toBe('other')
    expect(typeOf(`060204${'00'.repeat(6)}`)).toBe('other')
    expect(typeOf('03020400000000000500')).toBe('broken')
    expect(typeOf('')).toBe('broken')
    const evm = testArtefact('a', 'x', { xattrs: { 'security.evm': `02${'aa'.repeat(20)}` } })
    expect(inShort(run([evm]))).toEqual(['evm E3 neutral medium'])
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (value) => {
        readAttribute(value, 'ima')
        readAttribute(value, 'evm')
      }),
    )
  })

  it('gives links that do not contradict themselves', () => {
    for (const kind of ['positive', 'negative', 'near-miss'])
      for (const name of casesOf(kind)) {
        const { facts } = run(releaseOf(`${kind}/${name}`))
        expect(linksOf(facts).flatMap(linkFaults), name).toEqual([])
      }
    expect(linksInShort(run(releaseOf('negative/signed')).facts)).toEqual([
      `ima E5: files(usr/bin/other) files(usr/bin/tool) < ${KERNEL}; unknown`,
    ])
  })
})
