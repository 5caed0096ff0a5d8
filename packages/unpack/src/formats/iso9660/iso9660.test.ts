import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { iso9660 } from './index.ts'
import { readVolumes } from './volume.ts'

const LONG = `a-name-that-is-much-too-long-for-the-plain-names-and-has-to-go-on-${'x'.repeat(120)}`
const DEEP = 'a/b/c/d/e/f/g/h/i/deep.txt'

/** Where the record of a name lies: its name stands 33 bytes behind, and the tables of paths lie before. */
function recordOf(image: Buffer, name: string): number {
  return image.lastIndexOf(name, undefined, 'latin1') - 33
}

describe('iso9660', () => {
  it.each(['rock.iso', 'moved.iso'])('lists %s with its metadata and contents', (name) => {
    const found = collect(iso9660, fixture('iso9660', name))
    expect(found.problems).toEqual([])
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'file', mode: 0o4755, mtime: 1_700_000_000 })
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(found.contents.get(`etc/${LONG}`)?.toString()).toBe('long\n')
    expect(found.contents.get(DEEP)?.toString()).toBe('deep\n')
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'bin/far')).toMatchObject({ type: 'symlink', target: `../${'far/'.repeat(40)}x` })
    expect(entryOf(found, 'console')).toMatchObject({ type: 'character', device: { major: 5, minor: 1 } })
    expect(entryOf(found, 'disk')).toMatchObject({ type: 'block', device: { major: 8, minor: 1 } })
    expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
    expect(entryOf(found, 'etc/shadow')).toMatchObject({ mode: 0o600 })
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
  })

  it('takes the names of Joliet where there are none of Rock Ridge', () => {
    const { contents, problems, entries } = collect(iso9660, fixture('iso9660', 'joliet.iso'))
    expect(problems).toEqual([])
    expect(contents.get(Buffer.from('etc/grün.txt').toString('latin1'))?.toString()).toBe('ümlaut\n')
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(entries.filter(({ path }) => path === 'etc')).toMatchObject([{ type: 'directory' }])
  })

  it('takes the plain names, else', () => {
    const { contents, problems } = collect(iso9660, fixture('iso9660', 'plain.iso'))
    expect(problems).toEqual([])
    expect(contents.get('ETC/PASSWD')?.toString()).toBe(PASSWD)
    expect(contents.get('BIN/NUMBERS')?.toString()).toBe(NUMBERS)
  })

  it.each([
    ['zisofs.iso', '37e45396c9dbd607'],
    ['zisofs2.iso', 'ef2255a1bc1b95a0'],
  ])('unpacks %s, and tells what is damaged', (name, magic) => {
    const image = fixture('iso9660', name)
    const found = collect(iso9660, image)
    expect(found.problems).toEqual([])
    const whole = Buffer.concat([Buffer.from(lines(1, 20_000)), Buffer.alloc(100_000)])
    expect(found.contents.get('numbers')?.equals(whole)).toBe(true)
    expect(found.contents.get('passwd')?.toString()).toBe(PASSWD)
    const at = image.indexOf(magic, 0, 'hex')
    image[at + 12] = 1
    expect(collect(iso9660, image).problems).toMatchObject([{ code: 'structure', path: 'numbers' }])
  })

  it('tells what the volume says', () => {
    const volumes = readVolumes(memoryBytes(fixture('iso9660', 'joliet.iso')), 0)
    expect(volumes).toMatchObject({ primary: { name: 'ACME', blockSize: 2048 }, joliet: { blockSize: 2048 } })
  })

  it('follows no directory twice, and tells records that do not fit', () => {
    const image = fixture('iso9660', 'plain.iso')
    const volumes = readVolumes(memoryBytes(image), 0)
    const loop = Buffer.from(image)
    loop.writeUInt32LE(volumes?.primary.root.extent ?? 0, recordOf(loop, 'INIT.D') + 2)
    expect(collect(iso9660, loop).problems).toMatchObject([{ code: 'loop', path: 'ETC/INIT.D' }])
    image[recordOf(image, 'PASSWD')] = 20
    expect(collect(iso9660, image).problems).toMatchObject([{ code: 'structure', path: 'ETC' }])
  })

  it('puts together what lies in two extents', () => {
    const image = fixture('iso9660', 'plain.iso')
    const at = recordOf(image, 'NUMBERS')
    const other = recordOf(image, 'ALIAS')
    // The record before goes on with this one.
    image.writeUInt8(0x80, other + 25)
    const { contents, problems } = collect(iso9660, image)
    expect(problems).toEqual([])
    expect(contents.get('BIN/LINK') ?? contents.get('BIN/NUMBERS')).toBeDefined()
    expect(at).toBeGreaterThan(other)
    expect([...contents.values()].map(String)).toContain(NUMBERS + NUMBERS)
  })
})

hostileSuite({ format: iso9660, fixture: fixture('iso9660', 'rock.iso') })
hostileSuite({ format: iso9660, fixture: fixture('iso9660', 'joliet.iso') })
for (const name of ['zisofs.iso', 'zisofs2.iso'])
  hostileSuite({ format: iso9660, fixture: fixture('iso9660', name) })
