import { readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { dentryAt } from './dentry.ts'
import { wim } from './index.ts'
import { targetOf } from './reparse.ts'

const CODE = readFileSync(new URL('../../../../bytes/src/fixtures/plain.bin', import.meta.url)).subarray(
  0,
  12_000,
)
const LONG = Array.from({ length: 9000 }, (_, index) => `${index + 1}\n`).join('')
const PARTS = ['set.swm', 'set2.swm', 'set3.swm'].map((name) => fixture('wim', `../split/${name}`))
/** Where the header tells of its table of contents. */
const BLOBS = 48
const PLACE_AT = 8
const TABLE_ENTRY = 50

/** Paths of what `problems` are about, with their codes. */
function told({ problems }: Pick<ReturnType<typeof collect>, 'problems'>): string[] {
  return problems.map(({ code, path, message }) => `${code} ${path ?? '-'}: ${message}`)
}

/** The entry of the table of contents with this index. */
function tableEntry(image: Buffer, index: number): Buffer {
  const at = Number(image.readBigUInt64LE(BLOBS + PLACE_AT)) + index * TABLE_ENTRY
  return image.subarray(at, at + TABLE_ENTRY)
}

function entryThat(image: Buffer, fits: (entry: Buffer) => boolean): Buffer {
  let index = 0
  while (!fits(tableEntry(image, index))) index++
  return tableEntry(image, index)
}

function isMetadata(entry: Buffer): boolean {
  return ((entry[7] as number) & 2) !== 0
}

function isSolidResource(entry: Buffer): boolean {
  return ((entry[7] as number) & 16) !== 0 && entry.readBigUInt64LE(16) === 2n ** 32n
}

/** Metadata of the first image of an uncompressed file. */
function metadataOf(image: Buffer): Buffer {
  const entry = entryThat(image, isMetadata)
  const at = Number(entry.readBigUInt64LE(8))
  return image.subarray(at, at + entry.readUIntLE(0, 6))
}

describe('wim', () => {
  it.each([
    'stored.wim',
    'xpress.wim',
    'lzx.wim',
    'lzx-64k.wim',
    'lzms.wim',
    'solid-lzms.esd',
    'solid-lzx.esd',
    '../piped/pipable.wim',
  ])('lists %s with its contents', (name) => {
    const found = collect(wim, fixture('wim', name))
    expect(found.problems).toEqual([])
    expect(found.contents.get('1/etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('1/bin/code')?.equals(CODE)).toBe(true)
    expect(found.contents.get('1/bin/long')?.toString()).toBe(LONG)
    expect(found.contents.get('1/etc/same')?.toString()).toBe(LONG)
    expect(found.contents.get('1/etc/empty')).toHaveLength(0)
    expect(found.contents.get('1/etc/gr\xc3\xbcn.txt')?.toString()).toBe('ümlaut\n')
    expect(entryOf(found, '1/etc')).toMatchObject({ type: 'directory', mtime: 1_700_000_000 })
    expect(entryOf(found, '1/bin/alias')).toMatchObject({ type: 'file', mtime: 1_700_000_000 })
    expect(found.contents.get('1/bin/alias')?.toString()).toBe(NUMBERS)
    expect(entryOf(found, '1/bin/numbers')).toMatchObject({ type: 'hardlink', target: '1/bin/alias' })
    expect(entryOf(found, '1/etc/link')).toMatchObject({ type: 'symlink', target: '../bin/numbers' })
    expect(entryOf(found, '1/etc/absolute')).toMatchObject({ type: 'symlink', target: '/bin/numbers' })
    expect(found.contents.get('images.xml')?.toString('utf16le')).toContain('<NAME>first</NAME>')
  })

  it('ends where the file ends, whatever follows', () => {
    for (const { content, name } of fixturesOf('wim', 'positive'))
      expect(collect(wim, Buffer.concat([content, Buffer.alloc(999, 7)])).region.end, name).toBe(
        content.length,
      )
  })

  it('is not taken for a pipable one where its end is not there', () => {
    const image = fixture('wim', '../piped/pipable.wim')
    expect(wim.recognise(memoryBytes(image.subarray(0, -1)), 0)).toBeUndefined()
  })

  it('lists all images of a file', () => {
    const found = collect(wim, fixture('wim', 'stored.wim'))
    expect(found.contents.get('2/etc/new')?.toString()).toBe('only here\n')
    expect(found.contents.get('2/bin/long')?.toString()).toBe(LONG)
    expect(entryOf(found, '2/bin/code')).toBeUndefined()
  })

  it('tells streams, junctions and links of Windows, and other marks of its files', () => {
    const found = collect(wim, fixture('wim', 'ntfs.wim'))
    expect(found.problems).toEqual([])
    expect(found.contents.get('1/etc/passwd:note')?.toString()).toBe('kept')
    expect(found.contents.get('1/etc:note')?.toString()).toBe('of a folder')
    expect(entryOf(found, '1/junction')).toMatchObject({ type: 'symlink', target: '/bin' })
    expect(entryOf(found, '1/link')).toMatchObject({ type: 'symlink', target: 'bin/numbers' })
    expect(found.contents.get('1/other')).toHaveLength(0)
    expect(found.contents.get('1/other:reparse-8000001b')?.toString()).toBe('an alias of an application')
    const names = ['1/bin/alias', '1/bin/numbers'].map((path) => entryOf(found, path)?.type)
    expect(names.toSorted()).toEqual(['file', 'hardlink'])
  })

  it('tells owners, rights and devices of Unix where they are kept', () => {
    const found = collect(wim, fixture('wim', 'unix.wim'))
    expect(entryOf(found, '1/etc/passwd')).toMatchObject({ uid: 1000, gid: 100, mode: 0o644 })
    expect(entryOf(found, '1/bin/code')).toMatchObject({ type: 'file', mode: 0o4750 })
    expect(entryOf(found, '1/null')).toMatchObject({ type: 'character', device: { major: 1, minor: 3 } })
  })

  it('reads the parts of a split image that follow each other', () => {
    const [whole, one] = [collect(wim, Buffer.concat(PARTS)), collect(wim, fixture('wim', 'xpress.wim'))]
    expect(whole.problems).toEqual([])
    expect(whole.region.end).toBe(PARTS.reduce((sum, { length }) => sum + length, 0))
    const withoutXml = ({ contents }: typeof one) =>
      [...contents].filter(([path]) => path !== 'images.xml').sort(([a], [b]) => (a < b ? -1 : 1))
    expect(withoutXml(whole)).toEqual(withoutXml(one))
  })

  it('tells what of a split image is not there, and shows what is', () => {
    const [first, second, third] = PARTS as [Buffer, Buffer, Buffer]
    const some = collect(wim, first)
    expect(told(some)[0]).toBe('unsupported -: of 3 parts, 1 is here')
    expect(told(some).some((line) => line.endsWith('its content lies in a part that is not there'))).toBe(
      true,
    )
    expect(entryOf(some, '1/bin/code')).toMatchObject({ type: 'file' })
    const other = collect(wim, Buffer.concat([second, third]))
    expect(told(other)).toEqual(['unsupported -: of 3 parts, 2 to 3 are here'])
    expect(
      [...other.contents.keys()].every((path) => /^unreferenced\/[0-9a-f]{40}$|^images/.test(path)),
    ).toBe(true)
    expect([...other.contents.values()].some((content) => content.toString() === LONG)).toBe(true)
    expect(collect(wim, Buffer.concat([first, third])).region.end).toBe(first.length)
  })

  it.each(['stored.wim', 'lzx.wim', 'solid-lzms.esd'])('tells sums of %s that differ', (name) => {
    const image = fixture('wim', name)
    const sha1 = entryThat(image, (one) => !isMetadata(one) && !isSolidResource(one)).subarray(30)
    const before = Buffer.from(sha1)
    sha1[0] = (sha1[0] as number) ^ 1
    const found = collect(wim, image)
    expect(told(found).some((line) => line.startsWith('checksum -: the SHA-1 of the bytes from 0xd0'))).toBe(
      true,
    )
    expect(told(found).some((line) => line.endsWith('its content is not in this file'))).toBe(true)
    expect(told(found).some((line) => /(SHA-1 differs|checksum unref)/.test(line))).toBe(true)
    before.copy(sha1)
    expect(collect(wim, image).problems).toEqual([])
  })

  it('refuses contents that share bytes with others', () => {
    const image = fixture('wim', 'stored.wim')
    const [first, second] = [tableEntry(image, 0), tableEntry(image, 1)]
    first.copy(second, 8, 8, 16)
    expect(told(collect(wim, image)).some((line) => /shares bytes with another one/.test(line))).toBe(true)
  })

  it('stands directories that lie within themselves, or within each other', () => {
    const image = fixture('wim', 'stored.wim')
    const metadata = metadataOf(image)
    const rootAt = Math.max(8, metadata.readUInt32LE(0))
    const names = Number(metadata.readBigUInt64LE(rootAt + 16))
    const first = dentryAt(metadata, names)
    metadata.writeBigUInt64LE(BigInt(names), names + 16)
    const loop = collect(wim, image)
    expect(first?.name).toBe('bin')
    expect(loop.problems).toContainEqual({
      ...{ code: 'loop', message: 'names that belong to another directory too', path: '1/bin' },
    })
    expect(loop.contents.get('1/etc/passwd')?.toString()).toBe(PASSWD)
    metadata.writeBigUInt64LE(BigInt(rootAt), names + 16)
    expect(collect(wim, image).entries.length).toBeLessThan(100)
  })

  it('stands tables that promise more than there is', () => {
    for (const name of ['lzx.wim', 'solid-lzms.esd', '../piped/pipable.wim']) {
      const image = fixture('wim', name)
      const { length } = collect(wim, image).entries
      for (let index = 0; index < 6; index++) {
        const damaged = Buffer.from(image)
        const entry = tableEntry(damaged, index)
        for (const size of [2n ** 40n, 2n ** 62n, 0n]) {
          entry.writeBigUInt64LE(size, 16)
          expect(collect(wim, damaged).entries.length).toBeLessThanOrEqual(length + 8)
        }
      }
    }
  })

  it('names chunks that nobody makes, and methods that nobody knows', () => {
    const image = fixture('wim', 'lzx.wim')
    image.writeUInt32LE(2 ** 30, 20)
    expect(told(collect(wim, image)).join('\n')).toMatch(/lzx in chunks of 1073741824 bytes/)
    const esd = fixture('wim', 'solid-lzx.esd')
    const solidAt = Number(entryThat(esd, isSolidResource).readBigUInt64LE(8))
    esd.writeUInt32LE(9, solidAt + 12)
    expect(told(collect(wim, esd)).join('\n')).toMatch(/packed with the method 9/)
  })

  it('refuses headers that are none', () => {
    for (const { name, content } of fixturesOf('wim', 'negative'))
      expect(() => collect(wim, content), name).toThrow(/not recognised/)
  })
})

describe('targets of links', () => {
  const names = (substitute: string, shown: string, flags = 0) => {
    const [a, b] = [Buffer.from(substitute, 'utf16le'), Buffer.from(shown, 'utf16le')]
    const head = Buffer.alloc(8 + flags)
    for (const [index, value] of [0, a.length, a.length, b.length].entries())
      head.writeUInt16LE(value, index * 2)
    return Buffer.concat([head, a, b])
  }

  it.each([
    [0xa000_0003, names('\\??\\D:\\data', ''), '/data'],
    [0xa000_000c, names('x', '..\\a\\ü', 4), '../a/\xc3\xbc'],
    [0xa000_001d, Buffer.from('\x02\0\0\0etc/x'), 'etc/x'],
    [0xa000_0003, Buffer.alloc(3), undefined],
    [0xa000_000c, names('far', '').subarray(0, 12), undefined],
  ])('of the kind %i are told', (tag, data, target) => {
    expect(targetOf(tag, data)).toBe(target)
  })
})

for (const name of ['stored.wim', 'xpress.wim', 'lzx.wim', 'lzms.wim', 'solid-lzms.esd', 'ntfs.wim'])
  hostileSuite({
    format: wim,
    fixture: fixture('wim', name),
    needsItsEnd: 'the lists of images and of contents lie behind all contents',
    storedNeedsItsEnd: true,
  })

hostileSuite({
  format: wim,
  fixture: Buffer.concat(PARTS),
  needsItsEnd: 'the lists of images and of contents lie behind all contents',
  storedNeedsItsEnd: true,
})
