import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { exfat } from './index.ts'
import { type ExfatVolume, readVolume } from './volume.ts'

const lines = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}\n`).join('')
const FRAGMENTS = Array.from({ length: 12 }, (_, index) => String(index).padStart(4096, '0')).join('')
const image = () => fixture('exfat', 'small.img')
const volumeOf = (content: Buffer) => readVolume(memoryBytes(content), 0) as ExfatVolume
/** The first entry of a file whose name begins like this. */
const recordOf = (content: Buffer, name: string) => content.indexOf(Buffer.from(name, 'utf16le')) - 66

describe('exfat', () => {
  it('lists what Linux wrote, with metadata and contents', () => {
    const found = collect(exfat, image())
    expect(found.problems).toEqual([])
    expect(found.entries).toHaveLength(55)
    expect(found.contents.get('etc/passwd')?.toString()).toBe('root:x:0:0:root:/root:/bin/sh\n')
    expect(found.contents.get('etc/init.d/a-name-of-some-length-40')?.toString()).toBe('40\n')
    expect(found.contents.get('numbers.txt')?.toString()).toBe(lines(4000))
    expect(found.contents.get('fragments')?.toString()).toBe(FRAGMENTS)
    expect(found.contents.get('empty')).toHaveLength(0)
    expect(found.contents.get(Buffer.from('Grüße 漢字 😀.md').toString('latin1'))?.toString()).toBe('kept\n')
    expect(found.contents.has('deleted')).toBe(false)
    expect(entryOf(found, 'deep/a/b')).toMatchObject({ type: 'directory' })
    expect(entryOf(found, 'numbers.txt')).toMatchObject({ type: 'file', mtime: 1_700_000_000 })
  })

  it('shows what was never written as zeros, and what lies in one piece where it lies', () => {
    const found = collect(exfat, image())
    expect(found.contents.get('grown')).toEqual(Buffer.concat([Buffer.from('begin'), Buffer.alloc(19_995)]))
    expect(found.slices.has('numbers.txt')).toBe(true)
    expect(found.slices.has('fragments')).toBe(false)
  })

  it('tells time zones', () => {
    const content = image()
    const at = recordOf(content, 'numbers.txt')
    // Two hours and a half ahead of UTC.
    content[at + 23] = 0x80 | 10
    const entry = entryOf(collect(exfat, content), 'numbers.txt')
    expect(entry).toMatchObject({ mtime: 1_700_000_000 - 9000 })
  })

  it('tells checksums that differ', () => {
    const content = image()
    content[recordOf(content, 'numbers.txt') + 4] = 0x21
    content[120] = 1
    expect(
      collect(exfat, content).problems.toSorted((a, b) => (a.path ?? '').localeCompare(b.path ?? '')),
    ).toEqual([
      { code: 'checksum', message: 'the checksum of the boot sectors differs', path: undefined },
      { code: 'checksum', message: 'the checksum over its entries differs', path: 'numbers.txt' },
    ])
  })

  it('follows no loop, in chains and in directories', () => {
    const content = image()
    const { tableAt } = volumeOf(content)
    const first = content.readUInt32LE(recordOf(content, 'fragments') + 52)
    content.writeUInt32LE(first, tableAt + 4 * first)
    expect(collect(exfat, content).problems).toContainEqual(
      expect.objectContaining({ code: 'loop', path: 'fragments' }),
    )
    const turned = image()
    const deep = recordOf(turned, 'deep')
    turned.writeUInt32LE(volumeOf(turned).rootCluster, deep + 52)
    expect(collect(exfat, turned).problems).toContainEqual(
      expect.objectContaining({ code: 'loop', path: 'deep' }),
    )
  })

  it('tells a chain that ends too early, and clusters that are none', () => {
    const content = image()
    const { tableAt, clusters } = volumeOf(content)
    const first = content.readUInt32LE(recordOf(content, 'fragments') + 52)
    content.writeUInt32LE(0xffff_ffff, tableAt + 4 * first)
    content.writeUInt32LE(clusters, recordOf(content, 'numbers.txt') + 52)
    const { contents, problems } = collect(exfat, content)
    expect(contents.get('fragments')?.toString()).toBe(`${FRAGMENTS.slice(0, 4096)}${'\0'.repeat(11 * 4096)}`)
    expect(problems).toContainEqual(expect.objectContaining({ code: 'structure', path: 'fragments' }))
    expect(problems).toContainEqual(expect.objectContaining({ code: 'structure', path: 'numbers.txt' }))
  })
})

hostileSuite({ format: exfat, fixture: image().subarray(0, 256 * 1024) })
