import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { corebootCbfs } from './index.ts'

const TEXT = lines(1, 2000)

function read(image: Buffer) {
  const { contents, problems } = collect(corebootCbfs, image)
  const { files } = JSON.parse(contents.get('cbfs.json')?.toString() ?? '') as { readonly files: object[] }
  return { contents, problems, files }
}

describe('coreboot-cbfs', () => {
  it('gives the files, unpacked, and what is said of them', () => {
    const { contents, problems, files } = read(fixture('coreboot-cbfs', 'flash.cbfs'))
    expect(problems).toEqual([])
    const short = contents.get('config')?.toString()
    expect(short).toMatch(/^[0-9a-f]{40}$/)
    expect(contents.get('text/lzma')?.toString()).toBe(TEXT)
    expect(contents.get('text/lz4')?.toString()).toBe(TEXT)
    for (const path of ['a name', 'same-1', 'same-2']) expect(contents.get(path)?.toString()).toBe(short)
    expect(contents.get('etc/number')?.readBigUInt64LE()).toBe(0x1234n)
    expect(files.map((file) => ('name' in file ? file.name : ''))).toEqual(
      ['config', 'text/lzma', 'text/lz4', 'same-1', 'etc/number', 'same-2', 'a name'].concat(
        'fallback/stage',
        'fallback/payload',
      ),
    )
    expect(files[0]).toMatchObject({ type: 'raw', size: 40, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(files[1]).toMatchObject({ compression: 'lzma', unpackedSize: TEXT.length })
    expect(files[6]).toMatchObject({ type: 'spd' })
  })

  it('shows programs by their parts', () => {
    const { contents } = read(fixture('coreboot-cbfs', 'flash.cbfs'))
    expect(contents.get('fallback/stage')?.includes('of a program')).toBe(true)
    const parts = [...contents].filter(([path]) => path.startsWith('fallback/payload/'))
    expect(parts.map(([path]) => path.replace(/-\d$/, ''))).toContain('fallback/payload/code')
    expect(parts.some(([, content]) => content.includes('of a program'))).toBe(true)
  })

  it('reads images without a map, and types that nobody described', () => {
    const { contents, problems, files } = read(fixture('coreboot-cbfs', 'legacy.cbfs'))
    expect(problems).toEqual([])
    expect(contents.get('text')?.toString()).toBe(TEXT)
    expect(files).toMatchObject([{ name: 'text' }, { name: 'short', type: 'type-0x99', size: 40 }])
  })

  it('tells when a hash differs, and what is damaged', () => {
    const image = fixture('coreboot-cbfs', 'flash.cbfs')
    image.write('!', image.indexOf('config') + 80)
    expect(read(image).problems).toMatchObject([{ code: 'checksum', path: 'config' }])
    const packed = fixture('coreboot-cbfs', 'legacy.cbfs').fill(0x5a, 200, 220)
    expect(read(packed).problems).toMatchObject([{ path: 'text' }])
  })

  it('shows what is left of files that were taken away', () => {
    const image = fixture('coreboot-cbfs', 'legacy.cbfs')
    const at = image.indexOf('LARCHIVE', 200)
    image.writeUInt32BE(0, at + 12)
    const { contents, files } = read(image)
    expect(files).toMatchObject([{ name: 'text' }])
    const [path, left] = [...contents].find(([name]) => name.startsWith('free-')) ?? []
    expect(path).toBe(`free-0x${(at + image.readUInt32BE(at + 20)).toString(16)}`)
    expect(left).toHaveLength(40)
  })

  it('ends behind the room for files, and shows what lies before a cut', () => {
    const image = fixture('coreboot-cbfs', 'legacy.cbfs')
    const behind = Buffer.concat([Buffer.alloc(64, 1), image, Buffer.alloc(100, 1)])
    expect(corebootCbfs.recognise(memoryBytes(behind), 64)).toEqual({ start: 64, end: 64 + image.length })
    const short = image.indexOf('LARCHIVE', 200) + 60
    const { contents, problems } = read(image.subarray(0, short))
    expect(contents.get('text')?.toString()).toBe(TEXT)
    expect(problems).toMatchObject(['cbfs.json', 'short'].map((path) => ({ code: 'truncated', path })))
  })

  it.each(fixturesOf('coreboot-cbfs', 'negative'))('refuses $name', ({ content }) => {
    expect(corebootCbfs.recognise(memoryBytes(content), 0)).toBeUndefined()
  })
})

for (const name of ['flash.cbfs', 'legacy.cbfs']) {
  hostileSuite({ format: corebootCbfs, fixture: fixture('coreboot-cbfs', name) })
}
