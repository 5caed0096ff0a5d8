import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { realtekCvimg } from './index.ts'

describe('realtek-cvimg', () => {
  it.each([
    ['kernel.bin', 'kernel'],
    ['rootfs.bin', 'rootfs'],
  ])('gives the content of %s', (name, path) => {
    const { contents, problems } = collect(realtekCvimg, fixture('realtek-cvimg', name))
    expect(problems).toEqual([])
    expect(contents.get(path)?.toString()).toBe(lines(1, 300))
  })

  it('refuses another sum, and tells what is cut off', () => {
    const image = fixture('realtek-cvimg', 'kernel.bin')
    expect(collect(realtekCvimg, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'kernel' },
    ])
    const within = Buffer.concat([Buffer.from('mt8173_ven'), image.subarray(0, -9)])
    expect(realtekCvimg.recognise(memoryBytes(within), 10)).toBeUndefined()
    image[image.length - 1] = (image.at(-1) as number) ^ 1
    expect(realtekCvimg.recognise(memoryBytes(image), 0)).toBeUndefined()
  })
})

hostileSuite({
  format: realtekCvimg,
  fixture: fixture('realtek-cvimg', 'kernel.bin'),
  needsItsEnd: 'there is one content only',
})
