import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { zynqBoot } from './index.ts'
import { parseZynqBoot } from './parse.ts'

const PLAIN = fixture('zynq-boot', 'plain.bin')
const FSBL = lines(1, 700).slice(0, 2048)
const PARTITIONS: Readonly<Record<string, string>> = {
  '1-app.bin': lines(1000, 1300),
  '2-rest.txt': lines(1, 90),
}

describe('zynq-boot', () => {
  it.each([
    ['plain.bin', 'zynq'],
    ['in-place.bin', 'zynq'],
    ['plain-mp.bin', 'zynqmp'],
    ['signed.bin', 'zynq'],
    ['signed-mp.bin', 'zynqmp'],
  ])('gives the partitions of %s under their names', (name, family) => {
    const image = fixture('zynq-boot', name)
    expect(parseZynqBoot(memoryBytes(image), 0)?.family).toBe(family)
    const { contents, problems, region } = collect(zynqBoot, image)
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: image.length })
    // Filled up to words.
    const [[loader, first] = []] = contents
    expect([loader?.slice(0, 2), loader?.includes('.certificate'), first?.toString()]).toEqual([
      '0-',
      false,
      FSBL,
    ])
    for (const [path, content] of Object.entries(PARTITIONS))
      expect(contents.get(path)?.toString().slice(0, content.length), path).toBe(content)
    const certificates = [...contents.keys()].filter((path) => path.endsWith('.certificate'))
    expect(certificates).toHaveLength(name.startsWith('signed') ? 2 : 0)
  })

  it.each(['uboot.bin', 'uboot-mp.bin'])('gives the program of %s, which has no partitions', (name) => {
    const { contents, problems, region } = collect(zynqBoot, fixture('zynq-boot', name))
    expect(problems).toEqual([])
    expect(region.end).toBe(fixture('zynq-boot', name).length)
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([['0-boot', FSBL]])
  })

  it('ends behind all that its headers tell, also where a partition is larger than it is with its certificate', () => {
    const image = Buffer.from(PLAIN)
    const last = image.readUInt32LE(0x9c) + 2 * 64
    const words = image.length / 4
    image.writeUInt32LE(words, last)
    image.writeUInt32LE((image.readUInt32LE(last + 60) - (words - PLAIN.readUInt32LE(last))) >>> 0, last + 60)
    const { region, problems } = collect(zynqBoot, Buffer.concat([image, Buffer.alloc(2 * image.length)]))
    expect(problems).toEqual([])
    expect(region.end).toBe(image.readUInt32LE(last + 5 * 4) * 4 + image.length)
  })

  it('tells a partition header that is damaged, and a cut', () => {
    const damaged = Buffer.from(PLAIN)
    const second = damaged.readUInt32LE(0x9c) + 64
    damaged[second] = (damaged[second] as number) ^ 1
    const found = collect(zynqBoot, damaged)
    expect(found.problems).toMatchObject([{ code: 'checksum' }])
    expect([...found.contents.keys()]).toEqual(['0-fsbl.elf'])
    expect(collect(zynqBoot, PLAIN.subarray(0, -200)).problems).toMatchObject([
      { code: 'truncated', path: '2-rest.txt' },
    ])
  })
})

hostileSuite({ format: zynqBoot, fixture: PLAIN })
