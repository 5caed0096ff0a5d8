import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { yaffs } from './index.ts'

const STEP = 2112
const STEP_1 = 528

/** Where the page of a header with this name stands. */
function pageOf(image: Buffer, name: string): number {
  const at = image.indexOf(`\xff\xff${name}\0`, 0, 'latin1')
  return Math.floor(at / STEP) * STEP
}

/** Appends a page of the log, as a driver does that writes something again. */
function written(image: Buffer, page: Buffer): Buffer {
  const again = Buffer.from(image)
  page.copy(again, 25 * STEP)
  return again
}

describe('yaffs', () => {
  it.each(['little.img', 'big.img', 'marks.img', 'little-1.img', 'big-1.img'])(
    'lists %s with its metadata and contents',
    (name) => {
      const found = collect(yaffs, fixture('yaffs', name))
      expect(found.problems).toEqual([])
      expect(found.entries).toHaveLength(14)
      const [one, other] = ['bin/alias', 'bin/numbers'].map((path) => entryOf(found, path))
      const [link, file] = one?.type === 'hardlink' ? [one, other] : [other, one]
      expect(link).toMatchObject({ type: 'hardlink', target: file?.path })
      expect(file).toMatchObject({ type: 'file', mode: 0o4755, uid: 0, gid: 0, mtime: 1_700_000_000 })
      expect(found.contents.get(file?.path ?? '')?.toString()).toBe(NUMBERS)
      expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
      expect(found.contents.get('etc/empty')).toHaveLength(0)
      expect(found.contents.get('large')?.toString()).toBe(lines(1, 3000))
      expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
      expect(entryOf(found, 'console')).toMatchObject({ type: 'character', device: { major: 5, minor: 1 } })
      expect(entryOf(found, 'disk')).toMatchObject({ type: 'block', device: { major: 8, minor: 1 } })
      expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
      expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
    },
  )

  it('takes the newest of what was written again, and leaves out what was deleted', () => {
    const image = fixture('yaffs', 'little.img')
    const at = pageOf(image, 'passwd')
    const renamed = Buffer.from(image.subarray(at, at + STEP))
    renamed.write('moved\0', 10, 'latin1')
    const moved = collect(yaffs, written(image, renamed))
    expect(moved.contents.get('etc/moved')?.toString()).toBe(PASSWD)
    expect(moved.contents.has('etc/passwd')).toBe(false)
    renamed.writeUInt32LE(4, 4)
    const deleted = collect(yaffs, written(image, renamed))
    expect(deleted.problems).toEqual([])
    expect([...deleted.contents.keys()].filter((path) => /passwd|moved/.test(path))).toEqual([])
  })

  it('leaves out pages of YAFFS1 that are marked as deleted', () => {
    const image = fixture('yaffs', 'little-1.img')
    const at = Math.floor(image.indexOf('\xff\xffpasswd\0', 0, 'latin1') / STEP_1) * STEP_1
    image[at + 516] = 0
    const { entries, problems } = collect(yaffs, image)
    expect(problems).toEqual([])
    expect(entries.map(({ path }) => path)).not.toContain('etc/passwd')
  })

  it('tells of a directory that lies within itself', () => {
    const image = fixture('yaffs', 'little.img')
    const at = pageOf(image, 'init.d')
    const own = image.readUInt32LE(at + 2048 + 4)
    image.writeUInt32LE(own, at + 4)
    const { problems, entries } = collect(yaffs, image)
    expect(problems).toContainEqual(expect.objectContaining({ code: 'loop' }))
    expect(entries.length).toBeGreaterThan(10)
  })

  it('does not fill holes without end', () => {
    const image = fixture('yaffs', 'little.img')
    const at = pageOf(image, 'large')
    image.writeUInt32LE(0xf000_0000, at + 292)
    const { problems, contents } = collect(yaffs, image)
    expect(problems).toMatchObject([{ code: 'unsupported', path: 'large' }])
    expect(contents.has('large')).toBe(false)
  })
})

hostileSuite({ format: yaffs, fixture: fixture('yaffs', 'little.img') })
hostileSuite({ format: yaffs, fixture: fixture('yaffs', 'marks.img') })
hostileSuite({ format: yaffs, fixture: fixture('yaffs', 'little-1.img') })
