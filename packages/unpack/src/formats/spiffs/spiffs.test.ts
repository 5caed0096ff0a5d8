import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { findGeometry } from './geometry.ts'
import { spiffs } from './index.ts'

const NUMBERS = Array.from({ length: 2000 }, (_, index) => `${index + 1}\n`).join('')

describe('spiffs', () => {
  it.each([
    ['esp-idf.bin', 256, 4096],
    ['esp8266.bin', 256, 8192],
    ['constant-magic.bin', 512, 4096],
    ['no-magic.bin', 256, 4096],
  ])('finds the sizes of %s, and reads all of its files', (name, pageSize, blockSize) => {
    const image = fixture('spiffs', name)
    expect(findGeometry(memoryBytes(image), 0)).toMatchObject({ pageSize, blockSize, end: image.length })
    const { contents, problems } = collect(spiffs, image)
    expect(problems).toEqual([])
    expect(new Map([...contents].map(([path, content]) => [path, content.toString()]))).toEqual(
      new Map([
        ['hello.txt', 'Hello, SPIFFS\nmore\n'],
        ['www/numbers', `more\n${NUMBERS.slice(5)}`],
        ['empty', ''],
        ['www/renamed', NUMBERS],
      ]),
    )
  })

  it.each([
    ['two-lookups.bin', 512, 65_536, 'little'],
    ['large-pages.bin', 2048, 4096, 'little'],
    ['large-blocks.bin', 2048, 131_072, 'little'],
    ['same-magic.bin', 512, 16_384, 'little'],
    ['big-endian.bin', 256, 4096, 'big'],
  ])('tells the layout of %s from others that hold in part', (name, pageSize, blockSize, endian) => {
    const image = fixture('spiffs', name)
    const geometry = findGeometry(memoryBytes(image), 0)
    expect(geometry).toMatchObject({ pageSize, blockSize, endian, end: image.length })
    const { contents, problems } = collect(spiffs, image)
    expect(problems).toEqual([])
    expect([...contents.keys()].sort()).toEqual(['index.html', 'sub/empty'])
    expect(contents.get('index.html')?.toString()).toBe(
      NUMBERS.slice(0, NUMBERS.indexOf('\n400\n') + '\n400\n'.length),
    )
  })

  it('is sought at the starts of sectors', () => {
    const flash = memoryBytes(Buffer.concat([Buffer.alloc(4096, 0xff), fixture('spiffs', 'esp-idf.bin')]))
    expect([...(spiffs.candidates?.(flash, { start: 100, end: 8193 }) ?? [])]).toEqual([100, 4096])
    expect(spiffs.recognise(flash, 4096)).toEqual({ start: 4096, end: flash.size })
  })

  it('reads the other files when pages are damaged', () => {
    const image = fixture('spiffs', 'esp-idf.bin')
    image.fill(0, 0x1000, 0x1400)
    const { contents, problems } = collect(spiffs, image)
    expect(contents.get('hello.txt')?.toString()).toBe('Hello, SPIFFS\nmore\n')
    expect(contents.get('www/renamed')?.toString()).toBe(NUMBERS)
    expect(problems).toMatchObject([{ code: 'structure', path: 'www/numbers' }])
  })

  it('claims no more than what holds, where only two blocks do', () => {
    const image = fixture('spiffs', 'esp-idf.bin')
    image.fill(0x11, 2 * 4096)
    expect(findGeometry(memoryBytes(image), 0)?.blockCount ?? 0).toBeLessThanOrEqual(2)
  })

  it('tells when blocks are cut off', () => {
    const { contents, problems } = collect(spiffs, fixture('spiffs', 'esp-idf.bin').subarray(0, 16_384))
    expect(contents.get('hello.txt')?.toString()).toBe('Hello, SPIFFS\nmore\n')
    expect(problems[0]).toMatchObject({ code: 'truncated' })
    expect(problems.some(({ path }) => path === 'www/renamed' || path?.startsWith('object-'))).toBe(true)
  })
})

hostileSuite({ format: spiffs, fixture: fixture('spiffs', 'esp-idf.bin').subarray(0, 65_536) })
hostileSuite({ format: spiffs, fixture: fixture('spiffs', 'no-magic.bin') })
