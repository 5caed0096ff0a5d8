import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { cloop } from './index.ts'

/** `seq 1 6000` and zeros. */
const IMAGE = Buffer.alloc(65_536)
IMAGE.write(Array.from({ length: 6000 }, (_, index) => `${index + 1}\n`).join(''))

describe('cloop', () => {
  it.each(['image.cloop', 'zlib.uzip', 'lzma.uzip', 'zstd.uzip'])('unpacks %s', (name) => {
    const { contents, problems } = collect(cloop, fixture('cloop', name))
    expect(problems).toEqual([])
    expect(contents.get('contents')?.equals(IMAGE)).toBe(true)
  })

  it('shows a damaged block as zeros and goes on', () => {
    const image = fixture('cloop', 'zlib.uzip')
    const at = Number(image.readBigUInt64BE(136))
    image.fill(0xff, at, at + 20)
    const { contents, problems } = collect(cloop, image)
    expect(problems).toMatchObject([{ message: '1 blocks are damaged and shown as zeros', path: 'contents' }])
    expect(contents.get('contents')?.subarray(16_384).equals(IMAGE.subarray(16_384))).toBe(true)
    expect(contents.get('contents')?.subarray(0, 16_384)).toEqual(Buffer.alloc(16_384))
  })

  it('tells where the image ends within its blocks', () => {
    const image = fixture('cloop', 'image.cloop')
    const { contents, problems } = collect(cloop, image.subarray(0, -100))
    expect(problems).toContainEqual(expect.objectContaining({ code: 'truncated', path: 'contents' }))
    expect(contents.get('contents')?.subarray(0, 16_384).equals(IMAGE.subarray(0, 16_384))).toBe(true)
  })
})

for (const name of ['image.cloop', 'zstd.uzip'])
  hostileSuite({ format: cloop, fixture: fixture('cloop', name), needsItsEnd: 'its one content is cut' })
