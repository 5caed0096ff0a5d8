import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { apkV3 } from './index.ts'
import { parseApkV3 } from './parse.ts'

function json(content: Buffer | undefined): unknown {
  return JSON.parse(content?.toString() ?? '')
}

describe('apk-v3', () => {
  it('lists a package with its metadata and contents', () => {
    const found = collect(apkV3, fixture('apk-v3', 'signed.apk'))
    expect(found.problems).toEqual([])
    expect(found.entries.map(({ path }) => path)).toEqual([
      'package.json',
      'scripts/post-install',
      'signature-0',
      'bin',
      'bin/alias',
      'bin/link',
      'bin/numbers',
      'etc',
      'etc/empty',
      'etc/passwd',
      'etc/shadow',
      'etc/init.d',
      'etc/init.d/rcS',
    ])
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(found.contents.get('scripts/post-install')?.toString()).toBe('#!/bin/sh\nexit 0\n')
    expect(entryOf(found, 'bin/alias')).toMatchObject({ mode: 0o4755, uid: 0, gid: 0, mtime: 1_700_000_000 })
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: 'bin/alias' })
    expect(entryOf(found, 'etc/passwd')?.xattrs).toEqual({ 'user.note': '68656c6c6f' })
    expect(json(found.contents.get('package.json'))).toMatchObject({
      info: {
        name: 'sample',
        version: '1.0-r0',
        description: 'a sample',
        depends: [{ name: 'busybox' }, { name: 'musl', version: '1.2' }],
      },
      triggers: ['/etc/*'],
    })
  })

  it('lists the packages of an index', () => {
    const found = collect(apkV3, fixture('apk-v3', 'index.adb'))
    expect(found.problems).toEqual([])
    expect(json(found.contents.get('index.json'))).toMatchObject({
      description: 'two samples',
      packages: [
        { name: 'plain', version: '2.0-r1' },
        { name: 'sample', version: '1.0-r0' },
      ],
    })
  })

  it('tells a hash that differs, and shows the content all the same', () => {
    const image = fixture('apk-v3', 'plain.apk')
    image.write('R', image.indexOf('root:x:'))
    const { contents, problems } = collect(apkV3, image)
    expect(problems).toMatchObject([{ code: 'checksum', path: 'passwd' }])
    expect(contents.get('passwd')?.toString()).toBe(PASSWD.replace('r', 'R'))
  })

  it('stops at data of another file', () => {
    const image = fixture('apk-v3', 'plain.apk')
    const data = image.indexOf('root:x:')
    image.writeUInt32LE(9, data - 4)
    const { contents, problems } = collect(apkV3, image)
    expect([...contents.keys()]).toEqual(['package.json', 'empty'])
    expect(problems).toMatchObject([{ code: 'structure' }])
  })

  it('still gives what lies before a cut', () => {
    const image = fixture('apk-v3', 'signed.apk')
    const { contents, problems } = collect(apkV3, image.subarray(0, image.indexOf('root:x:') + 9))
    expect(contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(contents.get('etc/passwd')?.toString()).toBe('root:x:0:')
    expect(problems).toMatchObject([{ code: 'truncated', path: 'etc/passwd' }, { code: 'truncated' }])
  })

  it('does not unfold what is shared too often', () => {
    const slots = 2000
    // The list of packages names one package again and again, which has a list of dependencies that does the same.
    const tree = Buffer.alloc(8 + 4 * (3 + slots + 16 + slots))
    const [root, packages, info] = [8, 20, 20 + 4 * slots]
    const depends = info + 64
    tree.writeUInt32LE(0xe0000000 + root, 4)
    for (const [at, count] of [
      [root, 3],
      [packages, slots],
      [info, 16],
      [depends, slots],
    ] as const)
      tree.writeUInt32LE(count, at)
    tree.writeUInt32LE(0xd0000000 + packages, root + 8)
    for (let i = 1; i < slots; i++) {
      tree.writeUInt32LE(0xe0000000 + info, packages + 4 * i)
      tree.writeUInt32LE(0xe0000000 + info, depends + 4 * i)
    }
    tree.writeUInt32LE(0xd0000000 + depends, info + 60)
    const size = Buffer.alloc(4)
    size.writeUInt32LE(tree.length + 4)
    const image = Buffer.concat([Buffer.from('ADB.indx'), size, tree, Buffer.alloc(8)])
    expect(parseApkV3(memoryBytes(image), 0)).toBeDefined()
    expect(collect(apkV3, image).problems).toMatchObject([{ code: 'structure', path: 'index.json' }])
  })
})

for (const { content } of fixturesOf('apk-v3', 'positive')) {
  const schema = content.toString('latin1', 4, 8)
  hostileSuite({
    format: apkV3,
    fixture: content,
    ...(schema === 'indx' ? { needsItsEnd: 'an index is one block' } : {}),
  })
}
