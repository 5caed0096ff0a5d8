import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { rtime } from './data.ts'
import { jffs2 } from './index.ts'
import { endianAt, jffs2Crc, readHeader } from './nodes.ts'
import { walkNodes } from './walk.ts'

const TREE = [
  'block disk',
  'character console',
  'directory ',
  'directory bin',
  'directory etc',
  'directory etc/init.d',
  'fifo pipe',
  'file bin/alias',
  'file etc/empty',
  'file etc/init.d/rcS',
  'file etc/passwd',
  'file etc/shadow',
  'hardlink bin/numbers',
  'symlink bin/link',
]

/** Where the node begins that holds these bytes. */
function nodeAround(image: Buffer, text: string): number {
  const at = image.indexOf(text)
  return Math.max(
    image.lastIndexOf('\x85\x19\x01\xe0', at, 'latin1'),
    image.lastIndexOf('\x85\x19\x02\xe0', at, 'latin1'),
  )
}

describe('jffs2', () => {
  it.each([
    'zlib-little.jffs2',
    'zlib-big.jffs2',
    'rtime-big.jffs2',
    'lzo-little.jffs2',
    'stored.jffs2',
    'lzma.jffs2',
    'old-magic.jffs2',
  ])('lists %s with its metadata and contents', (name) => {
    const found = collect(jffs2, fixture('jffs2', name))
    expect(found.problems).toEqual([])
    expect(found.entries.map((one) => `${one.type} ${one.path}`).toSorted()).toEqual(TREE)
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(entryOf(found, 'bin/alias')).toMatchObject({ mode: 0o4755, mtime: 1_700_000_000 })
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ target: 'bin/alias' })
    expect(entryOf(found, 'bin/link')).toMatchObject({ target: '../etc/passwd' })
    expect(entryOf(found, 'console')).toMatchObject({ device: { major: 5, minor: 1 } })
    expect(entryOf(found, 'disk')).toMatchObject({ device: { major: 8, minor: 1 } })
    expect(entryOf(found, 'etc/shadow')).toMatchObject({ mode: 0o600, uid: 0, gid: 0 })
  })

  it.each(['zlib-little.jffs2', 'rtime-big.jffs2'])('knows owners and attributes of %s', (name) => {
    const found = collect(jffs2, fixture('jffs2', name))
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
    expect(entryOf(found, 'etc/passwd')?.xattrs).toEqual({ 'user.note': Buffer.from('kept').toString('hex') })
    expect(entryOf(found, 'etc/shadow')?.xattrs).toBeUndefined()
  })

  it('tells the size of erase blocks, and ends behind the last one', () => {
    const image = fixture('jffs2', 'padded.jffs2')
    const found = collect(jffs2, image)
    expect(found.problems).toEqual([])
    expect(found.contents.get('more')).toHaveLength(6000)
    const inside = memoryBytes(Buffer.concat([image, Buffer.alloc(10_000, 0xff)]))
    expect(walkNodes(inside, 0, 'little', () => true)).toEqual({
      end: 16_384,
      eraseBlock: 8192,
      truncated: false,
      garbage: 0,
    })
  })

  it('reads an image that goes on behind an erased block', () => {
    const image = fixture('jffs2', 'padded.jffs2')
    const gap = Buffer.concat([image.subarray(0, 8192), Buffer.alloc(3 * 8192, 0xff), image.subarray(8192)])
    const found = collect(jffs2, gap)
    expect(found.region.end).toBe(gap.length)
    expect(found.problems).toEqual([])
    expect(found.contents.get('more')).toHaveLength(6000)
  })

  it('resolves what was overwritten, cut, deleted and renamed', () => {
    const found = collect(jffs2, fixture('jffs2', 'history.jffs2'))
    expect(found.problems).toEqual([])
    const added = found.entries.filter(({ path }) => !TREE.some((line) => line.endsWith(` ${path}`)))
    expect(added.map(({ path }) => path)).toEqual([
      'again',
      'behind',
      'changed',
      'changed/inside',
      'overwritten',
      'truncated',
    ])
    expect(found.contents.get('overwritten')?.toString()).toBe('01NEW56789')
    expect(found.contents.get('truncated')?.toString()).toBe('sec\0\0\0\0\0')
    expect(found.contents.get('again')?.toString()).toBe('second')
    expect(found.contents.get('behind')?.toString()).toBe('moved')
    expect(entryOf(found, 'changed')).toMatchObject({ mtime: 1_700_000_300 })
    expect(entryOf(found, 'changed/inside')?.xattrs).toEqual({
      'user.note': Buffer.from('new').toString('hex'),
    })
  })

  it('leaves a node with a wrong CRC out, and says whose bytes are gone', () => {
    const image = fixture('jffs2', 'stored.jffs2')
    image[image.indexOf('root:x:')] = 0x52
    const found = collect(jffs2, image)
    expect(found.problems).toMatchObject([
      { code: 'checksum', message: '1 nodes are left out: their CRC differs' },
      { code: 'structure', path: 'etc/passwd' },
    ])
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
  })

  it('reads on behind a node whose header is damaged', () => {
    const image = fixture('jffs2', 'stored.jffs2')
    image[nodeAround(image, 'shadow') + 5] = 0x55
    const found = collect(jffs2, image)
    expect(found.problems).toMatchObject([{ code: 'structure' }])
    expect(found.entries).toHaveLength(TREE.length - 1)
  })

  it('lists directories to which no name leads', () => {
    const image = fixture('jffs2', 'stored.jffs2')
    image[nodeAround(image, 'init.d') + 40] = 0x55
    const found = collect(jffs2, image)
    expect(found.problems.map(({ code }) => code)).toEqual(['checksum', 'structure'])
    const orphan = found.entries.find(({ path }) => /^inode-\d+\/rcS$/.test(path))
    expect(orphan).toMatchObject({ type: 'file', mode: 0o755 })
  })

  it('tells a loop of directories', () => {
    // As the history's tool makes names: a directory that is its own child.
    const image = fixture('jffs2', 'stored.jffs2')
    const etc = nodeAround(image, 'etc')
    const inode = image.readUInt32LE(etc + 20)
    const loop = Buffer.from(image.subarray(etc, etc + 44))
    loop.writeUInt32LE(inode, 12)
    loop.writeUInt32LE(jffs2Crc(loop.subarray(0, 32)), 32)
    const found = collect(jffs2, Buffer.concat([image, loop]))
    expect(found.problems).toMatchObject([{ code: 'loop', path: 'etc/etc' }])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('tells a last node that is cut off', () => {
    const found = collect(jffs2, fixture('jffs2', 'stored.jffs2').subarray(0, 1500))
    expect(found.region.end).toBe(1500)
    expect(found.problems[0]).toMatchObject({ code: 'truncated' })
  })

  it('checks headers with the CRC that has no inversion', () => {
    const marker = Buffer.from('851903200c000000b1b01ee4', 'hex')
    expect(endianAt(memoryBytes(marker), 0)).toBe('little')
    expect(readHeader(memoryBytes(marker), 0, 'little')).toMatchObject({ type: 0x2003, length: 12 })
    marker[4] = 0x0d
    expect(readHeader(memoryBytes(marker), 0, 'little')).toBeUndefined()
  })

  it('undoes rtime', () => {
    const out = new Uint8Array(9)
    expect(rtime(Uint8Array.of(1, 0, 2, 0, 1, 6), out)).toBe(9)
    expect([...out]).toEqual([1, 2, 1, 2, 1, 2, 1, 2, 1])
  })
})

hostileSuite({ format: jffs2, fixture: fixture('jffs2', 'zlib-little.jffs2') })
hostileSuite({ format: jffs2, fixture: fixture('jffs2', 'rtime-big.jffs2') })
hostileSuite({ format: jffs2, fixture: fixture('jffs2', 'stored.jffs2') })
