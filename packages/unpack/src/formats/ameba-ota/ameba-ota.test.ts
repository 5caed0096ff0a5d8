import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { amebaOta } from './index.ts'

describe('ameba-ota', () => {
  it('gives its images', () => {
    const { contents, problems } = collect(amebaOta, fixture('ameba-ota', 'two.bin'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['ota1-0', 'ota2-1'])
    expect(contents.get('ota1-0')?.equals(fixture('ameba-image', 'xip.bin'))).toBe(true)
    expect(contents.get('ota2-1')?.equals(fixture('ameba-image', 'ram.bin'))).toBe(true)
  })

  it('tells a sum that differs, and an image that is cut off', () => {
    const image = fixture('ameba-ota', 'two.bin')
    image[200] = 0
    expect(collect(amebaOta, image).problems).toMatchObject([{ code: 'checksum', path: 'ota1-0' }])
    expect(collect(amebaOta, image.subarray(0, 1500)).problems).toMatchObject([
      { code: 'checksum', path: 'ota1-0' },
      { code: 'truncated', path: 'ota2-1' },
    ])
  })
})

hostileSuite({ format: amebaOta, fixture: fixture('ameba-ota', 'two.bin') })
