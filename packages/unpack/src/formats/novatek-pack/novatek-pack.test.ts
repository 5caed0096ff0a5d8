import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { novatekPack } from './index.ts'

describe('novatek-pack', () => {
  it('gives its partitions', () => {
    const { contents, problems } = collect(novatekPack, fixture('novatek-pack', 'camera.bin'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['partition-1', 'partition-4', 'partition-7', 'partition-7-3'])
    expect(contents.get('partition-7')?.equals(fixture('novatek-cksm', 'root.bin'))).toBe(true)
    expect(contents.get('partition-7-3')?.toString('latin1', 0, 5)).toBe('again')
  })

  it('tells a checksum that differs, and what is cut off', () => {
    const image = fixture('novatek-pack', 'camera.bin')
    image[300] = 0
    expect(collect(novatekPack, image).problems).toMatchObject([{ code: 'checksum' }])
    expect(collect(novatekPack, image.subarray(0, 1000)).problems).toMatchObject([
      { code: 'truncated' },
      { code: 'truncated', path: 'partition-4' },
      { code: 'truncated', path: 'partition-7' },
      { code: 'truncated', path: 'partition-7-3' },
    ])
  })
})

hostileSuite({ format: novatekPack, fixture: fixture('novatek-pack', 'camera.bin') })
