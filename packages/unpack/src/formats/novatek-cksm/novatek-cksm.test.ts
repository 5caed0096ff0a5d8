import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { novatekCksm } from './index.ts'

describe('novatek-cksm', () => {
  it('gives its content', () => {
    const { contents, problems } = collect(novatekCksm, fixture('novatek-cksm', 'root.bin'))
    expect(problems).toEqual([])
    expect(contents.get('content')?.toString('latin1', 0, 14)).toBe('line 0\nline 1\n')
  })

  it('tells a checksum that differs', () => {
    const image = fixture('novatek-cksm', 'root.bin')
    image[300] = 0
    expect(collect(novatekCksm, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({
  format: novatekCksm,
  fixture: fixture('novatek-cksm', 'root.bin'),
  needsItsEnd: 'its one content ends with it',
})
