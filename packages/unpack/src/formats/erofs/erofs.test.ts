import { createHash } from 'node:crypto'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { type Extent, extentsOf } from './extents.ts'
import { erofs } from './index.ts'
import { type Inode, readInode } from './inode.ts'
import { Volume } from './volume.ts'

const IMAGES = [
  'plain.img',
  'lz4.img',
  'legacy.img',
  'extended.img',
  'lzma.img',
  'deflate.img',
  'zstd.img',
  'records.img',
  'chunks.img',
  'directories.img',
  'metabox.img',
]

const LARGE = Array.from({ length: 2000 }, (_, index) => index + 1)
  .map((i) => `line ${i} of many that look alike: ${i % 7}\n`)
  .join('')
const RANDOM = Buffer.concat(
  Array.from({ length: 300 }, (_, index) =>
    Buffer.from(
      createHash('sha256')
        .update(`${index + 1}\n`)
        .digest('hex')
        .slice(0, 20),
      'hex',
    ),
  ),
)
const HOLES = Buffer.concat([Buffer.from('first'), Buffer.alloc(8995), Buffer.from('last')])
const SHARED = Array.from({ length: 30 }, (_, index) => index + 1).join(',')

/** The inode of a file, and where its record lies. */
function inodeOf(image: Buffer, path: string): { readonly inode: Inode; readonly at: number } {
  const bytes = memoryBytes(image)
  const region = { start: 0, end: image.length }
  const volume = new Volume(bytes, region)
  for (const { plan } of erofs.open(bytes, region, () => {}, [])) {
    for (const { meta, file } of plan) {
      if (meta.path !== path || !file) continue
      const inode = readInode(volume, file.inode)
      return { inode, at: volume.superblock.metaAt + 32 * file.inode }
    }
  }
  throw new Error(`no ${path}`)
}

/** Takes the superblock's checksum away, so that a test may change its block. */
function unsummed(image: Buffer): Buffer {
  image.writeUInt32LE(image.readUInt32LE(1024 + 8) & ~1, 1024 + 8)
  return image
}

describe('erofs', () => {
  it.each(IMAGES)('lists %s with its metadata and contents', (name) => {
    const found = collect(erofs, fixture('erofs', name))
    expect(found.problems).toEqual([])
    expect(found.entries).toHaveLength(78)
    expect(found.entries.filter(({ path }) => path.startsWith('etc/init.d/a-name'))).toHaveLength(60)
    expect(found.contents.get('etc/init.d/a-name-of-some-length-60')?.toString()).toBe('60\n')
    const [first, link] = ['bin/alias', 'bin/numbers'].map((path) => entryOf(found, path))
    expect(first).toMatchObject({ type: 'file', mode: 0o4755, uid: 0, gid: 0, mtime: 1_700_000_000 })
    expect(link).toMatchObject({ type: 'hardlink', target: 'bin/alias' })
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(found.contents.get('large')?.toString()).toBe(LARGE)
    expect(found.contents.get('again')?.toString()).toBe(`${LARGE}and more\n`)
    expect(found.contents.get('random')?.equals(RANDOM)).toBe(true)
    expect(found.contents.get('holes')?.equals(HOLES)).toBe(true)
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'console')).toMatchObject({ device: { major: 5, minor: 1 } })
    expect(entryOf(found, 'disk')).toMatchObject({ type: 'block', device: { major: 8, minor: 1 } })
    expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
  })

  it.each(IMAGES)('gives the attributes in %s, also those that are shared', (name) => {
    const found = collect(erofs, fixture('erofs', name))
    expect(entryOf(found, 'etc/passwd')?.xattrs).toEqual({ 'user.note': Buffer.from('kept').toString('hex') })
    for (const i of [1, 2, 3, 4, 5]) {
      const { xattrs } = entryOf(found, `etc/init.d/a-name-of-some-length-${i}`) ?? {}
      expect(xattrs).toEqual({ 'user.shared': Buffer.from(SHARED).toString('hex') })
    }
    expect(entryOf(found, 'large')?.xattrs).toBeUndefined()
  })

  it('shows where contents lie that are in one piece', () => {
    const { slices } = collect(erofs, fixture('erofs', 'lz4.img'))
    expect(slices.has('etc/passwd')).toBe(true)
    expect(slices.has('large')).toBe(false)
  })

  it('ends where its blocks end', () => {
    const image = fixture('erofs', 'lzma.img')
    const both = memoryBytes(Buffer.concat([image, image]))
    expect(erofs.recognise(both, 0)).toEqual({ start: 0, end: image.length })
  })

  it('lists a file of petabytes without filling its holes', () => {
    const image = unsummed(fixture('erofs', 'chunks.img'))
    const { inode, at } = inodeOf(image, 'holes')
    // One chunk of 2^43 bytes, which is a hole.
    image.writeUInt16LE(31, at + 16)
    image.writeUInt32LE(0xffff_ffff, Math.ceil(inode.restAt / 4) * 4)
    image.writeUInt32LE(0xffff_0000, at + 8)
    const found = collect(erofs, image)
    expect(entryOf(found, 'holes')).toMatchObject({ type: 'file' })
    expect(found.contents.has('holes')).toBe(false)
    expect(found.problems).toMatchObject([{ code: 'unsupported', path: 'holes' }])
  })
})

