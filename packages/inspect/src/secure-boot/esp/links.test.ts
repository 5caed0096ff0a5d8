import { describe, expect, it } from 'vitest'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import { cases, runFixture } from './testing.ts'

const ALL = (['positive', 'negative', 'near-miss'] as const).flatMap((kind) =>
  cases(kind).map((name) => `${kind}/${name}`),
)

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/with-boot-loader': [
    'esp-secure-boot-2 E5: application(sample) < boot-loader.bin@0x0:esp-image; release',
    'esp-secure-boot-2 E4: bootloader(boot-loader) < travelling; hardware',
  ],
  'negative/version-1': [
    'esp-secure-boot-1 E5: application(sample) < boot-loader.bin@0x0:esp-image; hardware',
    'esp-secure-boot-1 E2: bootloader(boot-loader) < no key; hardware',
  ],
  'positive/boot-loader-unsigned': [
    'esp-secure-boot-2 E4: application(sample) < travelling; nobody',
    'esp-image E2: bootloader(boot-loader) < no key; unknown',
  ],
  'positive/key-from-itself': ['esp-secure-boot-2 E6: application(sample) < trusted; nobody'],
  'near-miss/encrypted-flash': ['esp-image E3: application(ota_0) < no key; unknown'],
}

describe('the links of the chain that secure-boot.esp gives', () => {
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
})
