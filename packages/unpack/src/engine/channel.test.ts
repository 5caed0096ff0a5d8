import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FrameKind, frameHeader, frameParser } from './channel.ts'

describe('frames', () => {
  it('come out as they went in, however they were cut on the way', () => {
    const frame = fc.tuple(
      fc.constantFrom<FrameKind>('now', 'entry', 'content', 'now'),
      fc.uint8Array({ maxLength: 200 }),
    )
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 40 }),
        (frames, cuts) => {
          const all = Buffer.concat(
            frames.flatMap(([kind, payload]) => [frameHeader(kind, payload.length), payload]),
          )
          const got: [FrameKind, string][] = []
          const parse = frameParser((kind, payload) => got.push([kind, payload.toString('hex')]))
          for (let at = 0, i = 0; at < all.length; i++) {
            const length = cuts[i % cuts.length] as number
            parse(all.subarray(at, at + length))
            at += length
          }
          expect(got).toEqual(frames.map(([kind, payload]) => [kind, Buffer.from(payload).toString('hex')]))
        },
      ),
    )
  })
})
