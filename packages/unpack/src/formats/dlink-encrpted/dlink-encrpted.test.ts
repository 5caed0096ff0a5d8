import { createCipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { dlinkEncrpted } from './index.ts'

const IMAGE = fixture('dlink-encrpted', 'start.img')

describe('dlink-encrpted', () => {
  it('decrypts an image', () => {
    const { contents, problems } = collect(dlinkEncrpted, IMAGE)
    expect(problems).toEqual([])
    const plain = contents.get('payload.ubi')
    expect(plain).toHaveLength(2048)
    expect(plain?.toString('latin1', 0, 5)).toBe('UBI#\x01')
    // Of the header of an erase block: where the volume's header lies, and where its data.
    expect([plain?.readUInt32BE(16), plain?.readUInt32BE(20)]).toEqual([2048, 4096])
  })

  it('begins anew with each erase block', () => {
    const block = 128 * 1024
    const plain = Buffer.alloc(2 * block, 'UBI#')
    const key = 'he9-4+M!)d6=m~we1,q2a3d1n&2*Z^%8'
    const encrypted = [0, block].map((at) =>
      createCipheriv('aes-256-cbc', key, 'J%1iQl8$=lm-;8AE').update(plain.subarray(at, at + block)),
    )
    const header = Buffer.from('encrpted_img\0\x04\0\0', 'latin1')
    const { contents, problems } = collect(dlinkEncrpted, Buffer.concat([header, ...encrypted]))
    expect(problems).toEqual([])
    expect(contents.get('payload.ubi')?.equals(plain)).toBe(true)
  })

  it('decrypts what lies before a cut', () => {
    const { contents, problems } = collect(dlinkEncrpted, IMAGE.subarray(0, 1000))
    expect(contents.get('payload.ubi')).toHaveLength(976)
    expect(problems).toMatchObject([{ code: 'truncated' }])
  })

  it('shows what the key does not fit as it is', () => {
    const image = Buffer.from(IMAGE)
    image[16] = (image[16] as number) ^ 1
    const { contents, problems } = collect(dlinkEncrpted, image)
    expect(contents.get('payload.encrypted')?.equals(image.subarray(16))).toBe(true)
    expect(problems).toMatchObject([{ code: 'unsupported' }])
  })
})

hostileSuite({ format: dlinkEncrpted, fixture: IMAGE, needsItsEnd: 'there is one content only' })
