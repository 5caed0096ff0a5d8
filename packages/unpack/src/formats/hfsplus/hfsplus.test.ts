import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { hfsplus } from './index.ts'

const HEADER = 1024

/** Where the record of a name's entry begins in an image, behind its key. */
function recordOf(image: Buffer, name: string): number {
  const units = Buffer.from(name, 'utf16le').swap16()
  for (let at = image.indexOf(units); at >= 0; at = image.indexOf(units, at + 1)) {
    const kind = image.readUInt16BE(at + units.length)
    if (image.readUInt16BE(at - 2) === name.length && (kind === 1 || kind === 2)) return at + units.length
  }
  throw new Error(`no ${name}`)
}

describe('hfsplus', () => {
  it('lists a volume with its metadata and contents', () => {
    const image = fixture('hfsplus', 'volume.img')
    const found = collect(hfsplus, image)
    expect(found.problems).toEqual([])
    expect(found.region).toEqual({ start: 0, end: image.length })
    expect(found.entries).toHaveLength(77)
    expect(entryOf(found, 'bin/alias')).toMatchObject({ type: 'file', mode: 0o4755, uid: 0, gid: 0 })
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(entryOf(found, 'etc/passwd')).toMatchObject({ mtime: 1_700_000_000 })
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.slices.has('lines')).toBe(true)
    expect(found.contents.get('lines')?.toString()).toBe(lines(1, 2000))
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(found.contents.get('etc/init.d/a-name-of-some-length-60')?.toString()).toBe('60\n')
    expect(found.contents.get(Buffer.from('etc/grün.txt'.normalize('NFD')).toString('latin1'))).toHaveLength(
      1,
    )
    expect(entryOf(found, 'bin/link')).toMatchObject({ type: 'symlink', target: '../etc/passwd' })
    expect(entryOf(found, 'bin/far')).toMatchObject({ target: 'far/'.repeat(40) })
    expect(entryOf(found, 'console')).toMatchObject({ type: 'character' })
    expect(entryOf(found, 'pipe')).toMatchObject({ type: 'fifo' })
    expect(entryOf(found, 'etc/init.d/rcS')).toMatchObject({ mode: 0o755, uid: 1000, gid: 1001 })
  })

  it('says what it does not read, and what has no place', () => {
    const image = fixture('hfsplus', 'volume.img')
    image.writeUInt32BE(0, HEADER + 4)
    const packed = recordOf(image, 'passwd')
    image.writeUInt8(0x20, packed + 41)
    image.writeUInt32BE(0x7fff_ffff, recordOf(image, 'shadow') + 88 + 16)
    const found = collect(hfsplus, image)
    expect(found.problems).toContainEqual(expect.objectContaining({ code: 'unsupported', path: undefined }))
    expect(found.problems).toContainEqual(
      expect.objectContaining({ code: 'unsupported', path: 'etc/passwd' }),
    )
    expect(found.problems).toContainEqual(expect.objectContaining({ code: 'structure', path: 'etc/shadow' }))
  })

  it('does not follow a directory into itself', () => {
    const image = fixture('hfsplus', 'volume.img')
    image.writeUInt32BE(2, recordOf(image, 'bin') + 8)
    expect(collect(hfsplus, image).problems).toContainEqual(expect.objectContaining({ code: 'structure' }))
  })

  it('lists a file of petabytes without filling it', () => {
    const image = fixture('hfsplus', 'volume.img')
    image.writeBigUInt64BE(2n ** 52n, recordOf(image, 'lines') + 88)
    const found = collect(hfsplus, image)
    expect(found.problems).toContainEqual(expect.objectContaining({ code: 'unsupported', path: 'lines' }))
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })
})

hostileSuite({
  format: hfsplus,
  fixture: fixture('hfsplus', 'volume.img'),
})
