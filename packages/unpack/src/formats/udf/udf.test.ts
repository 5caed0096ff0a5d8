import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileImageSuite } from '../../testing/squeezed.ts'
import { udf } from './index.ts'
import { type Layout, readLayout } from './layout.ts'

function holes(): Buffer {
  const content = Buffer.alloc(300_000)
  for (let block = 0; block <= 60; block += 3) content.write(`block ${block}`, block * 4096)
  return content
}

function layoutOf(image: Buffer): Layout {
  return readLayout(memoryBytes(image), 0) as Layout
}

/** Makes the tag right again, without a sum of what it tells about. */
function seal(image: Buffer, at: number): void {
  image.writeUInt32LE(0, at + 8)
  let sum = 0
  for (let index = 0; index < 16; index++) if (index !== 4) sum += image[at + index] as number
  image[at + 4] = sum & 0xff
}

/** Blocks of the disc whose tag has that kind. */
function blocksOf(image: Buffer, size: number, tag: number): readonly number[] {
  return Array.from({ length: Math.floor(image.length / size) }, (_, block) => block * size).filter(
    (at) =>
      image.readUInt16LE(at) === tag && image.readUInt16LE(at + 2) <= 3 && image.readUInt16LE(at + 2) > 1,
  )
}

/** The same volume with its set of files and its root in a partition of metadata, which is all of the plain one. */
function withMetadata(): Buffer {
  const image = fixture('udf', 'hd-512.img')
  const size = 512
  const { partitions } = layoutOf(image)
  const { block, length } = partitions.get(0) as { block: number; length: number }
  const blocks = length / size
  const file = blocks - 20
  for (const at of blocksOf(image, size, 6)) {
    image.writeUInt16LE(1, at + 256)
    image.writeUInt32LE(6 + 64, at + 264)
    image.writeUInt32LE(2, at + 268)
    const map = at + 446
    image.fill(0, map, map + 64)
    image.write('\x02\x40\0\0\0*UDF Metadata Partition', map, 'latin1')
    image.writeUInt32LE(blocks, map + 40)
    image.writeUInt32LE(file, map + 44)
    seal(image, at)
  }
  const [set] = blocksOf(image, size, 256) as [number]
  image.writeUInt16LE(1, set + 408)
  seal(image, set)
  const entry = (block + file) * size
  image.fill(0, entry, entry + size)
  image.writeUInt16LE(261, entry)
  image.writeUInt16LE(3, entry + 2)
  image.writeUInt8(251, entry + 27)
  image.writeUInt32LE(length, entry + 56)
  image.writeUInt32LE(16, entry + 172)
  image.writeUInt32LE(10 * size, entry + 176)
  image.writeUInt32LE(0, entry + 180)
  image.writeUInt32LE(length - 10 * size, entry + 184)
  image.writeUInt32LE(10, entry + 188)
  seal(image, entry)
  return image
}

/** The same volume after its first packets had to be put elsewhere. */
function withMovedPackets(): Buffer {
  const image = fixture('udf', 'sparable.img')
  const size = 2048
  const { partitions, maps } = layoutOf(image)
  const [map] = maps
  if (map?.kind !== 'spared') throw new Error('no sparable partition')
  const { block, length } = partitions.get(0) as { block: number; length: number }
  const bytes = map.packet * size
  const spare = block * size + Math.floor(length / bytes) * bytes - 2 * bytes
  image.copy(image, spare, block * size, block * size + 2 * bytes)
  for (const at of map.tables.map((table) => table * size)) {
    image.writeUInt16LE(2, at + 48)
    for (let packet = 0; packet < 2; packet++) {
      image.writeUInt32LE(packet * map.packet, at + 56 + packet * 8)
      image.writeUInt32LE((spare + packet * bytes) / size, at + 60 + packet * 8)
    }
  }
  image.fill(0, block * size, block * size + 2 * bytes)
  return image
}

describe('udf', () => {
  it.each(['hd-512.img', 'hd-2048.img', 'hd-4096.img', 'sparable.img'])(
    'lists %s with its metadata and contents',
    (name) => {
      const found = collect(udf, fixture('udf', name))
      expect(found.problems).toEqual([])
      expect(found.entries).toHaveLength(55)
      expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
      expect(entryOf(found, 'bin/alias')).toMatchObject({ type: 'file', mode: 0o4755, mtime: 1_700_000_000 })
      expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: 'bin/alias' })
      expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
      expect(found.contents.get('etc/empty')).toHaveLength(0)
      expect(found.contents.get('etc/init.d/a-name-of-some-length-40')?.toString()).toBe('40\n')
      expect(found.contents.has('etc/init.d/a-name-of-some-length-7')).toBe(false)
      expect(found.contents.get('holes')?.equals(holes())).toBe(true)
      expect(found.contents.get(Buffer.from('Müll€').toString('latin1'))?.toString()).toBe('two kinds')
      expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
      expect(entryOf(found, 'console')).toMatchObject({ type: 'character', device: { major: 5, minor: 1 } })
      expect(entryOf(found, 'disk')).toMatchObject({ type: 'block', device: { major: 8, minor: 1 } })
      expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
      expect(entryOf(found, 'etc/shadow')).toMatchObject({ mode: 0o600 })
      expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
    },
  )

  it('reads what a disc for two kinds of systems has in both, once', () => {
    const found = collect(udf, fixture('udf', 'bridge.iso'))
    expect(found.problems).toEqual([])
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('follows the table of blocks that a disc has which is written once', () => {
    const image = fixture('udf', 'vat.img')
    expect(layoutOf(image).maps.map(({ kind }) => kind)).toContain('virtual')
    expect(collect(udf, image)).toMatchObject({ problems: [], entries: [{ path: '', type: 'directory' }] })
  })

  it.each([
    ['packets that were put elsewhere', 'sparable.img', withMovedPackets],
    ['a partition of metadata, from the copy of its file', 'hd-512.img', withMetadata],
  ])('reads %s', (_, name, made) => {
    const whole = collect(udf, fixture('udf', name))
    const found = collect(udf, made())
    expect(found.problems).toEqual([])
    expect(found.entries).toEqual(whole.entries)
    expect(found.contents).toEqual(whole.contents)
  })

  it('tells what a cut took away', () => {
    const { length } = fixture('udf', 'hd-512.img')
    const { problems } = collect(udf, fixture('udf', 'hd-512.img').subarray(0, length - 200 * 512))
    expect(problems).toMatchObject([{ code: 'truncated' }])
  })
})

hostileImageSuite(udf, fixture('udf', 'hd-512.img'), { front: 256 * 1024 })
