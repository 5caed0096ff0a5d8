import { describe, expect, it } from 'vitest'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import { cases, runFixture } from './testing.ts'

const ALL = (['positive', 'negative', 'near-miss'] as const).flatMap((kind) =>
  cases(kind).map((name) => `${kind}/${name}`),
)

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/with-boot-loader': ['mcuboot E5: application(1.2.3+4) < boot-loader.bin; release'],
  'negative/two-signatures': [
    'mcuboot E4: application(1.2.3+4) < travelling; unknown',
    'mcuboot E6: application(1.2.3+4) < trusted; unknown',
  ],
  'positive/published-in-boot-loader': [
    'mcuboot E5: application(1.2.3+4) < boot-loader.bin everybody; release',
  ],
  'positive/hash-only-called-signed': ['mcuboot E2: application(1.2.3+4) < no key; unknown'],
  'near-miss/encrypted': ['mcuboot E3: application(1.2.3+4) < no key; unknown'],
}

describe('the links of the chain that secure-boot.mcuboot gives', () => {
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
