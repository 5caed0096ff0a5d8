import { describe, expect, it } from 'vitest'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import { cases, runFixture } from './testing.ts'

const ALL = (['positive', 'negative', 'near-miss'] as const).flatMap((kind) =>
  cases(kind).map((name) => `${kind}/${name}`),
)

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/rsa3072': [
    'u-boot-fit E5: kernel(kernel-1) initramfs(ramdisk-1) device-tree(fdt-1) < control.dtb; release',
  ],
  'negative/ecdsa': ['u-boot-fit E6: kernel(kernel-1) device-tree(fdt-1) < trusted; unknown'],
  'positive/key-not-required': [
    'u-boot-fit E5: kernel(kernel-1) initramfs(ramdisk-1) device-tree(fdt-1) < control.dtb; nobody',
  ],
  'positive/unsigned-beside': [
    'u-boot-fit E5: kernel(kernel-1) initramfs(ramdisk-1) device-tree(fdt-1) < control.dtb; release',
    'u-boot-fit E2: kernel(kernel-1) < no key; release',
  ],
  'positive/unsigned-crc32': [
    'u-boot-fit E1: kernel(kernel-1) initramfs(ramdisk-1) device-tree(fdt-1) < no key; unknown',
  ],
  'positive/image-signature': ['u-boot-fit E5: kernel(kernel-1) < control.dtb; unknown'],
  'positive/tampered-payload': ['u-boot-fit EX: kernel(kernel-1) device-tree(fdt-1) < control.dtb; release'],
}

describe('the links of the chain that secure-boot.fit gives', () => {
  it.each(ALL)('hold together: %s', (name) => {
    const { facts } = runFixture(name)
    expect(linksOf(facts).flatMap(linkFaults)).toEqual([])
  })

  it.each(Object.entries(EXPECTED))(
    'say what is verified, with which keys, and who demands it: %s',
    (name, links) => {
      expect(linksInShort(runFixture(name).facts)).toEqual(links)
    },
  )

  it('end at a key whose digest the user trusts, in either form, and still say where it lies', () => {
    const [link] = linksOf(runFixture('negative/rsa3072').facts)
    const digests =
      link?.data.anchors.flatMap(({ fingerprints }) => fingerprints.map(({ value }) => value)) ?? []
    expect(digests).toHaveLength(2)
    for (const digest of digests) {
      expect(linksInShort(runFixture('negative/rsa3072', { trustedDigests: [digest] }).facts)).toEqual([
        'u-boot-fit E6: kernel(kernel-1) initramfs(ramdisk-1) device-tree(fdt-1) < trusted, control.dtb; release',
      ])
    }
  })
})
