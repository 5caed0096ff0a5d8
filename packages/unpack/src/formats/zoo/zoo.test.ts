import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD, sha256 } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { zoo } from './index.ts'

/** Of the first 8,000 bytes of plain.bin of packages/bytes. */
const CODE = '968a02e7a3bc5612fbb17f79ac96c0fa210c8fdedc8320681952610ebc6c6ec5'

describe('zoo', () => {
  it.each(['lzw.zoo', 'lzh.zoo'])('unpacks %s', (name) => {
    const found = collect(zoo, fixture('zoo', name))
    expect(found.problems).toEqual([])
    expect([...found.contents.keys()]).toEqual(['bin/numbers', 'code.bin', 'etc/passwd'])
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(sha256(found.contents.get('code.bin'))).toBe(CODE)
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(entryOf(found, 'etc/passwd')).toMatchObject({ type: 'file', mode: 0o600, mtime: 1_700_000_000 })
  })

  it('counts a comment in, and adds the zone in which an archive was written', () => {
    const archive = fixture('zoo', 'comment.zoo')
    expect(collect(zoo, archive).problems).toEqual([])
    archive[archive.indexOf('passwd') - 38 + 53] = 0xf8
    expect(collect(zoo, archive).entries).toMatchObject([{ path: 'etc/passwd', mtime: 1_700_000_000 - 7200 }])
  })

  it('leaves out what was deleted', () => {
    const { entries, problems } = collect(zoo, fixture('zoo', 'deleted.zoo'))
    expect(problems).toEqual([])
    expect(entries).toMatchObject([{ path: 'bin/numbers' }])
  })

  it('tells contents and heads that differ, and an archive without its end', () => {
    const archive = fixture('zoo', 'stored.zoo')
    expect(collect(zoo, archive.subarray(0, -56)).problems).toMatchObject([{ code: 'truncated' }])
    archive[archive.indexOf('root:x')] = 0x52
    archive[archive.indexOf('passwd') - 20] = 1
    expect(collect(zoo, archive).problems).toEqual([
      { code: 'checksum', message: 'the CRC of its head differs', path: 'etc/passwd' },
      { code: 'structure', message: 'the CRC differs', path: 'etc/passwd' },
    ])
  })

  it('names a method that is not undone', () => {
    const archive = fixture('zoo', 'lzw.zoo')
    archive[archive.indexOf('numbers') - 38 + 5] = 3
    expect(collect(zoo, archive).problems).toMatchObject([
      { code: 'checksum' },
      { code: 'unsupported', path: 'bin/numbers' },
    ])
  })
})

for (const name of ['lzw.zoo', 'lzh.zoo', 'comment.zoo'])
  hostileSuite({ format: zoo, fixture: fixture('zoo', name) })
