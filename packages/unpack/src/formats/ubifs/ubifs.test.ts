import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD, sha256 } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { ubifs } from './index.ts'
import { NODE, readNode, readSuperblock } from './nodes.ts'

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
  'file more',
  'hardlink bin/numbers',
  'symlink bin/link',
]
const MORE = 'c0e2d8fc1f66375cd4d7444a9f90efd35947c9b4b3fdb344798138a0609f8cbc'

/** Where the valid nodes of one type lie. */
function nodesOf(image: Buffer, type: number): readonly number[] {
  const found: number[] = []
  for (let at = 0; at < image.length; at += 8)
    if (readNode(memoryBytes(image), at)?.type === type) found.push(at)
  return found
}

describe('ubifs', () => {
  it.each(['lzo.ubifs', 'zlib.ubifs', 'zstd.ubifs', 'stored.ubifs', 'signed.ubifs'])(
    'lists %s with its metadata and contents',
    (name) => {
      const found = collect(ubifs, fixture('ubifs', name))
      expect(found.problems).toEqual([])
      const listed = found.entries
        .map((one) => `${one.type} ${one.path}`)
        .filter((line) => line !== 'file holes')
      expect(listed.toSorted()).toEqual(TREE)
      expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
      expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
      expect(found.contents.get('etc/empty')).toHaveLength(0)
      expect(sha256(found.contents.get('more'))).toBe(MORE)
      expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
      expect(entryOf(found, 'bin/alias')).toMatchObject({ mode: 0o4755, mtime: 1_700_000_000 })
      expect(entryOf(found, 'bin/numbers')).toMatchObject({ target: 'bin/alias' })
      expect(entryOf(found, 'bin/link')).toMatchObject({ target: '../etc/passwd' })
      expect(entryOf(found, 'console')).toMatchObject({ device: { major: 5, minor: 1 } })
      expect(entryOf(found, 'disk')).toMatchObject({ device: { major: 8, minor: 1 } })
    },
  )

  it('leaves holes empty', () => {
    const holes = collect(ubifs, fixture('ubifs', 'stored.ubifs')).contents.get('holes')
    expect(holes?.toString('latin1')).toBe(`first${'\0'.repeat(8995)}last`)
  })

  it('tells names apart that have one hash', () => {
    const { contents, problems } = collect(ubifs, fixture('ubifs', 'hashes.ubifs'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => `${path} ${content}`)).toEqual([
      'name1 1\n',
      'name2 2\n',
      'name3 3\n',
    ])
  })

  it('replays the journal', () => {
    const found = collect(ubifs, fixture('ubifs', 'journal.ubifs'))
    expect(found.problems).toEqual([])
    expect(found.contents.get('added')?.toString()).toBe('content')
    expect(found.contents.get('etc/passwd')?.toString()).toBe('newer\n')
    expect(found.contents.get('more')?.toString('latin1')).toBe(`0123456789${'\0'.repeat(4990)}`)
    expect(found.contents.get('moved')?.toString()).toBe('#!/bin/sh\nexec true\n')
    expect(found.contents.has('etc/shadow')).toBe(false)
    expect(entryOf(found, 'whole')).toMatchObject({ type: 'file' })
    expect(entryOf(found, 'torn')).toBeUndefined()
    expect(found.contents.has('etc/init.d/rcS')).toBe(false)
    expect(entryOf(found, 'etc/passwd')?.xattrs).toEqual({ 'user.note': Buffer.from('kept').toString('hex') })
    expect(entryOf(found, 'added')?.xattrs).toBeUndefined()
  })

  it('says what is encrypted', () => {
    const found = collect(ubifs, fixture('ubifs', 'encrypted.ubifs'))
    expect(found.problems.map(({ code }) => code)).toEqual(['unsupported', 'unsupported', 'unsupported'])
    for (const { path } of found.problems) expect(path).toMatch(/^encrypted-[0-9a-f]{32}$/)
  })

  it('searches all blocks where the index is damaged, and says so', () => {
    const image = fixture('ubifs', 'lzo.ubifs')
    image[(nodesOf(image, NODE.index)[0] as number) + 40] = 0x55
    const found = collect(ubifs, image)
    expect(found.problems.map(({ code, path }) => [code, path])).toEqual([
      ['structure', undefined],
      ['structure', undefined],
    ])
    expect(found.entries.map((one) => `${one.type} ${one.path}`).toSorted()).toEqual(TREE)
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(sha256(found.contents.get('more'))).toBe(MORE)
  })

  it('does without its master nodes', () => {
    const image = fixture('ubifs', 'lzo.ubifs')
    for (const at of nodesOf(image, NODE.master)) image[at + 30] = 0x55
    const found = collect(ubifs, image)
    expect(found.problems[0]).toMatchObject({ code: 'structure', message: 'there is no valid master node' })
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })

  it('tells a block whose CRC differs, and shows the rest of the file', () => {
    const image = fixture('ubifs', 'stored.ubifs')
    image[image.indexOf('first')] = 0x46
    const found = collect(ubifs, image)
    expect(found.problems).toMatchObject([{ code: 'checksum', path: 'holes' }])
    expect(found.contents.get('holes')?.toString('latin1')).toBe(`${'\0'.repeat(9000)}last`)
  })

  it('reads the superblock', () => {
    const bytes = memoryBytes(fixture('ubifs', 'lzo.ubifs'))
    expect(readSuperblock(bytes, 0)).toMatchObject({ blockSize: 15_360, blocks: 11, logBlocks: 2 })
  })
})

hostileSuite({ format: ubifs, fixture: fixture('ubifs', 'zlib.ubifs') })
