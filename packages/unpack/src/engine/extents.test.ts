import type { Extent } from '@messlatte/bytes'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { extentsIn, sharedExtents } from './extents.ts'

const size = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const word = fc.integer({ min: 0, max: 0xffffffff })
const extent: fc.Arbitrary<Extent> = fc.oneof(
  fc.record({ at: size, length: size, from: size }, { noNullPrototype: true }),
  fc.record({ at: size, length: size, fill: word }, { noNullPrototype: true }),
)

it('gives other threads the same extents', () => {
  fc.assert(
    fc.property(fc.array(extent), (extents) => {
      expect(extentsIn(sharedExtents(extents) as SharedArrayBuffer)).toEqual(extents)
    }),
  )
})

it('shares none of which one is packed', () => {
  const packed = { from: 0, length: 3, size: 9, method: 'zlib' } as unknown as Extract<
    Extent,
    { packed: unknown }
  >['packed']
  expect(
    sharedExtents([
      { at: 0, length: 1, fill: 0 },
      { at: 1, length: 9, packed },
    ]),
  ).toBeUndefined()
})
