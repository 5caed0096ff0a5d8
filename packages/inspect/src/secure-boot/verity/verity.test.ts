import { describe, expect, it } from 'vitest'
import { privateKeysCheck } from '../../credentials/private-keys/index.ts'
import { runChecks, type TestRun } from '../../testing.ts'
import { avbCheck } from '../avb/index.ts'
import { chainCheck } from '../chain/index.ts'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import { fitCheck } from '../fit/index.ts'
import { linuxCommandLineCheck } from '../linux-command-line/index.ts'
import { flipped, inShort } from '../outcome/testing.ts'
import { artefactsOf, type ReleaseFile, readCase } from '../partitions/testing.ts'
import { verityCheck } from './index.ts'

const open = (name: string) => readCase(new URL(`./fixtures/${name}/`, import.meta.url))

function run(name: string, change: (file: ReleaseFile) => ReleaseFile = (file) => file): TestRun {
  const { files, settings } = open(name)
  const checks = [avbCheck, linuxCommandLineCheck, privateKeysCheck, verityCheck]
  const { evidence, facts } = runChecks(checks, artefactsOf(files.map(change)), settings)
  return { facts, evidence: evidence.filter(({ kind }) => verityCheck.states.includes(kind)) }
}

const MATCH = 'tree E2 neutral high'
const MISMATCH = 'tree EX against high'
const REFUSED = 'signature EX against high'

