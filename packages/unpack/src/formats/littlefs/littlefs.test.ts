import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { littlefs } from './index.ts'

const NUMBERS = Array.from({ length: 4000 }, (_, index) => `${index + 1}\n`).join('')
const KEPT = [4, 5, 7, 8, 10, 11].map((index) => [
  `file-${String(index).padStart(2, '0')}`,
  `content ${index}\n`,
])

describe('littlefs', () => {
  it.each(['version-2.0.bin', 'version-2.1.bin'])('reads all of %s, as it was last written', (name) => {
    const { entries, contents, problems } = collect(littlefs, fixture('littlefs', name))
    expect(problems).toEqual([])
    expect(entries.filter(({ type }) => type === 'directory').map(({ path }) => path)).toEqual([
      'empty',
      'etc',
      'etc/keys',
    ])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['file-01', 'written anew\n'],
      ...KEPT,
      ['nothing', ''],
      ['etc/hello.txt', 'Hello, littlefs\n'],
      ['etc/moved', 'content 2\n'],
      ['etc/keys/numbers', NUMBERS],
    ])
  })

  it('gives user attributes', () => {
    const { entries } = collect(littlefs, fixture('littlefs', 'version-2.1.bin'))
    const hello = entries.find(({ path }) => path === 'etc/hello.txt')
    expect(hello).toMatchObject({ xattrs: { 'littlefs.0x74': '1122' } })
  })

  it('goes back to the last commit whose CRC matches', () => {
    const image = fixture('littlefs', 'version-2.1.bin')
    const at = image.indexOf('written anew')
    image[at] = 0x58
    const { contents } = collect(littlefs, image)
    expect(contents.get('file-01')?.toString()).not.toBe('Xritten anew\n')
    expect(contents.get('etc/keys/numbers')?.toString()).toBe(NUMBERS)
  })

  it('tells when blocks are cut off', () => {
    const { problems } = collect(littlefs, fixture('littlefs', 'version-2.1.bin').subarray(0, 9000))
    expect(problems[0]).toMatchObject({ code: 'truncated' })
    expect(problems.length).toBeGreaterThan(1)
  })
})

// Of the other fixture, a shorter cut shows an older state with more files in it, each of them told to be out of date.
hostileSuite({ format: littlefs, fixture: fixture('littlefs', 'version-2.1.bin') })
