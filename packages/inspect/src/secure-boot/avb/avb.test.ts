import { describe, expect, it } from 'vitest'
import type { EvidenceDraft } from '../../contract.ts'
import { privateKeysCheck } from '../../credentials/private-keys/index.ts'
import { runChecks, type TestRun } from '../../testing.ts'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import { flipped, inShort } from '../outcome/testing.ts'
import { artefactsOf, type ReleaseFile, readCase } from '../partitions/testing.ts'
import { avbCheck } from './index.ts'

const open = (name: string) => readCase(new URL(`./fixtures/${name}/`, import.meta.url))

function run(name: string, change: (file: ReleaseFile) => ReleaseFile = (file) => file): TestRun {
  const { files, settings } = open(name)
  const { evidence, facts } = runChecks(
    [privateKeysCheck, avbCheck],
    artefactsOf(files.map(change)),
    settings,
  )
  return { facts, evidence: evidence.filter(({ kind }) => avbCheck.states.includes(kind)) }
}

/** What is told of each file, without what is told of every vbmeta. */
function told(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence.flatMap((one) => {
    const [line = ''] = inShort([one])
    if (/^content .*high$|^rollback |^unsigned E0 neutral/.test(line)) return []
    return [`${one.place.path.replace(/@.*/, '')}: ${line.replace(/ (?:high|medium)$/, '')}`]
  })
}

const E4 = 'vbmeta.img: signature E4 neutral'
const CHAINED = 'vendor.img: signature E5 for'
const BOOT = 'boot.img: hash-mismatch EX against'
const SYSTEM = 'system.img: hash-mismatch EX against'
const MISMATCH = 'vbmeta.img: hash-mismatch EX against'
const REFUSED = 'vbmeta.img: signature EX against'