describe('secure-boot.verity', () => {
  it.each<readonly [string, readonly string[]]>([
    ['positive/tampered-data', [MISMATCH]],
    ['positive/tampered-tree', [MISMATCH]],
    ['positive/tampered-inside', [MISMATCH]],
    ['positive/tampered-deep', [MISMATCH]],
    ['positive/other-root', [MATCH, 'hash-mismatch EX against medium']],
    ['positive/tampered-signature', [MATCH, REFUSED]],
    ['positive/other-signed', [MATCH, REFUSED]],
    ['positive/private-key', [MATCH, 'signature E4 neutral medium', 'private-key - against high']],
    ['positive/bare-tampered-data', [MISMATCH]],
    ['positive/bare-tampered-deep', [MISMATCH]],
    ['positive/bare-tampered-root', [MISMATCH]],
    ['positive/disk-tampered-data', [MISMATCH, 'signature E4 neutral medium']],
    ['positive/disk-tampered-tree', [MISMATCH, 'signature E4 neutral medium']],
    ['positive/fit-other-root', [MISMATCH]],
    ['positive/fit-tampered-data', [MISMATCH]],
    ['positive/fit-tampered-tree', [MISMATCH]],
    ['negative/bare-command-line', [MATCH]],
    ['negative/bare-dm', [MATCH]],
    ['negative/bare-script', [MATCH]],
    ['negative/bare-systemd', [MATCH]],
    ['negative/disk', [MATCH, 'signature E4 neutral medium']],
    ['negative/disk-trusted', [MATCH, 'signature E6 for high']],
    ['positive/fit-signed-data', [MISMATCH]],
    ['positive/fit-signed-digest', [MISMATCH]],
    ['negative/fit', [MATCH]],
    ['negative/fit-signed', [MATCH]],
    ['negative/fit-deep', [MATCH]],
    ['negative/fit-superblock', [MATCH]],
    ['near-miss/bare-behind', [MATCH]],
    ['near-miss/bare-elsewhere', ['tree - neutral medium']],
    ['near-miss/disk-broken-signature', [MATCH]],
    ['near-miss/disk-other-name', [MATCH, 'signature E4 neutral medium']],
    ['near-miss/fit-truncated', []],
    ['negative/unsigned', [MATCH]],
    ['negative/inside', [MATCH]],
    ['negative/deep', [MATCH]],
    ['negative/chromeos', [MATCH]],
    ['negative/signed', [MATCH, 'signature E4 neutral medium']],
    ['negative/trusted', [MATCH, 'signature E6 for high']],
    ['negative/attributes', [MATCH, 'signature E4 neutral medium']],
    ['negative/signature-partition', [MATCH, 'signature E4 neutral medium']],
    ['near-miss/wrong-certificate', [MATCH, 'signature E3 neutral medium']],
    ['near-miss/no-data', ['tree - neutral medium']],
    ['near-miss/truncated', ['tree - neutral medium']],
    ['near-miss/uncovered-byte', [MATCH]],
  ])('%s', (name, expected) => {
    expect(inShort(run(name).evidence)).toEqual(expected)
  })

  it('never takes a tree for right in which any byte of data or tree was changed', () => {
    const at = (file: string, place: number) =>
      inShort(
        run('negative/unsigned', ({ name, content }) => ({
          name,
          content: name === file ? flipped(content, place) : content,
        })).evidence,
      )
    for (let place = 3; place < 12_288; place += 977)
      expect(at('data.img', place)[0], `data ${place}`).toBe(MISMATCH)
    for (let place = 4096; place < 4096 + 96; place += 7)
      expect(at('hash.img', place)[0], `tree ${place}`).toBe(MISMATCH)
  })

  it('survives any truncation', () => {
    const { files } = open('negative/signed')
    for (let length = 0; length < 12_288; length += 409) {
      const cut = files.map(({ name, content }) => ({ name, content: content.subarray(0, length) }))
      expect(() => runChecks([avbCheck, verityCheck], artefactsOf(cut))).not.toThrow()
    }
  })

  it('says what partitions are called by, and how to verify a tree that tells nothing', () => {
    const observed = (name: string) => run(name).evidence[0]?.observation
    const partitions = { data: 'root-arm64', tree: 'root-arm64-verity' }
    expect(observed('negative/disk')).toMatchObject({ superblock: true, partitions })
    expect(observed('near-miss/disk-other-name')).toMatchObject({
      partitions: { ...partitions, data: null },
    })
    expect(observed('negative/bare-dm')).toMatchObject({
      superblock: false,
      repeat:
        'veritysetup verify --no-superblock --format=1 --hash=sha256 --data-block-size=512 --hash-block-size=512 --data-blocks=24 --salt=11223344 --hash-offset=12288 DATA TREE ROOTHASH',
    })
  })

  it('is a link of the chain of a FIT that signs its node, and no other', () => {
    const chains = (name: string) => {
      const { files, settings } = open(name)
      const checks = [chainCheck, fitCheck, avbCheck, linuxCommandLineCheck, verityCheck]
      const { evidence } = runChecks(checks, artefactsOf(files), settings)
      return evidence.flatMap(({ kind, level }) =>
        kind.startsWith('boot.chain.') ? `${kind} ${level ?? '-'}` : [],
      )
    }
    expect(chains('negative/fit-signed')).toEqual(['boot.chain.whole E5'])
    expect(chains('negative/fit')).toEqual(['boot.chain.absent -'])
    expect(chains('positive/fit-signed-digest')).toEqual(['boot.chain.broken -'])
    expect(chains('positive/fit-signed-data')).toEqual(['boot.chain.broken -'])
  })

  it('gives links that hold', () => {
    expect(linksInShort(run('negative/unsigned').facts)).toEqual([
      'dm-verity E2: root-file-system(data.img) < roothash.txt; unknown',
    ])
    expect(linksInShort(run('negative/trusted').facts)).toEqual([
      'dm-verity E2: root-file-system(data.img) < roothash.p7s; unknown',
      'dm-verity E6: configuration(roothash.p7s) < trusted; unknown',
    ])
    expect(linksInShort(run('negative/bare-script').facts)).toEqual([
      'dm-verity E2: root-file-system(root.img) < init.sh; unknown',
    ])
    expect(linksInShort(run('negative/fit').facts)).toEqual([
      'dm-verity E2: root-file-system(fw.itb@0x0:fit/images/rootfs-1) < fw.itb@0x0:fit/images/rootfs-1; unknown',
    ])
    for (const name of [
      'negative/trusted',
      'negative/signed',
      'negative/inside',
      'negative/disk',
      'negative/fit',
      'positive/tampered-data',
    ])
      expect(linksOf(run(name).facts).flatMap(linkFaults), name).toEqual([])
  })
})
