import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { lines } from '../../testing/lines.ts'
import { hostileImageSuite } from '../../testing/squeezed.ts'
import { crc32c } from '../crc32c.ts'
import { btrfs } from './index.ts'
import { readSuperblock, SUPERBLOCK_AT, type Superblock } from './superblock.ts'

const MIXED = `${lines(1, 3000)}${'\0'.repeat(70_000)}${lines(1, 3000)}`
const NODE = 4096

function superblockOf(image: Buffer): Superblock {
  return readSuperblock(memoryBytes(image), 0) as Superblock
}

/** Nodes that hold this text; where one is changed, its checksum is made right again. */
function nodesWith(image: Buffer, text: string): readonly Buffer[] {
  const found: Buffer[] = []
  for (let at = image.indexOf(text); at >= 0; at = image.indexOf(text, at + 1)) {
    const node = image.subarray(at - (at % NODE), at - (at % NODE) + NODE)
    if (node.subarray(32, 48).equals(superblockOf(image).id)) found.push(node)
  }
  return found
}

function summed(node: Buffer): void {
  node.writeUInt32LE(~crc32c(node.subarray(32)) >>> 0)
}

describe('btrfs', () => {
  it.each([
    ['plain.img', 76],
    ['sha256.img', 15],
  ])('lists %s with its metadata and contents', (name, count) => {
    const image = fixture('btrfs', name)
    const found = collect(btrfs, image)
    expect(found.problems).toEqual([])
    expect(found.region).toEqual({ start: 0, end: image.length })
    expect(superblockOf(image).sound).toBe(true)
    expect(found.entries).toHaveLength(count)
    const [first, link] = ['bin/alias', 'bin/numbers'].map((path) => entryOf(found, path))
    const [file, hard] = first?.type === 'file' ? [first, link] : [link, first]
    expect(file).toMatchObject({ type: 'file', mode: 0o4755, uid: 0, gid: 0, mtime: 1_700_000_000 })
    expect(hard).toMatchObject({ type: 'hardlink', target: file?.path })
    expect(found.contents.get(file?.path ?? '')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'bin/far')).toMatchObject({ target: 'far/'.repeat(40) })
    expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
    expect(entryOf(found, 'etc/passwd')?.xattrs).toEqual({ 'user.note': Buffer.from('kept').toString('hex') })
  })

  it('shows where contents lie, and goes through levels of nodes', () => {
    const found = collect(btrfs, fixture('btrfs', 'plain.img'))
    expect(found.slices.has('lines')).toBe(true)
    expect(found.contents.get('lines')?.toString()).toBe(lines(1, 3000))
    expect(found.contents.get('etc/init.d/a-name-of-some-length-60')?.toString()).toBe('60\n')
  })

  it.each(['', 'snap/'])('unpacks what is packed below "%s", and fills holes', (top) => {
    const found = collect(btrfs, fixture('btrfs', 'packed.img'))
    expect(found.problems).toEqual([])
    for (const kind of ['zlib', 'lzo', 'zstd']) {
      expect(found.contents.get(`${top}${kind}/mixed`)?.toString('latin1')).toBe(MIXED)
      expect(found.contents.get(`${top}${kind}/short`)?.toString()).toBe(lines(1, 300))
      expect(found.contents.get(`${top}${kind}/tiny`)?.toString()).toBe('tiny\n')
    }
    const holes = Buffer.alloc(200_000)
    holes.write('last', 150_000)
    expect(found.contents.get(`${top}holes`)).toEqual(holes)
    expect(found.contents.get(`${top}kept`)).toEqual(Buffer.alloc(20_000))
    expect(entryOf(found, `${top}console`)).toMatchObject({ device: { major: 5, minor: 1 } })
    expect(entryOf(found, `${top}hard`)).toMatchObject({ type: 'hardlink', target: `${top}zstd/tiny` })
  })

  it('shows subvolumes where their names stand, and an empty directory where a snapshot has only the name', () => {
    const found = collect(btrfs, fixture('btrfs', 'packed.img'))
    expect(found.contents.get('sub/file')?.toString()).toBe('inside\n')
    expect(found.contents.get('sub/deeper/file')?.toString()).toBe('inside\n')
    expect(entryOf(found, 'snap/sub')).toMatchObject({ type: 'directory' })
    expect(found.entries.some(({ path }) => path.startsWith('snap/sub/'))).toBe(false)
  })

  it('compares the checksums of contents', () => {
    for (const [name, path] of [
      ['plain.img', 'lines'],
      ['packed.img', 'zlib/mixed'],
    ] as const) {
      const image = fixture('btrfs', name)
      // Text at a sector's start, or a zlib stream there.
      for (let at = 131_072; at < image.length; at += NODE) {
        const isText = image.toString('latin1', at, at + 6) === '1\n2\n3\n'
        if (isText || image.readUInt16BE(at) === 0x785e) image[at + 500] = (image[at + 500] as number) ^ 1
      }
      expect(collect(btrfs, image).problems).toContainEqual(expect.objectContaining({ path }))
    }
  })

  it('uses a node whose checksum differs, and tells it', () => {
    const image = fixture('btrfs', 'plain.img')
    for (const node of nodesWith(image, PASSWD)) node[0] = (node[0] as number) ^ 1
    const found = collect(btrfs, image)
    expect(new Set(found.problems.map(({ code }) => code))).toEqual(new Set(['checksum']))
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('keeps what lies in other nodes than a lost one', () => {
    const image = fixture('btrfs', 'plain.img')
    for (const node of nodesWith(image, PASSWD)) node.fill(0)
    const { problems, entries } = collect(btrfs, image)
    expect(problems).toContainEqual(expect.objectContaining({ code: 'structure' }))
    expect(entries.length).toBeGreaterThan(30)
  })

  it('does not follow a directory into itself', () => {
    const image = fixture('btrfs', 'sha256.img')
    const plain = fixture('btrfs', 'plain.img')
    for (const node of nodesWith(plain, 'init.d')) {
      for (let at = node.indexOf('init.d'); at >= 0; at = node.indexOf('init.d', at + 1)) {
        if (at >= 30 && node[at - 22] === 1 && node[at - 1] === 2) node.writeBigUInt64LE(256n, at - 30)
      }
      summed(node)
    }
    expect(collect(btrfs, plain).problems).toContainEqual(expect.objectContaining({ code: 'loop' }))
    expect(collect(btrfs, image).problems).toEqual([])
  })

  it('says what it does not do: other devices and the log', () => {
    const image = fixture('btrfs', 'sha256.img')
    image.writeBigUInt64LE(2n, SUPERBLOCK_AT + 136)
    image.writeBigUInt64LE(5_000_000n, SUPERBLOCK_AT + 96)
    expect(collect(btrfs, image).problems.map(({ code }) => code)).toEqual([
      'checksum',
      'unsupported',
      'unsupported',
    ])
  })
})

hostileImageSuite(btrfs, fixture('btrfs', 'sha256.img'), {
  front: SUPERBLOCK_AT + 4096,
  needsItsEnd: 'the tree of trees is written last',
})