describe('secure-boot.avb', () => {
  it.each<readonly [string, readonly string[]]>([
    ['positive/tampered-boot', [BOOT, E4, MISMATCH, CHAINED]],
    ['positive/tampered-system', [SYSTEM, E4, MISMATCH, CHAINED]],
    ['positive/tampered-tree', [SYSTEM, E4, MISMATCH, CHAINED]],
    ['positive/tampered-descriptor', [REFUSED, MISMATCH]],
    ['positive/tampered-rollback', [REFUSED, MISMATCH]],
    ['positive/tampered-signature', [REFUSED]],
    ['positive/tampered-hash', [REFUSED, MISMATCH]],
    [
      'positive/unsigned',
      [
        'vbmeta.img: unsigned E0 against',
        'boot.img: not-covered - against',
        'system.img: not-covered - against',
      ],
    ],
    ['positive/disabled', ['vbmeta.img: signature E6 for', 'vbmeta.img: disabled - against']],
    ['positive/hashtree-disabled', [E4, 'vbmeta.img: disabled - against']],
    ['positive/test-key', [E4, 'vbmeta.img: known-key - against']],
    ['positive/chain-key', [E4, 'vendor.img: signature E4 neutral', 'vendor.img: chain EX against']],
    ['positive/short', [E4, MISMATCH]],
    ['positive/not-covered', [E4, 'system.img: not-covered - against']],
    [
      'positive/loader-test-key',
      [
        'vbmeta.img: signature E5 neutral',
        'vbmeta.img: known-key - against',
        'u-boot.bin: key - neutral',
        'u-boot.bin: known-key - against',
      ],
    ],
    [
      'positive/loader-private-key',
      [
        'vbmeta.img: signature E5 neutral',
        'vbmeta.img: private-key - against',
        'u-boot.bin: key - neutral',
        'u-boot.bin: private-key - against',
      ],
    ],
    ['negative/loader', ['vbmeta.img: signature E5 for', 'u-boot.bin: key - neutral']],
    ['near-miss/loader-other-key', [E4, 'u-boot.bin: key - neutral']],
    ['near-miss/loader-changed-key', [E4, 'u-boot.bin: key - neutral']],
    ['near-miss/loader-no-key', [E4]],
    [
      'positive/zip-tampered-boot',
      ['factory.zip: signature E4 neutral', 'factory.zip: hash-mismatch EX against'],
    ],
    ['negative/zip-trusted', ['factory.zip: signature E6 for']],
    ['negative/trusted', ['vbmeta.img: signature E6 for', CHAINED]],
    ['negative/by-digest', ['vbmeta.img: signature E6 for']],
    ['negative/sha512', [E4]],
    ['negative/stripped-footers', [E4]],
    ['negative/slots', ['vbmeta_a.img: signature E4 neutral', 'vbmeta_b.img: signature E4 neutral']],
    ['near-miss/alone', [E4]],
    ['near-miss/footer-only', []],
    ['near-miss/uncovered-byte', [E4]],
    ['near-miss/truncated', ['vbmeta.img: content - neutral']],
  ])('%s', (name, expected) => {
    expect(told(run(name).evidence)).toEqual(expected)
  })

  it('tells what each descriptor came to', () => {
    const { evidence } = run('positive/tampered-system')
    const content = evidence.find(
      ({ kind, place }) => kind === 'boot.avb.content' && place.path === 'vbmeta.img',
    )
    expect(content?.observation).toMatchObject({
      partitions: [
        { partition: 'boot', result: 'match' },
        { partition: 'system', result: 'mismatch', firstBlock: 5 },
      ],
      chains: [{ partition: 'vendor', rollbackIndexLocation: 1, present: true }],
      properties: ['com.android.build.boot.security_patch=2026-01-05'],
    })
  })

  it('follows a vbmeta to the key in a boot loader', () => {
    const { evidence, facts } = run('negative/loader')
    expect(linksInShort(facts)).toEqual(['avb2 E5: configuration(vbmeta) < u-boot.bin; hardware'])
    expect(evidence.find(({ kind }) => kind === 'boot.avb.key')?.observation).toMatchObject({
      bits: 4096,
      besideLibavb: true,
      signs: ['vbmeta.img'],
    })
  })

  it('tells rollback indexes', () => {
    const counters = run('negative/trusted').evidence.flatMap(({ kind, observation }) =>
      kind === 'boot.avb.rollback' ? [(observation as { counter: unknown }).counter] : [],
    )
    expect(counters).toEqual([5, 2])
  })

  it('never takes a vbmeta for verified in which any bound byte was changed', () => {
    const { files } = open('near-miss/alone')
    const whole = files[0]?.content as Uint8Array
    // Behind 32 bytes of hash and 256 of signature the authentication block is padding, which nothing covers.
    const bound = (at: number) => at < 256 + 288 || at >= 256 + 320
    for (let at = 0; at < whole.length; at += 5) {
      if (!bound(at)) continue
      const { evidence } = run('near-miss/alone', ({ name, content }) => ({
        name,
        content: flipped(content, at),
      }))
      const levels = evidence.flatMap(({ kind, level }) => (kind === 'boot.avb.signature' ? [level] : []))
      expect(
        levels.every((level) => level === 'EX' || level === 'E3'),
        `at ${at}`,
      ).toBe(true)
    }
  })

  it('survives any truncation', () => {
    const { files } = open('negative/trusted')
    for (let length = 0; length < 6000; length += 509) {
      const cut = files.map(({ name, content }) => ({ name, content: content.subarray(0, length) }))
      expect(() => runChecks([avbCheck], artefactsOf(cut))).not.toThrow()
    }
  })

  it('gives links that hold', () => {
    const { facts } = run('negative/trusted')
    expect(linksInShort(facts)).toEqual([
      'avb2 E6: configuration(vbmeta) kernel(boot) root-file-system(system) < trusted; hardware',
      'avb2 E5: configuration(vendor) root-file-system(vendor) < vbmeta.img; hardware',
    ])
    for (const name of [
      'negative/trusted',
      'positive/unsigned',
      'positive/disabled',
      'positive/tampered-boot',
    ])
      expect(linksOf(run(name).facts).flatMap(linkFaults), name).toEqual([])
    expect(linksInShort(run('positive/disabled').facts)).toEqual([
      'avb2 E6: configuration(vbmeta) < trusted; hardware',
    ])
  })
})
