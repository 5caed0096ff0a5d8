import { readdirSync, readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvidenceDraft } from '../../contract.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import { readUImage } from './header.ts'
import { uimageCheck } from './index.ts'

type Kind = 'positive' | 'negative' | 'near-miss'

function fixture(kind: Kind, name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${kind}/${name}`, import.meta.url))
}

function check(content: Uint8Array): readonly EvidenceDraft[] {
  const where = { path: 'fw.bin@0x0:uimage', root: 'fw.bin', type: 'region', format: 'uimage' } as const
  return runChecks([uimageCheck], [testArtefact('', content, where)]).evidence
}

function inShort(content: Uint8Array): readonly string[] {
  return check(content).map(({ kind, level, polarity, confidence, overturnedBy, observation }) => {
    const { type } = observation as { readonly type: string }
    return [kind, type, level, polarity, confidence.grade, overturnedBy ? 'open' : 'closed'].join(' ')
  })
}

describe('secure-boot.uimage', () => {
  it('says of whatever is started that it is unsigned', () => {
    expect(inShort(fixture('positive', 'kernel.uimage'))).toEqual([
      'boot.uimage.unsigned kernel E1 against medium open',
    ])
    expect(inShort(fixture('positive', 'multi.uimage'))).toEqual([
      'boot.uimage.unsigned multi E1 against medium open',
    ])
    expect(inShort(fixture('positive', 'firmware.uimage'))).toEqual([
      'boot.uimage.unsigned firmware E1 against medium open',
    ])
    expect(inShort(fixture('positive', 'changed.uimage'))).toEqual([
      'boot.uimage.unsigned firmware E0 against medium open',
    ])
  })

  it('holds nothing against scripts and device trees', () => {
    expect(inShort(fixture('near-miss', 'script.uimage'))).toEqual([
      'boot.uimage.unsigned script E1 neutral medium closed',
    ])
    const tree = fixture('near-miss', 'script.uimage')
    tree[30] = 8
    expect(inShort(tree)).toEqual(['boot.uimage.unsigned flat-dt E0 neutral medium closed'])
  })

  it('says nothing of what is no image', () => {
    for (const name of readdirSync(new URL('./fixtures/negative/', import.meta.url))) {
      expect(check(fixture('negative', name))).toEqual([])
    }
  })

  it('gives a link of the chain that nothing signs', () => {
    const where = { path: 'fw.bin@0x0:uimage', root: 'fw.bin', type: 'region', format: 'uimage' } as const
    const facts = ['kernel', 'multi', 'firmware', 'changed'].flatMap(
      (name) =>
        runChecks([uimageCheck], [testArtefact('', fixture('positive', `${name}.uimage`), where)]).facts,
    )
    expect(linksInShort(facts)).toEqual([
      'uimage E1: kernel(kernel) < no key; unknown',
      'uimage E1: kernel(multi) < no key; unknown',
      'uimage E1: bootloader(firmware) < no key; unknown',
      'uimage E0: bootloader(firmware) < no key; unknown',
    ])
    expect(linksOf(facts).flatMap(linkFaults)).toEqual([])
  })

  it('computes both checksums again', () => {
    const image = fixture('positive', 'kernel.uimage')
    const read = (content: Uint8Array) => readUImage(memoryBytes(content))
    expect(read(image)).toMatchObject({
      magic: 0x27051956,
      headerChecksum: true,
      dataChecksum: true,
      dataSize: image.length - 64,
      os: 5,
      type: 2,
      compression: 0,
      name: 'sample legacy',
    })
    for (let at = 0; at < image.length; at++) {
      const changed = Buffer.from(image)
      changed[at] = (changed[at] ?? 0) ^ 0x10
      const { headerChecksum, dataChecksum } = read(changed) ?? {}
      expect(at < 64 ? headerChecksum : dataChecksum).toBe(false)
    }
    expect(read(image.subarray(0, -1))).toMatchObject({ headerChecksum: true, dataChecksum: undefined })
  })

  it('gives an answer for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
        expect(check(content).length).toBe(content.length < 64 ? 0 : 1)
      }),
    )
  })
})
