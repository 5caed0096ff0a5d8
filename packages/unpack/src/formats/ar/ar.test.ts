import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { ar } from './index.ts'
import { isAr } from './parse.ts'

const LONG = 'a-name-that-is-longer-than-sixteen.txt'
const SPACED = 'with space in its long name.txt'

function header(name: string, size: number | string): string {
  return `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'644'.padEnd(8)}${`${size}`.padEnd(10)}\`\n`
}

describe('ar', () => {
  it('lists an archive of GNU ar with its metadata and contents', () => {
    const found = collect(ar, fixture('ar', 'gnu.a'))
    expect(found.problems).toEqual([])
    expect([...found.contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['passwd', PASSWD],
      ['numbers', NUMBERS],
      ['empty', ''],
      [LONG, lines(1, 99)],
      [SPACED, lines(1, 9)],
    ])
    expect(entryOf(found, 'passwd')).toMatchObject({ type: 'file', mode: 0o600, mtime: 1_700_000_000 })
  })

  it('finds the names of BSD before the contents', () => {
    const found = collect(ar, fixture('ar', 'bsd.a'))
    expect(found.problems).toEqual([])
    expect([...found.contents.keys()]).toEqual(['passwd', 'object.o', LONG, SPACED])
    expect(found.contents.get('passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get(SPACED)?.toString()).toBe(lines(1, 9))
    expect(entryOf(found, 'passwd')).toMatchObject({ mode: 0o600, mtime: 1_700_000_000 })
  })

  it('leaves the index of symbols out', () => {
    const { contents, problems } = collect(ar, fixture('ar', 'symbols.a'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['object.o', LONG])
    expect(contents.get('object.o')?.toString('latin1', 0, 4)).toBe('\x7fELF')
  })

  it('lists the parts of a Debian package', () => {
    const { contents, problems } = collect(ar, fixture('ar', 'sample.deb'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['debian-binary', 'control.tar.xz', 'data.tar.xz'])
    expect(contents.get('debian-binary')?.toString()).toBe('2.0\n')
  })

  it('says that a thin archive holds nothing', () => {
    const archive = fixture('ar', 'thin.a')
    const { region, entries, problems } = collect(ar, archive)
    expect(region.end).toBe(archive.length)
    expect(entries).toEqual([])
    expect(problems).toMatchObject([{ code: 'unsupported' }])
  })

  it('gives members whose long name is not there another one', () => {
    const archive = `!<arch>\n${header('/77', 2)}ab${header('#1/99', 2)}cd`
    const { contents, problems } = collect(ar, Buffer.from(archive))
    expect([...contents.keys()]).toEqual(['member-0', 'member-1'])
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['name', 'member-0'],
      ['name', 'member-1'],
    ])
  })

  it('tells a header that is damaged, and one that is cut off', () => {
    const whole = `!<arch>\n${header('first/', 1)}a\n`
    const damaged = collect(ar, Buffer.from(`${whole}${header('second/', '1x')}b\n`))
    expect([...damaged.contents.keys()]).toEqual(['first'])
    expect(damaged.problems).toMatchObject([{ code: 'structure' }])
    const cut = collect(ar, Buffer.from(`${whole}${header('second/', 1).slice(0, 40)}`))
    expect(cut.problems).toMatchObject([{ code: 'truncated' }])
  })

  it('shows what is there of a content that is cut off', () => {
    const { contents, problems } = collect(ar, fixture('ar', 'gnu.a').subarray(0, 1000))
    expect(contents.get('numbers')?.toString()).toBe(NUMBERS.slice(0, contents.get('numbers')?.length))
    expect(problems).toMatchObject([{ code: 'truncated', path: 'numbers' }, { code: 'truncated' }])
  })

  it('takes an archive without members only where it is all there is', () => {
    expect(isAr(memoryBytes(Buffer.from('!<arch>\n')), 0)).toBe(true)
    expect(isAr(memoryBytes(Buffer.from('!<arch>\n\0usage')), 0)).toBe(false)
  })
})

for (const name of ['gnu.a', 'bsd.a', 'symbols.a', 'sample.deb'])
  hostileSuite({ format: ar, fixture: fixture('ar', name) })
hostileSuite({ format: ar, fixture: fixture('ar', 'thin.a'), needsItsEnd: 'it holds nothing' })
