import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { VERITY } from '../../contract.ts'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { hasSuperblock } from './groups.ts'
import { ext } from './index.ts'
import { readSuperblock, type Superblock } from './superblock.ts'
import { Volume } from './volume.ts'

const LARGE = '0123456789\n'.repeat(40_000).slice(0, 350_000)
const TARGET = 'far/'.repeat(40)
/** Where the first block of the large directory of indexed.img lies. */
const ROOT_OF_TREE = 20 * 1024

/** Blocks at even places, and holes between them. */
function holes(size: number): Buffer {
  const content = Buffer.alloc(size)
  for (let i = 0; i <= 40; i += 2) content.write(`block ${i}`, i * 1024, 'latin1')
  return content
}

/** Where the record of an inode lies in an image. */
function recordOf(image: Buffer, inode: number): number {
  const volume = new Volume(memoryBytes(image), { start: 0, end: image.length })
  const record = volume.inodeRecord(inode)
  return record.byteOffset - image.byteOffset
}

/** The inode that a name leads to. */
function inodeOf(image: Buffer, name: string): number {
  const at = image.indexOf(
    Buffer.concat([Buffer.from([name.length]), Buffer.from('\x01'), Buffer.from(name)]),
  )
  return image.readUInt32LE(at - 6)
}

describe('ext', () => {
  it.each(['ext2.img', 'revision-0.img', 'ext4.img', 'groups.img', 'journal.img'])(
    'lists %s with its metadata and contents',
    (name) => {
      const found = collect(ext, fixture('ext', name))
      expect(found.problems).toEqual([])
      expect(found.entries).toHaveLength(168)
      expect(found.entries.filter(({ path }) => path.startsWith('etc/init.d/a-name'))).toHaveLength(150)
      expect(found.contents.get('etc/init.d/a-name-of-some-length-150')?.toString()).toBe('150\n')
      const [first, link] = ['bin/alias', 'bin/numbers'].map((path) => entryOf(found, path))
      const [file, hard] = first?.type === 'file' ? [first, link] : [link, first]
      expect(file).toMatchObject({ type: 'file', mode: 0o4755, uid: 0, gid: 0, mtime: 1_700_000_000 })
      expect(hard).toMatchObject({ type: 'hardlink', target: file?.path })
      expect(found.contents.get(file?.path ?? '')?.toString()).toBe(NUMBERS)
      expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
      expect(found.contents.get('etc/empty')).toHaveLength(0)
      expect(found.contents.get('large')?.equals(Buffer.from(LARGE))).toBe(true)
      // mke2fs leaves out a hole at the end where short contents stand in inodes.
      expect(found.contents.get('holes')).toEqual(holes(name === 'ext4.img' ? 41_984 : 100_000))
      expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
      expect(entryOf(found, 'bin/far')).toMatchObject({ type: 'symlink', target: TARGET })
      expect(entryOf(found, 'console')).toMatchObject({ device: { major: 5, minor: 1 } })
      expect(entryOf(found, 'disk')).toMatchObject({ type: 'block', device: { major: 8, minor: 1 } })
      expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
      expect(entryOf(found, 'etc/shadow')).toMatchObject({ mode: 0o600 })
      expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
      expect(entryOf(found, 'lost+found')).toMatchObject({ type: 'directory', mode: 0o700 })
    },
  )

  it.each(['ext2.img', 'ext4.img', 'groups.img', 'journal.img'])('gives the attributes in %s', (name) => {
    const found = collect(ext, fixture('ext', name))
    const large = Array.from({ length: 100 }, (_, index) => index + 1).join(',')
    expect(entryOf(found, 'etc/passwd')?.xattrs).toEqual({
      'user.note': Buffer.from('kept').toString('hex'),
      'user.large': Buffer.from(large).toString('hex'),
    })
  })

  it('reads a hole that mke2fs leaves in the inode as zeros, as Linux does', () => {
    const { contents, problems } = collect(ext, fixture('ext', 'holes.img'))
    expect(problems).toEqual([])
    expect(contents.get('hole')).toEqual(Buffer.alloc(5000))
    expect(contents.get('short')?.toString()).toBe('short')
  })

  it('gives what is kept of a file for fs-verity, and nothing where that can be none', () => {
    const image = fixture('ext', 'verity.img')
    const found = collect(ext, image)
    expect(found.problems).toEqual([])
    const { xattrs } = entryOf(found, 'usr/bin/tool') ?? {}
    const descriptor = Buffer.from(xattrs?.[VERITY.descriptor] ?? '', 'hex')
    expect([...descriptor.subarray(0, 4)]).toEqual([1, 2, 10, 4])
    expect(descriptor.length).toBe(256 + descriptor.readUInt32LE(4))
    const tree = Number.parseInt(xattrs?.[VERITY.tree] ?? '', 16)
    // The tree's first block holds digests of its second level, and the last block the length of the descriptor.
    expect(tree % 4096).toBe(0)
    expect(image.subarray(tree, tree + 64).every((byte) => byte === 0)).toBe(false)
    const last = image.lastIndexOf(Buffer.from(new Uint32Array([descriptor.length]).buffer))
    image.writeUInt32LE(20_000, last)
    expect(collect(ext, image).problems).toMatchObject([{ code: 'structure', path: 'usr/bin/tool' }])
  })

  it('shows where contents lie that are in one piece', () => {
    const found = collect(ext, fixture('ext', 'groups.img'))
    expect(found.slices.has('etc/passwd')).toBe(true)
    expect(found.slices.has('holes')).toBe(false)
  })

  it('lists a file of petabytes, and neither fills nor follows its holes', () => {
    for (const [name, path] of [
      ['ext2.img', 'holes'],
      ['groups.img', 'holes'],
    ] as const) {
      const image = fixture('ext', name)
      const record = recordOf(image, inodeOf(image, path))
      image.writeUInt32LE(2 ** 20, record + 0x6c)
      const found = collect(ext, image)
      expect(entryOf(found, path)).toMatchObject({ type: 'file' })
      expect(found.contents.has(path)).toBe(false)
      expect(found.problems).toMatchObject([{ code: 'unsupported', path }])
    }
  })

  it('ends where its blocks end', () => {
    const image = fixture('ext', 'small.img')
    expect(ext.recognise(memoryBytes(Buffer.concat([image, image])), 0)).toEqual({ start: 0, end: 98_304 })
  })
})

