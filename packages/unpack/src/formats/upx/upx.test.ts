import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, sha256 } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { upx } from './index.ts'

/** Of the programs as `fixtures/make.py` writes them. */
const PROGRAMS = {
  amd64: '6a3d07715a13442892eac80ecb01aa59ef1c0ffdcfed5f37c9c8551f85a7afd4',
  i386: 'ca94312c5aebca800f87710371c57d428017fcd3ce863b0bc71720cd8f0aef1a',
  arm: 'f41dbfc7ec783323727ef46a83c77fe28a0d0a71cab35aa9882f2163be3d0b77',
  mips: 'ab7d4b013db8ce7ec42ff7f3d25cb282995106435d7873c6d69a4f1c7486a374',
  mipsel: 'd3af0cd736dc175a65b2b5b272b404d573c18b8b6ea11055401ec14e74ac9715',
} as const

describe('upx', () => {
  it.each([
    ['amd64-nrv2b', PROGRAMS.amd64],
    ['amd64-lzma', PROGRAMS.amd64],
    ['i386-nrv2d', PROGRAMS.i386],
    ['arm-nrv2e', PROGRAMS.arm],
    ['mips-lzma', PROGRAMS.mips],
    ['mips-nrv2e', PROGRAMS.mips],
    ['mipsel-nrv2b', PROGRAMS.mipsel],
  ])('puts the program of %s together as it was', (name, digest) => {
    const found = collect(upx, fixture('upx', name))
    expect(found.problems).toEqual([])
    expect(sha256(found.contents.get('unpacked'))).toBe(digest)
    expect(entryOf(found, 'unpacked')).toMatchObject({ type: 'file', program: true })
  })

  it('needs no sizes of upx, and says that they were wiped out', () => {
    const { contents, problems } = collect(upx, fixture('upx', 'wiped'))
    expect(sha256(contents.get('unpacked'))).toBe(PROGRAMS.amd64)
    expect(problems).toMatchObject([{ code: 'structure', message: expect.stringMatching(/wiped out/) }])
  })

  it('ends behind the header at its end, and where that is damaged, at the end of the bytes', () => {
    const packed = fixture('upx', 'mips-lzma')
    const longer = Buffer.concat([packed, Buffer.alloc(100)])
    expect(upx.recognise(memoryBytes(longer), 0)).toEqual({ start: 0, end: packed.length })
    longer[packed.length - 10] = (longer[packed.length - 10] as number) ^ 1
    expect(upx.recognise(memoryBytes(longer), 0)).toEqual({ start: 0, end: longer.length })
  })

  it('tells contents that differ, a filter that is not undone, and blocks that are cut off', () => {
    const damaged = fixture('upx', 'amd64-nrv2b')
    // What the second block writes as it is.
    damaged[0x130] = (damaged[0x130] as number) ^ 1
    expect(collect(upx, damaged).problems).not.toEqual([])
    const filtered = fixture('upx', 'arm-nrv2e')
    filtered[filtered.indexOf(Buffer.from([9, 0x50]), 0xa0) + 1] = 0x52
    expect(collect(upx, filtered).problems).toMatchObject([
      { code: 'unsupported', message: expect.stringMatching(/filter 0x52/) },
    ])
    expect(collect(upx, fixture('upx', 'arm-nrv2e').subarray(0, 3000)).problems).toContainEqual(
      expect.objectContaining({ code: 'truncated' }),
    )
  })
})

for (const name of ['amd64-nrv2b', 'amd64-lzma', 'mips-nrv2e'])
  hostileSuite({ format: upx, fixture: fixture('upx', name) })
