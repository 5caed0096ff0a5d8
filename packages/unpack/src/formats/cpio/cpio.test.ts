import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { cpio } from './index.ts'
import { parseCpioHeader } from './parse.ts'

function newcEntry(name: string, mode: number, content: string, inode = 1, links = 1): Buffer {
  const fields = [inode, mode, 0, 0, links, 0, content.length, 0, 0, 0, 0, name.length + 1, 0]
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${name}\0`
  return Buffer.concat([padded(header), padded(content)])
}

function padded(text: string): Buffer {
  return Buffer.from(text.padEnd(Math.ceil(text.length / 4) * 4, '\0'), 'latin1')
}

const TRAILER = newcEntry('TRAILER!!!', 0, '')

describe('cpio', () => {
  it.each(['newc.cpio', 'crc.cpio', 'odc.cpio', 'binary.cpio'])(
    'lists %s with its metadata and contents',
    (name) => {
      const found = collect(cpio, fixture('cpio', name))
      expect(found.problems).toEqual([])
      expect(found.entries).toHaveLength(14)
      expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
      expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
      expect(found.contents.get('etc/empty')).toHaveLength(0)
      expect(entryOf(found, 'bin/numbers')).toMatchObject({
        type: 'file',
        mode: 0o4755,
        mtime: 1_700_000_000,
      })
      expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
      expect(entryOf(found, 'console')).toMatchObject({ type: 'character', device: { major: 5, minor: 1 } })
      expect(entryOf(found, 'disk')).toMatchObject({ type: 'block', device: { major: 8, minor: 1 } })
      expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
      const owner = name === 'newc.cpio' ? { uid: 0, gid: 0 } : { uid: 1000, gid: 1001 }
      expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, ...owner })
    },
  )

  it('reads the binary kind in the other byte order, and not without its end', () => {
    const archive = fixture('cpio', 'binary.cpio')
    const bytes = memoryBytes(archive)
    for (let at = 0; at < archive.length; ) {
      const header = parseCpioHeader(bytes, at)
      if (!header) break
      archive.subarray(at, at + 26).swap16()
      at = header.end
    }
    const found = collect(cpio, archive)
    expect(found.problems).toEqual([])
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    archive.fill(0, 600)
    expect(cpio.recognise(memoryBytes(archive), 0)).toBeUndefined()
  })

  it('makes names without content links to the one that has it, before or behind it', () => {
    const archive = Buffer.concat([
      newcEntry('first', 0o100644, '', 7, 3),
      newcEntry('owner', 0o100644, 'content', 7, 3),
      newcEntry('last', 0o100644, '', 7, 3),
      newcEntry('other', 0o100644, '', 8, 2),
      TRAILER,
    ])
    const found = collect(cpio, archive)
    expect(entryOf(found, 'first')).toMatchObject({ type: 'hardlink', target: 'owner' })
    expect(entryOf(found, 'last')).toMatchObject({ type: 'hardlink', target: 'owner' })
    expect([...found.contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['owner', 'content'],
      ['other', ''],
    ])
  })

  it('tells when the sum of a content differs, and shows it all the same', () => {
    const archive = fixture('cpio', 'crc.cpio')
    archive[archive.indexOf('root:x:')] = 0x52
    const found = collect(cpio, archive)
    expect(found.problems).toMatchObject([{ code: 'checksum', path: 'etc/passwd' }])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD.replace('root', 'Root'))
  })

  it('ends behind the zeros of its last record, and leaves the next archive to itself', () => {
    const archive = fixture('cpio', 'newc.cpio')
    const both = memoryBytes(Buffer.concat([archive, archive]))
    expect(cpio.recognise(both, 0)).toEqual({ start: 0, end: archive.length })
    expect(cpio.recognise(both, archive.length)).toEqual({ start: archive.length, end: 2 * archive.length })
    const tight = Buffer.concat([newcEntry('a', 0o100644, 'a'), TRAILER])
    expect(cpio.recognise(memoryBytes(Buffer.concat([tight, Buffer.from('next')])), 0)?.end).toBe(
      tight.length,
    )
  })

  it('stops at what is no header, and says where', () => {
    const found = collect(cpio, Buffer.concat([newcEntry('a', 0o100644, 'abc'), Buffer.alloc(8192, 0x41)]))
    expect(found.region.end).toBe(116)
    expect(found.problems).toMatchObject([{ code: 'structure' }])
    expect(found.contents.get('a')?.toString()).toBe('abc')
  })

  it('names a member that is cut off, and shows what is there of it', () => {
    const found = collect(cpio, newcEntry('big', 0o100644, 'x'.repeat(400)).subarray(0, 300))
    expect(found.contents.get('big')?.toString()).toBe('x'.repeat(300 - 116))
    expect(found.problems).toContainEqual(expect.objectContaining({ code: 'truncated', path: 'big' }))
  })

  it('refuses types that do not exist and targets that are too long', () => {
    const archive = [newcEntry('odd', 0o070644, 'x'), newcEntry('link', 0o120777, 'x'.repeat(5000)), TRAILER]
    const found = collect(cpio, Buffer.concat(archive))
    expect(found.entries).toEqual([])
    expect(found.problems.map(({ path }) => path)).toEqual(['odd', 'link'])
  })

  it('takes no header whose name is empty or too long', () => {
    for (const name of ['', 'x'.repeat(70_000)]) {
      expect(parseCpioHeader(memoryBytes(newcEntry(name, 0o100644, '')), 0)).toBeUndefined()
    }
  })

  it('ends a name at its first NUL, as Linux and cpio do, and hides nothing behind a long one', () => {
    const long = 'x'.repeat(5000)
    for (const [stored, name] of [
      ['a\0b', 'a'],
      [long, long],
    ] as const) {
      expect(parseCpioHeader(memoryBytes(newcEntry(stored, 0o100644, '')), 0)?.name).toBe(name)
    }
  })
})

hostileSuite({ format: cpio, fixture: fixture('cpio', 'newc.cpio') })
hostileSuite({ format: cpio, fixture: fixture('cpio', 'crc.cpio') })
hostileSuite({ format: cpio, fixture: fixture('cpio', 'odc.cpio') })
hostileSuite({ format: cpio, fixture: fixture('cpio', 'binary.cpio') })
