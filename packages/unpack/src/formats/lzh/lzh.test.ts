import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lzh } from './index.ts'

const NAMES = ['level-0-lh5', 'level-1-lh5', 'level-2-lh5', 'level-2-lh6', 'level-2-lh7', 'stored']

describe('lzh', () => {
  it.each(NAMES)('unpacks %s', (name) => {
    const found = collect(lzh, fixture('lzh', `${name}.lzh`))
    expect(found.problems).toEqual([])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('bin/numbers')?.toString()).toBe(NUMBERS)
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'file', mtime: 1_700_000_000 })
  })

  it('tells a content that differs', () => {
    const image = fixture('lzh', 'stored.lzh')
    image[image.indexOf('root:x')] = 0x52
    expect(collect(lzh, image).problems).toMatchObject([{ path: 'etc/passwd' }])
  })

  it('names what is packed another way', () => {
    const image = fixture('lzh', 'level-0-lh5.lzh')
    const at = image.indexOf('-lh5-')
    image.write('-lh1-', at)
    // The sum of the header is less by four, too.
    image[at - 1] = (image[at - 1] as number) - 4
    expect(collect(lzh, image).problems).toMatchObject([{ code: 'unsupported', path: 'bin/numbers' }])
  })
})

hostileSuite({ format: lzh, fixture: fixture('lzh', 'level-0-lh5.lzh') })
hostileSuite({ format: lzh, fixture: fixture('lzh', 'level-2-lh7.lzh') })
