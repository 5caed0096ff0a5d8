import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { LINES } from '../../testing/streams.ts'
import { btrfsSend } from './index.ts'

describe('btrfs-send', () => {
  it('builds what a full stream tells', () => {
    const found = collect(btrfsSend, fixture('btrfs-send', 'full.send'))
    expect(found.problems).toEqual([])
    expect(found.entries.map(({ path }) => path).sort()).toEqual([
      'bin',
      'bin/alias',
      'bin/link',
      'bin/numbers',
      'clone',
      'console',
      'etc',
      'etc/empty',
      'etc/passwd',
      'hole',
      'lines',
      'pipe',
    ])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('lines')?.toString()).toBe(LINES)
    expect(found.contents.get('clone')?.toString()).toBe(LINES)
    expect(found.contents.get('hole')?.equals(Buffer.alloc(100_003))).toBe(true)
    const numbers = found.contents.get('bin/numbers') ?? found.contents.get('bin/alias')
    expect(numbers?.toString()).toBe(NUMBERS)
    expect(found.entries.filter(({ type }) => type === 'hardlink')).toHaveLength(1)
    expect(entryOf(found, 'etc')).toMatchObject({
      type: 'directory',
      uid: 1000,
      gid: 1001,
      mtime: 1_700_000_000,
    })
    expect(entryOf(found, 'etc/passwd')).toMatchObject({ mode: 0o644, xattrs: { 'user.note': '74657874' } })
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'console')).toMatchObject({ type: 'character', device: { major: 5, minor: 1 } })
    expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
  })

  it('shows what a change to a snapshot tells, and says that it is one', () => {
    const { contents, problems } = collect(btrfsSend, fixture('btrfs-send', 'change.send'))
    expect(problems).toMatchObject([{ code: 'unsupported', message: expect.stringMatching(/not there/) }])
    expect(contents.get('etc/passwd')?.toString()).toMatch(/more\n$/)
    expect(contents.has('etc/moved')).toBe(true)
    expect(contents.has('bin/link')).toBe(false)
  })

  it('leaves out a command whose CRC differs, and tells a stream without its end', () => {
    const stream = fixture('btrfs-send', 'full.send')
    stream[stream.indexOf('root:x')] = 0x52
    const { contents, problems } = collect(btrfsSend, stream.subarray(0, -3))
    expect(problems).toMatchObject([{ code: 'checksum' }, { code: 'truncated' }])
    expect(contents.get('etc/passwd')).toHaveLength(0)
  })
})

for (const name of ['full.send', 'change.send'])
  hostileSuite({
    format: btrfsSend,
    fixture: fixture('btrfs-send', name),
    needsItsEnd: 'names, sizes and rights come behind the data of a file',
  })
