import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { shar } from './index.ts'
import { tokensOf } from './words.ts'

const ALL = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
const TRICKY = 'SHAR_EOF\nX line\n'

describe('shar', () => {
  it.each(['plain', 'vanilla', 'gzip', 'xz', 'bzip2'])('reads what `shar` writes: %s', (name) => {
    const found = collect(shar, fixture('shar', `${name}.shar`))
    expect(found.problems).toEqual([])
    expect(found.contents.size).toBe(4)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/tricky')?.toString()).toBe(TRICKY)
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('bin/all')?.equals(ALL)).toBe(true)
    expect(entryOf(found, 'bin')).toMatchObject({ type: 'directory' })
  })

  it('takes mode and time from the script', () => {
    const found = collect(shar, fixture('shar', 'gzip.shar'))
    expect(entryOf(found, 'bin/all')).toMatchObject({ type: 'file', mode: 0o644, mtime: 1_700_000_000 })
  })

  it('reads an archive of an older kind, and tells what it does not read', () => {
    const { contents, problems } = collect(shar, fixture('shar', 'classic.shar'))
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['etc/tricky', TRICKY],
      ['etc/passwd', PASSWD],
      ['etc/empty', ''],
    ])
    expect(problems).toMatchObject([
      { code: 'unsupported', path: '$HOME/other', message: expect.stringMatching(/no file of a plain name/) },
      { code: 'unsupported', path: 'expanded', message: expect.stringMatching(/more than/) },
      { code: 'unsupported', path: 'changed', message: expect.stringMatching(/more than/) },
    ])
  })

  it('tells a content whose MD5 or size differs', () => {
    const plain = fixture('shar', 'plain.shar')
    plain[plain.indexOf('root:x')] = 0x52
    expect(collect(shar, plain).problems).toMatchObject([{ message: 'the MD5 differs', path: 'etc/passwd' }])
    const classic = fixture('shar', 'classic.shar').toString('latin1').replace('XX line', 'XX lines')
    expect(collect(shar, Buffer.from(classic, 'latin1')).problems).toMatchObject([
      {},
      {},
      {},
      { message: '17 bytes, the script says 16', path: 'etc/tricky' },
    ])
  })

  it('shows what is there of a here-document that ends early', () => {
    const plain = fixture('shar', 'plain.shar')
    const at = plain.indexOf('root:x')
    const { contents, problems } = collect(shar, plain.subarray(0, at + 10))
    expect(problems).toMatchObject([{ message: 'its here-document ends early', path: 'etc/passwd' }])
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD.slice(0, 10))
  })

  it('takes nothing that a shell would change for plain', () => {
    expect(tokensOf('a "$b" \'$c\' \\$d e`f')).toMatchObject([
      { text: 'a', isPlain: true },
      { text: '$b', isPlain: false },
      { text: '$c', isPlain: true },
      { text: '$d', isPlain: true },
      { text: 'e`f', isPlain: false },
    ])
    expect(tokensOf("a 'b")).toBeUndefined()
  })
})

hostileSuite({ format: shar, fixture: fixture('shar', 'classic.shar') })
hostileSuite({ format: shar, fixture: fixture('shar', 'gzip.shar') })