describe('a damaged ext', () => {
  it.each([
    ['a superblock', () => 1024 + 0x78, undefined],
    ['an inode', (image: Buffer) => recordOf(image, inodeOf(image, 'passwd')) + 0x8, 'passwd'],
    ['names', (image: Buffer) => image.indexOf('lost+found'), ''],
  ])('tells when the checksum of %s differs', (_, place, path) => {
    const image = fixture('ext', 'small.img')
    const at = place(image)
    image.writeUInt8(image.readUInt8(at) ^ 1, at)
    const found = collect(ext, image)
    expect(found.problems).toMatchObject([{ code: 'checksum', path }])
    expect(found.contents.get('passwd')?.toString()).toBe(PASSWD)
  })

  it('takes the root of a hash tree for what it is, and tells when its checksum differs', () => {
    const image = fixture('ext', 'indexed.img')
    const whole = collect(ext, image)
    expect(whole.problems).toEqual([])
    expect(whole.entries.filter(({ path }) => path.startsWith('d/a-name'))).toHaveLength(300)
    // The second entry of the tree, behind the two records and what the tree is.
    const at = ROOT_OF_TREE + 40
    image.writeUInt8(image.readUInt8(at) ^ 1, at)
    const found = collect(ext, image)
    expect(found.problems).toMatchObject([{ code: 'checksum', path: 'd' }])
    expect(found.entries).toHaveLength(whole.entries.length)
  })

  it('does not follow a directory into itself', () => {
    const image = fixture('ext', 'small2.img')
    image.writeUInt32LE(2, image.indexOf('bin') - 8)
    const found = collect(ext, image)
    expect(found.problems).toContainEqual(expect.objectContaining({ code: 'loop', path: 'bin' }))
    expect(found.contents.get('passwd')?.toString()).toBe(PASSWD)
  })

  it('finds directories whose names are lost', () => {
    const image = fixture('ext', 'small2.img')
    const bin = inodeOfDirectory(image, 'bin')
    // The root's map leads to nothing.
    image.fill(0, recordOf(image, 2) + 0x28, recordOf(image, 2) + 0x64)
    image.writeUInt32LE(1_000_000, recordOf(image, 2) + 0x28)
    const found = collect(ext, image)
    const numbers = entryOf(found, `inode-${bin}/numbers`)
    expect(numbers?.type === 'hardlink' ? numbers.target : numbers?.path).toMatch(/^inode-\d+\//)
    expect([...found.contents.values()].map(String)).toContain(NUMBERS)
  })

  it('says that its journal would have to be replayed', () => {
    const image = fixture('ext', 'ext2.img')
    image.writeUInt32LE(image.readUInt32LE(1024 + 0x60) | 4, 1024 + 0x60)
    expect(collect(ext, image).problems).toMatchObject([{ code: 'unsupported' }])
  })
})

it('knows which groups hold copies of the superblock', () => {
  const superblock = readSuperblock(memoryBytes(fixture('ext', 'ext2.img')), 0) as Superblock
  const groups = Array.from({ length: 50 }, (_, group) => group)
  expect(groups.filter((group) => hasSuperblock(superblock, group))).toEqual([0, 1, 3, 5, 7, 9, 25, 27, 49])
})

function inodeOfDirectory(image: Buffer, name: string): number {
  return image.readUInt32LE(image.indexOf(`\x02${name}`) - 7)
}

hostileSuite({ format: ext, fixture: fixture('ext', 'small.img') })
hostileSuite({ format: ext, fixture: fixture('ext', 'small2.img') })
hostileSuite({ format: ext, fixture: fixture('ext', 'verity.img') })
