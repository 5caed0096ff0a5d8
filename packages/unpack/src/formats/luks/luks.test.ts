import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { luks } from './index.ts'

describe('luks', () => {
  it.each([
    ['luks1.img', 'aes-cbc-essiv:sha256'],
    ['luks2.img', 'aes-xts-plain64'],
  ])('says how %s is encrypted, and ends with its keys', (name, cipher) => {
    const image = fixture('luks', name)
    const { region, problems } = collect(luks, Buffer.concat([image, Buffer.alloc(4096, 0xa5)]))
    expect(region.end).toBe(image.length)
    expect(problems).toEqual([
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(cipher) }),
    ])
  })

  it('shows the header of version 2', () => {
    const header = collect(luks, fixture('luks', 'luks2.img')).contents.get('header.json')
    const text = header?.toString('utf8').replace(/\0+$/, '') ?? ''
    expect(JSON.parse(text)).toMatchObject({ segments: { 0: { encryption: 'aes-xts-plain64' } } })
  })

  it('gives what is encrypted where the header tells its size', () => {
    const { contents, problems } = collect(luks, fixture('luks', 'sized.img'))
    expect(contents.get('payload')?.length).toBe(4096)
    expect(problems).toMatchObject([{ code: 'unsupported' }])
  })

  it('tells a sum that differs', () => {
    const image = Buffer.from(fixture('luks', 'luks2.img'))
    image[24] = 0x41
    expect(collect(luks, image).problems).toMatchObject([{ code: 'checksum' }, { code: 'unsupported' }])
  })
})

const needsItsEnd = 'it has no member but its header'
hostileSuite({ format: luks, fixture: fixture('luks', 'luks2.img').subarray(0, 16_384), needsItsEnd })
hostileSuite({ format: luks, fixture: fixture('luks', 'luks1.img').subarray(0, 4096), needsItsEnd })
