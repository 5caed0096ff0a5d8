import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileImageSuite } from '../../testing/squeezed.ts'
import { jfs } from './index.ts'

function holes(): Buffer {
  const content = Buffer.alloc(400_000)
  for (let block = 0; block <= 75; block += 3) content.write(`block ${block}`, block * 4096)
  return content
}

describe('jfs', () => {
  it.each(['plain.img', 'os2.img'])('lists %s with its metadata and contents', (name) => {
    const image = fixture('jfs', name)
    const found = collect(jfs, image)
    expect(found.problems).toEqual([])
    expect(found.region).toEqual({ start: 0, end: image.length })
    expect(found.entries).toHaveLength(86)
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(entryOf(found, 'bin/alias')).toMatchObject({ type: 'file', mode: 0o4755, mtime: 1_700_000_000 })
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: 'bin/alias' })
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    for (const n of [1, 6, 8, 70])
      expect(found.contents.get(`etc/init.d/a-name-that-takes-more-than-one-slot-${n}`)?.toString()).toBe(
        `${n}\n`,
      )
    expect(entryOf(found, 'etc/init.d/a-name-that-takes-more-than-one-slot-7')).toBeUndefined()
    expect(found.contents.get('holes')?.equals(holes())).toBe(true)
    expect(found.contents.get(Buffer.from('Müll€').toString('latin1'))?.toString()).toBe('two kinds')
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'bin/far')?.target).toBe('far/'.repeat(100))
    expect(entryOf(found, 'console')).toMatchObject({ type: 'character', device: { major: 5, minor: 1 } })
    expect(entryOf(found, 'disk')).toMatchObject({ type: 'block', device: { major: 8, minor: 1 } })
    expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
    expect(entryOf(found, 'etc/passwd')?.xattrs).toEqual({ 'user.note': Buffer.from('kept').toString('hex') })
    const large = Array.from({ length: 200 }, (_, index) => index + 1).join()
    expect(entryOf(found, 'etc/shadow')).toMatchObject({
      mode: 0o600,
      xattrs: { 'user.large': Buffer.from(large).toString('hex') },
    })
  })

  it('tells what its log would have to make good', () => {
    const image = fixture('jfs', 'plain.img')
    image.writeUInt32LE(2, 0x8000 + 40)
    expect(collect(jfs, image).problems).toMatchObject([{ code: 'unsupported' }])
  })
})

hostileImageSuite(jfs, fixture('jfs', 'plain.img'), { front: 256 * 1024 })
