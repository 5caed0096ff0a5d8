import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { fat } from './index.ts'
import { volumeLabel } from './tree.ts'
import { type FatVolume, readVolume } from './volume.ts'

const IMAGES = ['fat12.img', 'fat16.img', 'fat32.img', 'sectors.img', 'three.img']
const SECOND = Array.from({ length: 900 }, (_, index) => `${index + 1}\n`).join('')
const GRUESSE = Buffer.from('Grüße.md').toString('latin1')

function volumeOf(image: Buffer): FatVolume {
  return readVolume(memoryBytes(image), 0) as FatVolume
}

/** The record of a directory that begins with this short name. */
function recordOf(image: Buffer, name: string): number {
  return image.indexOf(name.padEnd(11), 'latin1')
}

/** Makes `cluster` lead to `next` in one copy of the table of a FAT12. */
function link(image: Buffer, copy: number, cluster: number, next: number): void {
  const { tableAt, tableSize } = volumeOf(image)
  const at = tableAt + copy * tableSize + cluster + (cluster >> 1)
  const pair = image.readUInt16LE(at)
  image.writeUInt16LE(cluster % 2 === 0 ? (pair & 0xf000) | next : (pair & 0xf) | (next << 4), at)
}

describe('fat', () => {
  it.each(IMAGES)('lists %s with its metadata and contents', (name) => {
    const found = collect(fat, fixture('fat', name))
    expect(found.problems).toEqual([])
    expect(found.entries).toHaveLength(49)
    expect(found.entries.filter(({ path }) => path.startsWith('etc/init.d/a-name'))).toHaveLength(40)
    expect(found.contents.get('etc/init.d/a-name-of-some-length-40')?.toString()).toBe('40\n')
    expect(found.contents.get('numbers.txt')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('empty')).toHaveLength(0)
    expect(found.contents.get('second')?.toString()).toBe(SECOND)
    expect(found.contents.get('A name that is longer than eight and three.text')?.toString()).toBe('kept\n')
    expect(found.contents.get(GRUESSE)?.toString()).toBe('kept\n')
    expect(entryOf(found, 'etc/init.d')).toMatchObject({ type: 'directory' })
    expect(entryOf(found, 'numbers.txt')).toMatchObject({ type: 'file' })
  })

  it.each(IMAGES.filter((name) => name !== 'fat32.img'))('tells times, and no rights, in %s', (name) => {
    const found = collect(fat, fixture('fat', name))
    expect(found.entries.filter(({ mode }) => mode !== undefined)).toEqual([])
    expect(entryOf(found, 'numbers.txt')).toMatchObject({ mtime: 1_700_000_000 })
    expect(entryOf(found, 'first')).toMatchObject({ mtime: 1_700_000_000 })
  })

  it.each([
    ['fat12.img', 12],
    ['fat16.img', 16],
    ['fat32.img', 32],
  ] as const)('knows the type and the label of %s', (name, bits) => {
    const image = fixture('fat', name)
    const volume = volumeOf(image)
    expect(volume.bits).toBe(bits)
    const region = { start: 0, end: image.length }
    expect(volumeLabel(memoryBytes(image), region, volume)).toBe('FIXTURE')
  })

  it('shows where contents lie that are in one piece', () => {
    const { slices } = collect(fat, fixture('fat', 'fat12.img'))
    expect(slices.has('numbers.txt')).toBe(true)
    expect(slices.has('second')).toBe(false)
  })

  it('takes the short name where the long one is not its', () => {
    const image = fixture('fat', 'fat12.img')
    const at = recordOf(image, 'ETC')
    image.write('FUNNY', at, 'latin1')
    const long = image.indexOf('ANAMET~1', 0, 'latin1')
    image.write('OTHER~1 ', long, 'latin1')
    const found = collect(fat, image)
    expect(entryOf(found, 'OTHER~1.TEX')).toMatchObject({ type: 'file' })
  })
})

describe('a damaged fat', () => {
  const first = (image: Buffer, name: string) => image.readUInt16LE(recordOf(image, name) + 26)

  it('reads by the second copy of the table what the first one has lost, and says that they differ', () => {
    const image = fixture('fat', 'fat12.img')
    link(image, 0, first(image, 'SECOND'), 0)
    const found = collect(fat, image)
    expect(found.contents.get('second')?.toString()).toBe(SECOND)
    expect(found.problems).toMatchObject([{ code: 'structure' }])
  })

  it('gives what a broken chain has', () => {
    const image = fixture('fat', 'fat12.img')
    for (const copy of [0, 1]) link(image, copy, first(image, 'SECOND') + 1, 0)
    const found = collect(fat, image)
    expect(found.problems).toMatchObject([{ code: 'structure', path: 'second' }])
    expect(found.contents.get('second')?.toString()).toBe(SECOND.slice(0, 1024))
  })

  it('does not follow a chain that is a loop, nor a directory into itself', () => {
    const image = fixture('fat', 'fat12.img')
    const inner = image.readUInt16LE(image.indexOf('INIT    D  ') + 26)
    for (const copy of [0, 1]) link(image, copy, inner, inner)
    const found = collect(fat, image)
    expect(found.problems).toContainEqual(expect.objectContaining({ code: 'loop', path: 'etc/init.d' }))
    expect(new Set(found.entries.map(({ path }) => path)).size).toBe(found.entries.length)

    const file = fixture('fat', 'fat12.img')
    for (const copy of [0, 1]) link(file, copy, first(file, 'SECOND') + 1, first(file, 'SECOND'))
    expect(collect(fat, file).problems).toMatchObject([{ code: 'loop', path: 'second' }])

    const nested = fixture('fat', 'fat12.img')
    nested.writeUInt16LE(first(nested, 'ETC'), nested.indexOf('INIT    D  ') + 26)
    expect(collect(fat, nested).problems).toContainEqual(
      expect.objectContaining({ code: 'loop', path: 'etc/init.d' }),
    )
  })

  it('has no content that is larger than its clusters', () => {
    const image = fixture('fat', 'fat12.img')
    image.writeUInt32LE(0xffff_ffff, recordOf(image, 'SECOND') + 28)
    const found = collect(fat, image)
    expect(found.contents.get('second')?.length).toBe(3584)
    expect(found.problems).toMatchObject([{ code: 'structure', path: 'second' }])
  })
})

hostileSuite({ format: fat, fixture: fixture('fat', 'small.img') })
hostileSuite({ format: fat, fixture: fixture('fat', 'fat32.img') })
