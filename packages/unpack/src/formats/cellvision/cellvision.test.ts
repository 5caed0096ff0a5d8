import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { cellvision } from './index.ts'

const CAMERA = fixture('cellvision', 'camera.bin')

describe('cellvision', () => {
  it('gives the kernel of a camera', () => {
    const { contents, problems } = collect(cellvision, CAMERA)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['kernel'])
    expect(contents.get('kernel')?.toString('latin1').startsWith(lines(1, 300))).toBe(true)
  })

  it('gives the kernel of network storage, and files where there are some', () => {
    const image = fixture('cellvision', 'storage.bin')
    const { contents, problems } = collect(cellvision, image)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['kernel'])
    const files = Buffer.alloc(0x10000, 1)
    image.writeUInt32LE(files.length, 16)
    const both = collect(cellvision, Buffer.concat([image, files]))
    expect(both.problems).toEqual([])
    expect(both.contents.get('files')?.equals(files)).toBe(true)
  })

  it('tells a sum that differs', () => {
    const image = Buffer.from(CAMERA)
    image[100] = 1
    expect(collect(cellvision, image).problems).toMatchObject([{ code: 'checksum', path: 'kernel' }])
  })
})

hostileSuite({ format: cellvision, fixture: CAMERA, needsItsEnd: 'there is one content only' })
