import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { casyncArchive } from './index.ts'

const ARCHIVE = fixture('casync-archive', 'tree.catar')

describe('casync-archive', () => {
  it('gives files, folders and links with their rights', () => {
    const { entries, contents, problems, region } = collect(casyncArchive, ARCHIVE)
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: ARCHIVE.length })
    expect(
      entries.map(({ path, type, mode, target }) => [path, type, (mode ?? 0).toString(8), target]),
    ).toEqual([
      ['empty', 'file', '600', undefined],
      ['etc', 'directory', '750', undefined],
      ['etc/deeper', 'directory', '755', undefined],
      ['etc/deeper/rootfs', 'file', '644', undefined],
      ['etc/kernel', 'file', '755', undefined],
      ['link', 'symlink', '777', 'etc/kernel'],
    ])
    expect(contents.get('etc/kernel')?.toString()).toBe(lines(1, 300))
    expect(contents.get('etc/deeper/rootfs')?.toString()).toBe(lines(1, 20))
    expect(entries.every(({ mtime }) => mtime === 1_700_000_000)).toBe(true)
    expect(entries.every(({ uid, xattrs }) => uid === 0 && xattrs === undefined)).toBe(true)
  })

  it('gives extended attributes and capabilities, of folders too', () => {
    const { entries, problems } = collect(casyncArchive, fixture('casync-archive', 'attributes.catar'))
    expect(problems).toEqual([])
    expect(entries.map(({ path, xattrs }) => [path, xattrs])).toEqual([
      ['etc', { 'user.kind': Buffer.from('folder').toString('hex') }],
      [
        'etc/tool',
        { 'security.capability': '0000000200200000000000000000000000000000', 'user.note': '6f6e65' },
      ],
      ['plain', undefined],
    ])
  })

  it('tells no owner, time or rights that were not written down', () => {
    const { entries, problems } = collect(casyncArchive, fixture('casync-archive', 'bare.catar'))
    expect(problems).toEqual([])
    expect(entries).toEqual([
      { path: 'etc', type: 'directory' },
      { path: 'etc/tool', type: 'file' },
      { path: 'plain', type: 'file' },
    ])
  })

  it('keeps no more attributes than its bound', () => {
    const image = fixture('casync-archive', 'attributes.catar')
    const at = image.indexOf(Buffer.from('86c40bf8917015b8', 'hex')) - 8
    const value = Buffer.alloc(16 + 2 + 65_000, 'x')
    value.writeBigUInt64LE(BigInt(value.length))
    image.copy(value, 8, at + 8, at + 16)
    value[17] = 0
    const grown = Buffer.concat([image.subarray(0, at), ...Array(300).fill(value), image.subarray(at)])
    expect(collect(casyncArchive, grown).problems).toMatchObject([{ code: 'unsupported' }])
  })
})

hostileSuite({ format: casyncArchive, fixture: ARCHIVE })
