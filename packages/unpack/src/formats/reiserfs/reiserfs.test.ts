import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileImageSuite } from '../../testing/squeezed.ts'
import { reiserfs } from './index.ts'

function holes(): Buffer {
  const content = Buffer.alloc(400_000)
  for (let block = 0; block <= 75; block += 3) content.write(`block ${block}`, block * 4096)
  return content
}

describe('reiserfs', () => {
  it.each([
    ['usual.img', 89],
    ['small.img', 86],
  ])('lists %s with its metadata and contents', (name, entries) => {
    const image = fixture('reiserfs', name)
    const found = collect(reiserfs, image)
    expect(found.problems).toEqual([])
    expect(found.region).toEqual({ start: 0, end: image.length })
    expect(found.entries).toHaveLength(entries)
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(entryOf(found, 'bin/alias')).toMatchObject({ type: 'file', mode: 0o4755, mtime: 1_700_000_000 })
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: 'bin/alias' })
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    for (const n of [1, 6, 8, 70])
      expect(found.contents.get(`etc/init.d/a-name-of-some-length-${n}`)?.toString()).toBe(`${n}\n`)
    expect(entryOf(found, 'etc/init.d/a-name-of-some-length-7')).toBeUndefined()
    expect(found.contents.get('holes')?.equals(holes())).toBe(true)
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'bin/far')?.target).toBe('far/'.repeat(100))
    expect(entryOf(found, 'console')).toMatchObject({ type: 'character', device: { major: 5, minor: 1 } })
    expect(entryOf(found, 'disk')).toMatchObject({ type: 'block', device: { major: 8, minor: 1 } })
    expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
    expect(entryOf(found, 'etc/shadow')).toMatchObject({ mode: 0o600 })
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
  })

  it('shows extended attributes as the files that they are kept in', () => {
    const { contents } = collect(reiserfs, fixture('reiserfs', 'usual.img'))
    // A magic and a sum stand before the value.
    expect(contents.get('.reiserfs_priv/xattrs/8.0/user.note')?.toString('latin1', 8)).toBe('kept')
  })

  it('reads the stat items of version 3.5', () => {
    expect(collect(reiserfs, fixture('reiserfs', 'old.img'))).toMatchObject({
      problems: [],
      entries: [{ path: '', type: 'directory', mode: 0o755, uid: 0 }],
    })
  })

  it('tells what its journal would have to make good', () => {
    const image = fixture('reiserfs', 'small.img')
    image.writeUInt16LE(2, 0x10000 + 50)
    expect(collect(reiserfs, image).problems).toMatchObject([{ code: 'unsupported' }])
  })
})

hostileImageSuite(reiserfs, fixture('reiserfs', 'small.img'), { front: 1024 * 1024 })
