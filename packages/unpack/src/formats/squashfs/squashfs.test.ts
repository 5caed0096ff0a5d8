import { createHash } from 'node:crypto'
import zlib from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { detectCodec } from './detect.ts'
import { squashfs } from './index.ts'
import { readSuperblock } from './recognise.ts'
import type { Superblock } from './superblock.ts'

const numbers = Buffer.from(Array.from({ length: 400 }, (_, index) => `${index + 1}\n`).join(''))

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Named after their version: those of older versions, of the other byte order, and of vendors. */
const all = fixturesOf('squashfs', 'positive')
const older = all.filter(({ name }) => /^\d/.test(name))
const official = all.filter((one) => !older.includes(one))

describe.each(official)('the SquashFS $name', ({ content }) => {
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

describe.each(older)('the SquashFS $name', ({ name, content }) => {
  const version = Number(name[0])
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
      // The writers of version 2 do not know hard links.
      ...(version === 2 ? ['file bin/numbers'] : []),
      'file etc/empty',
      'file etc/init.d/rcS',
      'file etc/passwd',
      'file etc/shadow',
      ...(version === 2 ? [] : ['hardlink bin/numbers']),
      'symlink bin/link',
    ])
    expect(sha256(contents.get('bin/alias') as Buffer)).toBe(sha256(numbers))
    expect(contents.get('etc/passwd')?.toString()).toBe('root:x:0:0:root:/root:/bin/sh\n')
    expect(contents.get('etc/init.d/rcS')?.toString()).toBe('#!/bin/sh\nexec true\n')
    expect(contents.get('etc/empty')?.length).toBe(0)
  })

  it('keeps owners, modes, times, links and devices', () => {
    expect(entry('etc/init.d/rcS')).toMatchObject({ uid: 1000, gid: 1001, mode: 0o755, mtime: 1_700_000_000 })
    expect(entry('bin/alias')).toMatchObject({ mode: 0o4755, uid: 0, gid: 0 })
    expect(entry('etc/shadow')).toMatchObject({ mode: 0o600 })
    expect(entry('bin/link')).toMatchObject({ target: '../etc/passwd' })
    expect(entry('console')).toMatchObject({ device: { major: 5, minor: 1 } })
    expect(entry('disk')).toMatchObject({ device: { major: 8, minor: 1 } })
    // Versions 1 and 2 keep times for files and directories only.
    expect(entry('pipe')?.mtime).toBe(version < 3 ? undefined : 1_700_000_000)
  })
})

describe('the compression that nobody writes down', () => {
  it.each([
    ['gzip.sqfs', { kind: 'official', compressor: 'gzip' }],
    ['3.1-gzip.be.sqfs', { kind: 'mixed' }],
    ['3.1-slax-lzma.le.sqfs', { kind: 'mixed' }],
    ['2.1-7zip.be.sqfs', { kind: 'variant', variant: { header: 'size-and-properties' } }],
    ['3.0-broadcom.be.sqfs', { kind: 'mixed' }],
    ['3.0-zlib-and-lzma.be.sqfs', { kind: 'mixed' }],
    ['3.0-avm-lzma.le.sqfs', { kind: 'variant', variant: { header: 'unled' } }],
    ['4.0-avm.be.sqfs', { kind: 'official', compressor: 'gzip' }],
    ['3.0-ddwrt.le.sqfs', { kind: 'variant', variant: { header: 'counts' } }],
    [
      '3.0-raw-lzma.le.sqfs',
      { kind: 'variant', variant: { header: 'skipped', bytes: 0, properties: { lc: 0, lp: 0, pb: 2 } } },
    ],
  ])('is found for %s', (name, codec) => {
    const bytes = memoryBytes(fixture('squashfs', name))
    expect(detectCodec(bytes, 0, readSuperblock(bytes, 0) as Superblock)).toEqual(codec)
  })

  it('is what the version says where nothing reads', () => {
    const image = Buffer.from(fixture('squashfs', '3.1-gzip.le.sqfs'))
    image.fill(0x55, 119)
    const bytes = memoryBytes(image)
    expect(detectCodec(bytes, 0, readSuperblock(bytes, 0) as Superblock)).toEqual({ kind: 'mixed' })
    expect(collect(squashfs, bytes).problems).not.toEqual([])
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

describe.each(['1.0.le', '2.0-gzip.be', '3.1-gzip.le'])('a damaged SquashFS %s', (name) => {
  it('does not follow a directory into itself', () => {
    const image = Buffer.from(fixture('squashfs', `${name}.sqfs`))
    const bytes = memoryBytes(image)
    const superblock = readSuperblock(bytes, 0) as Superblock
    const looping = storedNames(image, superblock)
    const { problems } = collect(squashfs, memoryBytes(looping))
    expect(problems.map((one) => one.code)).toContain('loop')
  })
})

/** The image with names that all lead to the root, stored as they are: they take the place of the table of names. */
function storedNames(image: Buffer, superblock: Superblock): Buffer {
  const { version, endian, directoryTable } = superblock
  const header = version === 3 ? 9 : 4
  const size = endian === 'little' ? image.readUInt16LE(directoryTable) : image.readUInt16BE(directoryTable)
  const table = image.subarray(directoryTable + 2, directoryTable + 2 + (size & 0x7fff))
  const names = Buffer.from(size & 0x8000 ? table : zlib.inflateSync(table))
  const offset = Number(superblock.rootInode & 0xffffn)
  for (let at = 0; at < names.length; ) {
    const count = names.readUInt8(at) + 1
    at += header
    for (let i = 0; i < count; i++) {
      const word = endian === 'little' ? names.readUInt16LE(at) : names.readUInt16BE(at)
      const type = endian === 'little' ? word >> 13 : word & 7
      if (type === 1 && endian === 'little') names.writeUInt16LE(offset | (type << 13), at)
      if (type === 1 && endian === 'big') names.writeUInt16BE((offset << 3) | type, at)
      at += (version === 3 ? 5 : 3) + names.readUInt8(at + 2) + 1
    }
  }
  const stored = Buffer.alloc(2 + names.length)
  if (endian === 'little') stored.writeUInt16LE(0x8000 | names.length)
  else stored.writeUInt16BE(0x8000 | names.length)
  names.copy(stored, 2)
  const result = Buffer.alloc(Math.max(image.length, directoryTable + stored.length))
  image.copy(result)
  stored.copy(result, directoryTable)
  return result
}

hostileSuite({
  format: squashfs,
  fixture: fixture('squashfs', '2.1-7zip.be.sqfs'),
  needsItsEnd: 'SquashFS keeps its inodes and names behind the contents',
})

hostileSuite({
  format: squashfs,
  fixture: fixture('squashfs', '3.1-gzip.le.sqfs'),
  needsItsEnd: 'SquashFS keeps its inodes and names behind the contents',
})

hostileSuite({
  format: squashfs,
  fixture: fixture('squashfs', 'gzip.sqfs'),
  needsItsEnd: 'SquashFS keeps its inodes and names behind the contents',
})
