import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { NUMBERS } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { uimage } from './index.ts'
import { parseUimageHeader } from './parse.ts'

const RAMDISK = '1\n2\n3\n4\n5\n6\n7\n'

describe('uimage', () => {
  it('tells all fields of a header', () => {
    const header = parseUimageHeader(memoryBytes(fixture('uimage', 'kernel.uimage')), 0)
    expect(header).toMatchObject({
      standardMagic: true,
      headerCrcMatches: true,
      time: 1_700_000_000,
      size: 716,
      loadAddress: 0x8000_1000,
      entryPoint: 0x8000_1000,
      system: 5,
      architecture: 5,
      type: 2,
      compression: 1,
      name: 'MIPS Linux-5.4',
      dataAt: 64,
    })
  })

  it('splits images of several files', () => {
    const { contents, problems } = collect(uimage, fixture('uimage', 'multi.uimage'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['part-0', RAMDISK],
      ['part-1', NUMBERS],
    ])
  })

  it('takes the list of sizes off a script', () => {
    const { contents } = collect(uimage, fixture('uimage', 'script.uimage'))
    expect(contents.get('payload')?.toString()).toBe('setenv bootargs console=ttyS0\nbootm\n')
  })

  it('takes a maker\u2019s own magic when the CRC of the header holds', () => {
    const bytes = memoryBytes(fixture('uimage', 'vendor-magic.uimage'))
    expect(parseUimageHeader(bytes, 0)).toMatchObject({ standardMagic: false, headerCrcMatches: true })
  })

  it.each([
    ['sge.uimage', 96],
    ['dns313.uimage', 40],
  ])('takes what %s has behind the header for a part of it', (name, added) => {
    const image = fixture('uimage', name)
    const header = parseUimageHeader(memoryBytes(image), 0)
    expect(header).toMatchObject({ headerCrcMatches: true, dataAt: 64 + added })
    const { contents, problems } = collect(uimage, image)
    expect(problems).toEqual([])
    expect(contents.get('payload')).toHaveLength(image.length - 64 - added)
  })

  it('tells CRCs that differ, of the header and of the data', () => {
    const image = fixture('uimage', 'kernel.uimage')
    image[40] = (image[40] as number) ^ 1
    image[100] = (image[100] as number) ^ 1
    const { contents, problems } = collect(uimage, image)
    expect(problems).toMatchObject([{ code: 'checksum' }, { code: 'checksum' }])
    expect(contents.get('payload')).toHaveLength(716)
  })

  it('recognises an image that is cut off, and says so', () => {
    const image = fixture('uimage', 'multi.uimage').subarray(0, 300)
    const { region, contents, problems } = collect(uimage, image)
    expect(region).toEqual({ start: 0, end: 300 })
    expect(contents.get('part-0')?.toString()).toBe(RAMDISK)
    expect(contents.get('part-1')?.toString()).toBe(NUMBERS.slice(0, 300 - 92))
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated', path: 'part-1' }])
  })

  it('shows the data as a whole when the list of sizes does not fit it', () => {
    const image = fixture('uimage', 'multi.uimage')
    image.writeUInt32BE(0x7fff_ffff, 64)
    const { contents, problems } = collect(uimage, image)
    expect([...contents.keys()]).toEqual(['payload'])
    expect(problems).toContainEqual(expect.objectContaining({ code: 'structure' }))
  })
})

hostileSuite({ format: uimage, fixture: fixture('uimage', 'multi.uimage') })
hostileSuite({
  format: uimage,
  fixture: fixture('uimage', 'script.uimage'),
  needsItsEnd: 'there is one content only',
})
