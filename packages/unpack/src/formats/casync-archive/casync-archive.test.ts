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
    expect(entries.map(({ path, type, mode, target }) => [path, type, mode.toString(8), target])).toEqual([
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
  })
})

hostileSuite({ format: casyncArchive, fixture: ARCHIVE })
