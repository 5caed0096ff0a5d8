import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { apfs } from './index.ts'

const BLOCK = 4096
/** Blocks of the fixture: the first one, and both areas of its checkpoints. */
const IN_FRONT = 1 + 8 + 52

describe('apfs', () => {
  it('tells where a container ends, that it is recognised only, and shows what lies in it as one content', () => {
    const image = fixture('apfs', 'container.img')
    const found = collect(apfs, Buffer.concat([image, Buffer.alloc(100)]))
    expect(found.region).toEqual({ start: 0, end: image.length })
    expect(found.problems).toMatchObject([{ code: 'unsupported' }])
    expect(found.contents.get('blocks')?.equals(image.subarray(IN_FRONT * BLOCK))).toBe(true)
  })

  it('refuses a first block whose checksum differs', () => {
    const image = fixture('apfs', 'container.img')
    image[2000] = 1
    expect(() => collect(apfs, image)).toThrow('not recognised')
  })
})

hostileSuite({
  format: apfs,
  fixture: fixture('apfs', 'container.img'),
  needsItsEnd: 'what lies in it is one content',
})
