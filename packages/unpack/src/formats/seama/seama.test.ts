import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { seama } from './index.ts'

describe('seama', () => {
  it('gives the images behind a seal, and the texts of all', () => {
    const { contents, problems } = collect(seama, fixture('seama', 'sealed.seama'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['seal.meta', 'image-0.meta', 'image-0', 'image-1.meta', 'image-1'])
    expect(contents.get('seal.meta')?.toString()).toMatch(/^signature=wrgac05_dlob.hans_dir645\0+$/)
    expect(contents.get('image-1.meta')?.toString()).toMatch(/^dev=\/dev\/mtdblock\/3\0type=rootfs\0+$/)
    expect(contents.get('image-0')?.toString()).toBe(lines(1, 400))
    expect(contents.get('image-1')?.toString()).toBe(lines(401, 800))
  })

  it.each(['image.seama', 'little.seama'])('reads the image without a seal in %s', (name) => {
    const { contents, problems } = collect(seama, fixture('seama', name))
    expect(problems).toEqual([])
    expect(contents.get('image-0')?.toString()).toBe(lines(1, 400))
  })

  it('tells when the MD5 differs', () => {
    const image = fixture('seama', 'image.seama')
    image[image.length - 1] = 0
    const { contents, problems } = collect(seama, image)
    expect(problems).toMatchObject([{ code: 'checksum', path: 'image-0' }])
    expect(contents.get('image-0')).toHaveLength(lines(1, 400).length)
  })

  it('leaves a second seal to the file that it begins', () => {
    const image = fixture('seama', 'sealed.seama')
    const { region } = collect(seama, Buffer.concat([image, image]))
    expect(region.end).toBe(image.length)
  })

  it('still shows what lies before a cut', () => {
    const image = fixture('seama', 'sealed.seama')
    const { contents, problems } = collect(seama, image.subarray(0, image.length - 100))
    expect(contents.get('image-0')?.toString()).toBe(lines(1, 400))
    expect(contents.get('image-1')).toHaveLength(lines(401, 800).length - 100)
    expect(problems).toMatchObject([{ code: 'truncated', path: 'image-1' }])
  })
})

hostileSuite({ format: seama, fixture: fixture('seama', 'sealed.seama') })
hostileSuite({ format: seama, fixture: fixture('seama', 'little.seama') })
