import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { arj } from './index.ts'

describe('arj', () => {
  it.each(['method-0.arj', 'method-1.arj', 'method-4.arj'])('unpacks %s', (name) => {
    const found = collect(arj, fixture('arj', name))
    expect(found.problems).toEqual([])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'file', mode: 0o755, mtime: 1_700_000_000 })
  })

  it('names what is encrypted', () => {
    const { contents, problems } = collect(arj, fixture('arj', 'encrypted.arj'))
    expect(contents.size).toBe(0)
    expect(problems).toMatchObject([{ code: 'unsupported', path: 'etc/passwd' }])
  })

  it('tells a content that differs, and an archive without its end', () => {
    const image = fixture('arj', 'method-0.arj')
    expect(collect(arj, image.subarray(0, image.length - 4)).problems).toMatchObject([{ code: 'truncated' }])
    image[image.indexOf('root:x')] = 0x52
    expect(collect(arj, image).problems).toMatchObject([{ path: 'etc/passwd' }])
  })
})

hostileSuite({ format: arj, fixture: fixture('arj', 'method-1.arj') })
hostileSuite({ format: arj, fixture: fixture('arj', 'method-4.arj') })
