import { createHash } from 'node:crypto'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { squashfs } from './index.ts'

const numbers = Buffer.from(Array.from({ length: 400 }, (_, index) => `${index + 1}\n`).join(''))

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

describe.each(fixturesOf('squashfs', 'positive'))('the SquashFS $name', ({ content }) => {
  const { entries, contents, problems } = collect(squashfs, memoryBytes(content))
  const entry = (path: string) => entries.find((one) => one.path === path)

  it('holds the tree that went in', () => {
    expect(problems).toEqual([])
    expect(entries.map((one) => `${one.type} ${one.path}`).toSorted()).toEqual([
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
    ])
    expect(sha256(contents.get('bin/alias') as Buffer)).toBe(sha256(numbers))
    expect(contents.get('etc/passwd')?.toString()).toBe('root:x:0:0:root:/root:/bin/sh\n')
    expect(contents.get('etc/empty')?.length).toBe(0)
  })

  it('keeps owners, modes, times, links, devices and attributes', () => {
    expect(entry('etc/init.d/rcS')).toMatchObject({ uid: 1000, gid: 1001, mode: 0o755, mtime: 1_700_000_000 })
    expect(entry('bin/alias')).toMatchObject({ mode: 0o4755, uid: 0 })
    expect(entry('etc/shadow')).toMatchObject({ mode: 0o600 })
    expect(entry('bin/link')).toMatchObject({ target: '../etc/passwd' })
    expect(entry('bin/numbers')).toMatchObject({ target: 'bin/alias' })
    expect(entry('console')).toMatchObject({ device: { major: 5, minor: 1 } })
    expect(entry('disk')).toMatchObject({ device: { major: 8, minor: 1 } })
    expect(entry('etc/passwd')?.xattrs).toEqual({ 'user.note': Buffer.from('kept').toString('hex') })
  })
})

describe('a damaged SquashFS', () => {
  it('does not follow a directory into itself', () => {
    const image = Buffer.from(fixture('squashfs', 'stored.sqfs'))
    const table = Number(image.readBigUInt64LE(72))
    const end = table + 2 + (image.readUInt16LE(table) & 0x7fff)
    const root = Number(image.readBigUInt64LE(32) & 0xffffn)
    // Every directory that has a name is now the root.
    for (let at = table + 2; at < end; ) {
      const count = image.readUInt32LE(at) + 1
      at += 12
      for (let i = 0; i < count; i++) {
        if (image.readUInt16LE(at + 4) === 1) image.writeUInt16LE(root, at)
        at += 8 + image.readUInt16LE(at + 6) + 1
      }
    }
    const { problems } = collect(squashfs, memoryBytes(image))
    expect(problems.map((one) => one.code)).toContain('loop')
  })
})

hostileSuite({
  format: squashfs,
  fixture: fixture('squashfs', 'gzip.sqfs'),
  needsItsEnd: 'SquashFS keeps its inodes and names behind the contents',
})
