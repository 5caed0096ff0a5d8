import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { lines } from '../../testing/lines.ts'
import { hostileImageSuite } from '../../testing/squeezed.ts'
import { f2fs } from './index.ts'
import { readSuperblock } from './superblock.ts'
import { Volume } from './volume.ts'

const BLOCK = 4096

function volumeOf(image: Buffer): Volume {
  return new Volume(memoryBytes(image), { start: 0, end: image.length })
}

/** Where the node of an inode lies in an image: the one that carries this name. */
function inodeNamed(image: Buffer, name: string): Buffer {
  const volume = volumeOf(image)
  for (const number of volume.inodes()) {
    const view = volume.node(number, number)
    const node = image.subarray(
      view.byteOffset - image.byteOffset,
      view.byteOffset - image.byteOffset + BLOCK,
    )
    if (node.toString('latin1', 92, 92 + node.readUInt32LE(88)) === name) return node
  }
  throw new Error(`no ${name}`)
}

describe('f2fs', () => {
  it.each([
    ['plain.img', 12],
    ['large-bitmap.img', 12],
    ['many.img', 313],
  ])('lists %s with its metadata and contents', (name, count) => {
    const image = fixture('f2fs', name)
    const found = collect(f2fs, image)
    expect(found.problems).toEqual([])
    expect(found.region).toEqual({ start: 0, end: image.length })
    expect(found.entries).toHaveLength(count)
    expect(entryOf(found, 'bin/alias')).toMatchObject({ type: 'file', mode: 0o4755, mtime: 1_700_000_000 })
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: 'bin/alias' })
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'bin/far')).toMatchObject({ target: 'far/'.repeat(40) })
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
  })

  it('follows direct and indirect nodes', () => {
    const { contents } = collect(f2fs, fixture('f2fs', 'many.img'))
    const deep = Buffer.alloc(3000 * BLOCK + 7)
    for (const at of [0, 923, 924, 1900, 923 + 1018, 923 + 2036, 923 + 2036 + 5])
      deep.write(`block ${at}\n`, at * BLOCK)
    expect(contents.get('deep')?.equals(deep)).toBe(true)
    expect(contents.get('etc/init.d/a-name-of-some-length-300')?.toString()).toBe('300\n')
  })

  it.each(['lz4.img', 'lzo.img'])('unpacks what is compressed in %s', (name) => {
    const found = collect(f2fs, fixture('f2fs', name))
    expect(found.problems).toEqual([])
    expect(found.contents.get('lines')?.toString()).toBe(lines(1, 6000))
    expect(found.contents.get('mixed')?.toString('latin1')).toBe(
      `${lines(1, 2000)}${'\0'.repeat(70_000)}${lines(1, 2000)}`,
    )
    expect(found.contents.get('noise')).toHaveLength(5120)
  })

  it('gives the attributes', () => {
    const found = collect(f2fs, fixture('f2fs', 'lz4.img'))
    const label = Buffer.from('u:object_r:system_file:s0').toString('hex')
    for (const path of ['', 'etc', 'etc/passwd', 'lines'])
      expect(entryOf(found, path)?.xattrs, path).toEqual({ 'security.selinux': label })
  })

  it('tells what is encrypted, and shows its names in letters', () => {
    const image = fixture('f2fs', 'plain.img')
    for (const name of ['etc', 'passwd', 'link']) inodeNamed(image, name).writeUInt8(0x04, 2)
    const { entries, problems } = collect(f2fs, image)
    const disguised = Buffer.from('passwd').toString('base64url')
    expect(entries.some(({ path }) => path === `etc/${disguised}`)).toBe(true)
    expect(problems).toEqual([
      { code: 'unsupported', message: 'its target is encrypted', path: 'bin/link' },
      { code: 'unsupported', message: 'the names in it are encrypted, and shown in base64url', path: 'etc' },
      { code: 'unsupported', message: 'its content is encrypted', path: `etc/${disguised}` },
    ])
  })

  it('uses the copy of a superblock that is damaged, and the checkpoint that holds', () => {
    const image = fixture('f2fs', 'plain.img')
    image.fill(0, 1024, 4096)
    const copied = collect(f2fs, image)
    expect(copied.problems).toMatchObject([{ code: 'structure' }])
    expect(copied.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    const { checkpointAt } = readSuperblock(memoryBytes(image), 0) ?? { checkpointAt: 0 }
    for (const at of [checkpointAt, checkpointAt + 512]) {
      const damaged = fixture('f2fs', 'plain.img')
      damaged.fill(0xff, at * BLOCK, at * BLOCK + 16)
      expect(collect(f2fs, damaged).contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    }
  })

  it('tells an inode whose checksum differs, and a node that is not there', () => {
    const image = fixture('f2fs', 'lz4.img')
    inodeNamed(image, 'lines').writeUInt32LE(7, 4)
    const lost = inodeNamed(image, 'noise')
    lost.fill(0)
    const found = collect(f2fs, image)
    expect(found.problems).toContainEqual(expect.objectContaining({ code: 'checksum', path: 'lines' }))
    expect(found.problems).toContainEqual(expect.objectContaining({ code: 'structure', path: 'noise' }))
    expect(found.contents.get('mixed')).toHaveLength(87_786)
  })

  it('does not follow a directory into itself, and neither a map', () => {
    const image = fixture('f2fs', 'many.img')
    const deep = inodeNamed(image, 'deep')
    deep.writeUInt32LE(deep.readUInt32LE(4052), 4056)
    expect(collect(f2fs, image).problems).toMatchObject([{ code: 'loop', path: 'deep' }])
    const loop = fixture('f2fs', 'plain.img')
    const [bin, etc] = [inodeNamed(loop, 'bin'), inodeNamed(loop, 'etc')]
    etc.writeUInt32LE(bin.readUInt32LE(360), 360)
    expect(collect(f2fs, loop).problems).toContainEqual(
      expect.objectContaining({ code: 'loop', path: 'etc' }),
    )
  })

  it('lists a file of petabytes without filling its holes', () => {
    const image = fixture('f2fs', 'plain.img')
    const node = inodeNamed(image, 'rcS')
    node.writeUInt8(0, 3)
    node.writeBigUInt64LE(2n ** 52n, 16)
    node.fill(0, 360, 4072)
    const found = collect(f2fs, image)
    expect(found.problems).toMatchObject([{ code: 'unsupported', path: 'etc/init.d/rcS' }])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })
})

hostileImageSuite(f2fs, fixture('f2fs', 'plain.img'), { front: 8192 })
