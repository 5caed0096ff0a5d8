import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { cramfs } from './index.ts'

const lines = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}\n`).join('')

describe('cramfs', () => {
  it.each(['little.img', 'big.img', 'boot.img'])('lists %s with its metadata and contents', (name) => {
    const found = collect(cramfs, fixture('cramfs', name))
    expect(found.problems).toEqual([])
    expect(found.entries).toHaveLength(16)
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(entryOf(found, 'bin/alias')).toMatchObject({ type: 'file', mode: 0o4755, uid: 0, gid: 0 })
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(found.contents.get('large')?.toString()).toBe(lines(3000))
    const holes = Buffer.concat([Buffer.from('first'), Buffer.alloc(11_995), Buffer.from('last')])
    expect(found.contents.get('holes')?.equals(holes)).toBe(true)
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'console')).toMatchObject({ type: 'character', device: { major: 5, minor: 1 } })
    expect(entryOf(found, 'disk')).toMatchObject({ type: 'block', device: { major: 8, minor: 1 } })
    expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
    // Eight bits are kept of a group.
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 & 0xff })
  })

  it('reads blocks that are scattered, or lie as they are', () => {
    const { contents, problems } = collect(cramfs, fixture('cramfs', 'extended.img'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['row', 'scatter', 'stored'])
    for (const content of contents.values()) expect(content.toString()).toBe(lines(1200))
  })

  it('ends where it says, and tells a CRC that differs', () => {
    const image = fixture('cramfs', 'little.img')
    image[image.length - 1] = 1
    const { region, problems } = collect(cramfs, Buffer.concat([image, image]))
    expect(region).toEqual({ start: 0, end: image.length })
    expect(problems).toMatchObject([{ code: 'checksum' }])
  })

  it('costs a damaged block its file alone', () => {
    const image = fixture('cramfs', 'extended.img')
    const { slices } = collect(cramfs, image)
    expect(slices.size).toBe(0)
    // The first block of the first file, behind its pointers.
    image.fill(0xff, 132 + 8 + 20, 132 + 8 + 40)
    const { contents, problems } = collect(cramfs, image)
    expect([...contents.keys()]).toEqual(['scatter', 'stored'])
    expect(problems).toMatchObject([{ code: 'checksum' }, { path: 'row' }])
  })

  it('follows no directory twice', () => {
    const image = fixture('cramfs', 'little.img')
    const found = collect(cramfs, image)
    const inner = found.entries.findIndex(({ path }) => path === 'bin')
    expect(inner).toBeGreaterThan(0)
    // The first directory of the root becomes the root itself.
    const at = image.indexOf('bin\0', 76, 'latin1') - 12
    image.copyWithin(at + 4, 64 + 4, 64 + 8)
    const rootOffset = image.readUInt32LE(64 + 8) >>> 6
    image.writeUInt32LE((((rootOffset << 6) >>> 0) | (image.readUInt32LE(at + 8) & 0x3f)) >>> 0, at + 8)
    const { problems, entries } = collect(cramfs, image)
    expect(problems).toContainEqual(expect.objectContaining({ code: 'loop', path: 'bin' }))
    expect(entryOf({ ...found, entries }, 'etc/passwd')).toBeDefined()
  })
})

hostileSuite({ format: cramfs, fixture: fixture('cramfs', 'little.img') })
hostileSuite({ format: cramfs, fixture: fixture('cramfs', 'big.img') })
hostileSuite({ format: cramfs, fixture: fixture('cramfs', 'extended.img') })