describe('a damaged erofs', () => {
  it('tells when the checksum of the superblock differs', () => {
    const image = fixture('erofs', 'lz4.img')
    image.writeUInt8(image.readUInt8(1024 + 70) ^ 1, 1024 + 70)
    const found = collect(erofs, image)
    expect(found.problems).toMatchObject([{ code: 'checksum' }])
    expect(found.contents.get('large')?.toString()).toBe(LARGE)
  })

  it('refuses a metabox that lies in itself, and tells that inodes are lost with theirs', () => {
    const image = unsummed(fixture('erofs', 'metabox.img'))
    expect(erofs.recognise(memoryBytes(image), 0)).toEqual({ start: 0, end: image.length })
    const inside = Buffer.from(image).fill(0x80, 1024 + 135, 1024 + 136)
    expect(erofs.recognise(memoryBytes(inside), 0)).toBeUndefined()
    const { superblock } = new Volume(memoryBytes(image), { start: 0, end: image.length })
    // The index of the compressed metabox stands behind its inode.
    const box = superblock.metaAt + superblock.box * 32
    const lost = Buffer.from(image).fill(0xff, box + 32, box + 96)
    expect(erofs.recognise(memoryBytes(lost), 0)).toBeUndefined()
    const told: string[] = []
    const region = { start: 0, end: lost.length }
    const batches = [...erofs.open(memoryBytes(lost), region, (code) => told.push(code), [])]
    expect(batches.flatMap(({ plan }) => plan.map(({ meta }) => meta.path))).toEqual([''])
    expect(told).not.toEqual([])
  })

  it.each(['lz4.img', 'deflate.img'])('loses no more than what is damaged in %s', (name) => {
    const image = fixture('erofs', name)
    const { inode } = inodeOf(image, 'large')
    const [first] = extentsOf(new Volume(memoryBytes(image), { start: 0, end: image.length }), inode)
    const clean = collect(erofs, image)
    const { from, stored } = first as Extent
    image.fill(0x5a, from + stored / 2, from + stored)
    const found = collect(erofs, image)
    expect(found.problems).toMatchObject([{ code: 'structure', path: 'large' }])
    expect(found.contents.get('large')).toHaveLength(LARGE.length)
    for (const [path, content] of clean.contents) {
      if (path !== 'large') expect(found.contents.get(path)?.equals(content), path).toBe(true)
    }
  })

  it('loses a directory that says it is endless, and nothing else', () => {
    const image = unsummed(fixture('erofs', 'extended.img'))
    const entries = image.indexOf('...againbinconsole') - 11 * 12
    const { metaAt } = new Volume(memoryBytes(image), { start: 0, end: image.length }).superblock
    const bin = metaAt + 32 * Number(image.readBigUInt64LE(entries + 3 * 12))
    image.fill(0xff, bin + 8, bin + 16)
    const found = collect(erofs, image)
    expect(found.problems).toMatchObject([{ code: 'structure', path: 'bin' }])
    expect(found.contents.get('large')).toHaveLength(LARGE.length)
  })

  it('does not follow a directory into itself', () => {
    const image = unsummed(fixture('erofs', 'plain.img'))
    const root = image.readUInt16LE(1024 + 14)
    // Eleven names of the root, behind an entry of twelve bytes for each: `bin` is the fourth.
    const entries = image.indexOf('...againbinconsole') - 11 * 12
    image.writeBigUInt64LE(BigInt(root), entries + 3 * 12)
    const found = collect(erofs, image)
    expect(found.problems).toContainEqual(expect.objectContaining({ code: 'loop', path: 'bin' }))
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })
})

hostileSuite({ format: erofs, fixture: fixture('erofs', 'small.img') })
hostileSuite({ format: erofs, fixture: fixture('erofs', 'small4.img') })
hostileSuite({ format: erofs, fixture: fixture('erofs', 'zstd.img') })
hostileSuite({
  format: erofs,
  fixture: fixture('erofs', 'metabox.img'),
  needsItsEnd: 'the metabox lies behind the contents',
})
