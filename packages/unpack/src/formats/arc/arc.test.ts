import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD, sha256 } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { arc } from './index.ts'

const RUNS = Buffer.concat([
  Buffer.alloc(500, 'a'),
  Buffer.alloc(3, 0x90),
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  Buffer.from('zzzz'),
])
/** Of the first 8,000 bytes of plain.bin of packages/bytes. */
const CODE = '968a02e7a3bc5612fbb17f79ac96c0fa210c8fdedc8320681952610ebc6c6ec5'

describe('arc', () => {
  it('undoes crunched, squeezed, packed and stored members', () => {
    const found = collect(arc, fixture('arc', 'mixed.arc'))
    expect(found.problems).toEqual([])
    expect([...found.contents.keys()]).toEqual(['code.bin', 'noise', 'numbers', 'passwd', 'runs'])
    expect(found.contents.get('passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('numbers')?.toString()).toBe(NUMBERS)
    expect(sha256(found.contents.get('code.bin'))).toBe(CODE)
    expect(found.contents.get('runs')?.equals(RUNS)).toBe(true)
    expect(entryOf(found, 'passwd')).toMatchObject({ type: 'file', mtime: 1_700_000_000 })
  })

  it('undoes squashed members', () => {
    const { contents, problems } = collect(arc, fixture('arc', 'squashed.arc'))
    expect(problems).toEqual([])
    expect(sha256(contents.get('code.bin'))).toBe(CODE)
    expect(contents.get('numbers')?.toString()).toBe(NUMBERS)
  })

  it('names a method that is not undone', () => {
    const archive = fixture('arc', 'mixed.arc')
    archive[1] = 7
    expect(collect(arc, archive).problems).toMatchObject([
      { code: 'unsupported', path: 'code.bin', message: expect.stringMatching(/method 7/) },
    ])
  })

  it('tells a content that differs, and an archive without its end', () => {
    const archive = fixture('arc', 'stored.arc')
    expect(collect(arc, archive.subarray(0, -2)).problems).toMatchObject([{ code: 'truncated' }])
    archive[archive.indexOf('root:x')] = 0x52
    expect(collect(arc, archive).problems).toMatchObject([{ path: 'passwd' }])
  })
})

for (const name of ['mixed.arc', 'squashed.arc']) hostileSuite({ format: arc, fixture: fixture('arc', name) })
