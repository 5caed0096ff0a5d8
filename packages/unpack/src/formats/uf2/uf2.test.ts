import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { uf2 } from './index.ts'

const NUMBERS = Array.from({ length: 900 }, (_, index) => `${index + 1}\n`).join('')
const MORE = Array.from({ length: 41 }, (_, index) => `${index + 400}\n`).join('')

function textsOf(image: Buffer): readonly (readonly [string, string])[] {
  const { contents, problems } = collect(uf2, image)
  expect(problems).toEqual([])
  return [...contents].map(([path, content]) => [path, content.toString()])
}

describe('uf2', () => {
  it('gives the stretches of each family', () => {
    expect(textsOf(fixture('uf2', 'two-families.uf2'))).toEqual([
      ['esp32s3/0x00010000.bin', NUMBERS],
      ['esp32s3/0x00200000.bin', MORE],
      ['esp32c6/0x00000000.bin', MORE],
    ])
  })

  it('gives files within by their names', () => {
    expect(textsOf(fixture('uf2', 'files.uf2'))).toEqual([
      ['src/main.txt', MORE.repeat(3)],
      ['readme', 'hello\n'],
    ])
  })

  it('tells that its last block is cut off, where that is all of a file or a family', () => {
    for (const name of ['files.uf2', 'two-families.uf2']) {
      const image = fixture('uf2', name)
      expect(collect(uf2, image.subarray(0, image.length - 100)).problems).toMatchObject([
        { code: 'truncated' },
      ])
    }
  })

  it('knows blocks without a family, and families without a name', () => {
    const image = fixture('uf2', 'one.uf2')
    image.writeUInt32LE(0x1234, 28)
    expect(textsOf(image)).toEqual([['family-0x00001234/0x00000000.bin', MORE]])
    image.writeUInt32LE(0, 8)
    expect(textsOf(image)).toEqual([['0x00000000.bin', MORE]])
  })

  it('tells blocks that are missing or told twice', () => {
    const image = fixture('uf2', 'two-families.uf2')
    const { contents, problems } = collect(uf2, Buffer.concat([image.subarray(0, 512), image.subarray(1024)]))
    expect(problems[0]).toMatchObject({ code: 'truncated', message: '1 of the blocks are not there' })
    expect(contents.size).toBe(4)
    const twice = collect(uf2, Buffer.concat([image, image]))
    expect(twice.problems.map(({ code }) => code)).toEqual(['structure', 'structure', 'structure'])
    expect(twice.contents.get('esp32s3/0x00010000.bin')?.toString()).toBe(NUMBERS)
  })

  it('counts the blocks of files together where they are numbered so, and those that are not for the flash, too', () => {
    const image = fixture('uf2', 'files.uf2')
    const blocks = image.length / 512
    for (let block = 0; block < blocks; block++) {
      image.writeUInt32LE(block, block * 512 + 20)
      image.writeUInt32LE(blocks, block * 512 + 24)
    }
    expect(textsOf(image)).toHaveLength(2)
    expect(collect(uf2, image.subarray(512)).problems).toMatchObject([
      { message: '1 of the blocks are not there' },
      { message: '1 of the blocks are not there' },
    ])
    const kept = fixture('uf2', 'one.uf2')
    const other = Buffer.from(kept)
    for (const part of [kept, other]) part.writeUInt32LE(2, 24)
    other.writeUInt32LE(1, 20)
    other.writeUInt32LE(0x2001, 8)
    expect(collect(uf2, Buffer.concat([kept, other])).problems).toMatchObject([{ code: 'unsupported' }])
  })

  it('compares the MD5 of areas that are there, and lists tags', () => {
    const image = fixture('uf2', 'tags.uf2')
    const { contents, problems } = collect(uf2, image)
    expect(problems).toEqual([])
    expect(JSON.parse(contents.get('rp2040/tags.json')?.toString() ?? '')).toEqual([
      { type: '0x9fc7bc', name: 'version', value: '1.2.3' },
      { type: '0x650d9d', name: 'device', value: 'Test board' },
      { type: '0xc8a729', value: '78563412' },
    ])
    image[40] = (image[40] as number) ^ 1
    expect(collect(uf2, image).problems).toMatchObject([
      { code: 'checksum', message: 'the MD5 of 1 areas differs' },
    ])
  })

  it('compares the MD5 that esptool puts right behind a short payload', () => {
    const image = fixture('uf2', 'two-families.uf2')
    image[512 * 8 + 40] = (image[512 * 8 + 40] as number) ^ 1
    expect(collect(uf2, image).problems).toMatchObject([{ code: 'checksum' }])
  })

  it('ends a region with the last block, also one that is cut off', () => {
    const { region, problems } = collect(uf2, fixture('uf2', 'two-families.uf2').subarray(0, 3000))
    expect(region.end).toBe(3000)
    expect(problems).toMatchObject([{ code: 'truncated' }])
  })
})

hostileSuite({ format: uf2, fixture: fixture('uf2', 'two-families.uf2') })
hostileSuite({ format: uf2, fixture: fixture('uf2', 'files.uf2') })
hostileSuite({ format: uf2, fixture: fixture('uf2', 'tags.uf2') })
