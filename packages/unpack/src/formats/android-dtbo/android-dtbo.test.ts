import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { androidDtbo } from './index.ts'

function read(name: string) {
  const { contents, entries, problems } = collect(androidDtbo, fixture('android-dtbo', name))
  const header = JSON.parse(contents.get('header.json')?.toString() ?? '') as {
    readonly entries: readonly object[]
  }
  return { contents, entries, problems, header }
}

const isTree = (content: Buffer | undefined) => content?.readUInt32BE(0) === 0xd00dfeed

describe('android-dtbo', () => {
  it('gives the trees of version 0, and one that two boards share once', () => {
    const { contents, entries, problems, header } = read('v0.img')
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['header.json', 'dtb-0', 'dtb-1', 'dtb-2'])
    for (const [index, path] of ['dtb-0', 'dtb-1', 'dtb-2'].entries()) {
      expect(isTree(contents.get(path))).toBe(true)
      expect(contents.get(path)?.includes(`sample,board-${index + 1}`)).toBe(true)
    }
    expect(entries.find(({ path }) => path === 'dtb-3')).toMatchObject({ type: 'hardlink', target: 'dtb-0' })
    expect(header).toMatchObject({ kind: 'dtb', version: 0, pageSize: 2048 })
    expect(header.entries).toEqual([
      { path: 'dtb-0', id: 0x10, revision: 2, custom: [0, 0, 0, 0], size: 315 },
      { path: 'dtb-1', id: 7, revision: 2, custom: [0xabc, 0, 0, 0], size: 315 },
      { path: 'dtb-2', id: 0x10, revision: 2, custom: [0, 0, 0, 5], size: 315 },
      { path: 'dtb-3', id: 0x99, revision: 2, custom: [0, 0, 0, 0], size: 315 },
    ])
  })

  it('tells how the trees of version 1 are compressed', () => {
    const { contents, problems, header } = read('v1.img')
    expect(problems).toEqual([])
    expect(header.entries).toMatchObject([
      { id: 1, compression: 'none', custom: [0, 0, 0] },
      { id: 2, compression: 'zlib', size: 132 },
      { id: 3, compression: 'gzip', size: 143 },
    ])
    expect(isTree(contents.get('dtb-0'))).toBe(true)
    expect(contents.get('dtb-2')?.readUInt16BE(0)).toBe(0x1f8b)
  })

  it('gives ACPI tables', () => {
    const { contents, problems, header } = read('acpi.img')
    expect(problems).toEqual([])
    expect(header).toMatchObject({ kind: 'acpi', version: 0 })
    expect(contents.get('acpi-1')?.subarray(0, 4).toString()).toBe('SSDT')
  })

  it.each(fixturesOf('android-dtbo', 'negative'))('refuses $name', ({ content }) => {
    expect(androidDtbo.recognise(memoryBytes(content), 0)).toBeUndefined()
  })

  it('ends with its last content', () => {
    const table = fixture('android-dtbo', 'v0.img')
    const image = Buffer.concat([Buffer.alloc(64), table, Buffer.alloc(500)])
    expect(androidDtbo.recognise(memoryBytes(image), 64)).toEqual({ start: 64, end: 64 + table.length })
  })

  it('shows what lies before a cut', () => {
    const { contents, problems } = collect(androidDtbo, fixture('android-dtbo', 'v0.img').subarray(0, 900))
    expect(isTree(contents.get('dtb-1'))).toBe(true)
    expect(problems).toMatchObject([{ code: 'truncated', path: 'dtb-2' }])
  })
})

for (const name of ['v0.img', 'v1.img', 'acpi.img']) {
  hostileSuite({ format: androidDtbo, fixture: fixture('android-dtbo', name) })
}
