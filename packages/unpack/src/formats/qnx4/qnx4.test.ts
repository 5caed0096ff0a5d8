import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { entryOf, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { qnx4 } from './index.ts'

const BLOCK = 512
const NUMBERS = Buffer.from(lines(1, 2000))
const NAME = 'etc/a name that takes up all of the 48 bytes of link'
const LONG = 'etc/a name that is longer than the forty-eight bytes that the entry of a link has'

/** As sha256sum has it within Linux. */
const PIECES = '4a9253db90bda0eb6b045f091fc28a82a1a224b1ad0b17650edee97f589dc07c'

/** Where the entry of a name begins. */
function entryAt(image: Buffer, name: string): number {
  const at = image.indexOf(`${name}\0`)
  expect(at % 64).toBe(0)
  return at
}

describe('qnx4', () => {
  it('lists names, links and metadata as Linux does, and contents in many pieces', () => {
    const found = collect(qnx4, fixture('qnx4', 'linked.img'))
    expect(found.problems).toEqual([])
    expect(found.entries.map(({ path }) => path)).toEqual([
      '',
      '.bitmap',
      'etc',
      'etc/passwd',
      'etc/sixteen-of-bytes',
      NAME,
      'bin',
      'bin/numbers',
      'bin/link',
      'bin/pieces',
      'bin/last',
    ])
    expect(entryOf(found, 'bin')).toMatchObject({ type: 'directory', mode: 0o750 })
    expect(entryOf(found, 'etc/passwd')).toMatchObject({
      mode: 0o600,
      uid: 1000,
      gid: 101,
      mtime: 1_700_000_000,
    })
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/sixteen-of-bytes')).toHaveLength(0)
    expect(found.contents.get(NAME)?.equals(NUMBERS)).toBe(true)
    expect(entryOf(found, NAME)).toMatchObject({ mode: 0o4755 })
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: NAME })
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    const pieces = found.contents.get('bin/pieces') as Buffer
    expect(createHash('sha256').update(pieces).digest('hex')).toBe(PIECES)
  })

  it('reads names of more than 48 bytes from a block of their own', () => {
    const found = collect(qnx4, fixture('qnx4', 'long.img'))
    expect(found.problems).toEqual([])
    expect(found.contents.get(LONG)?.equals(NUMBERS)).toBe(true)
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: LONG })
  })

  it('tells lists and runs of blocks that lead nowhere, and shows the rest', () => {
    const image = fixture('qnx4', 'linked.img')
    const whole = collect(qnx4, image).contents.get('bin/pieces') as Buffer
    const at = entryAt(image, 'pieces')
    image[(image.readUInt32LE(at + 28) - 1) * BLOCK + 496] = 0x69
    const first = collect(qnx4, image)
    expect(first.problems).toEqual([
      {
        code: 'structure',
        message: 'a list of its blocks is none; the rest is shown as zeros',
        path: 'bin/pieces',
      },
    ])
    const shown = Buffer.alloc(whole.length)
    whole.copy(shown, 0, 0, BLOCK)
    expect(first.contents.get('bin/pieces')?.equals(shown)).toBe(true)
    image.writeUInt32LE(1000, entryAt(image, 'passwd') + 20)
    expect(collect(qnx4, image).problems).toContainEqual(
      expect.objectContaining({ code: 'structure', path: 'etc/passwd' }),
    )
  })

  it('ends where a list of blocks leads back to itself, or gives none', () => {
    const image = fixture('qnx4', 'linked.img')
    const at = entryAt(image, 'pieces')
    const list = (image.readUInt32LE(at + 28) - 1) * BLOCK
    image.writeUInt32LE(0xffff_fff0, at + 16)
    image.writeUInt16LE(0xffff, at + 48)
    image.writeUInt32LE(list / BLOCK + 1, list)
    expect(collect(qnx4, image).problems).toContainEqual(
      expect.objectContaining({ code: 'structure', path: 'bin/pieces' }),
    )
    image.writeUInt32LE(0, list + 20)
    expect(collect(qnx4, image).problems).toContainEqual(
      expect.objectContaining({ code: 'structure', path: 'bin/pieces' }),
    )
  })

  it('reads no directory twice, and no more of them than the file system has room for', () => {
    const image = fixture('qnx4', 'linked.img')
    const [etc, bin] = [entryAt(image, 'etc'), entryAt(image, 'bin')]
    const root = (image.readUInt32LE(BLOCK + 20) - 1) * BLOCK
    image.writeUInt32LE(root / BLOCK + 1, etc + 20)
    expect(collect(qnx4, image).problems).toContainEqual({
      code: 'loop',
      message: 'a directory that was seen before',
      path: 'etc/etc',
    })
    image.writeUInt32LE(0x7fff_ffff, bin + 16)
    expect(collect(qnx4, image).problems).toContainEqual({
      code: 'structure',
      message: 'directories that are longer than the file system',
      path: 'etc/bin',
    })
  })

  it('tells a link to an inode that is none, and the end of the image', () => {
    const image = fixture('qnx4', 'linked.img')
    image.writeUInt32LE(60_000, entryAt(image, 'numbers') + 48)
    expect(collect(qnx4, image).problems).toEqual([
      { code: 'structure', message: 'its inode is not there', path: 'bin/numbers' },
    ])
    const cut = collect(qnx4, fixture('qnx4', 'linked.img').subarray(0, 40 * BLOCK))
    expect(cut.problems[0]).toMatchObject({ code: 'truncated' })
    expect(cut.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })
})

hostileSuite({ format: qnx4, fixture: fixture('qnx4', 'linked.img') })
hostileSuite({ format: qnx4, fixture: fixture('qnx4', 'long.img') })
