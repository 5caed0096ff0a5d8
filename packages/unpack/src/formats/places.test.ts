import { memoryBytes, sliceBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { steppedPlaces, steps, textPlaces } from './places.ts'

const BLOCK = 256 * 1024
/** Something, erased flash, and something again at a place that is no multiple of anything. */
const DUMP = Buffer.concat([
  Buffer.from('mark'),
  Buffer.alloc(BLOCK, 1),
  Buffer.alloc(5 * BLOCK + 100, 0xff),
  Buffer.from('mark'),
  Buffer.alloc(3 * BLOCK),
  Buffer.from('mark'),
])

/** The dump, as it is and as a part of something, at odd places. */
const CONTENTS = [0, 1, 4095, 70_001].map((before) => {
  const whole = memoryBytes(Buffer.concat([Buffer.alloc(before, 7), DUMP]))
  return { before, bytes: sliceBytes(whole, before, DUMP.length) }
})

describe('places in erased flash', () => {
  it.each(CONTENTS)('are those of a text, $before bytes into something', ({ bytes }) => {
    const places = [...textPlaces(bytes, { start: 0, end: bytes.size }, 'mark')]
    expect(places).toEqual([0, 6 * BLOCK + 104, 9 * BLOCK + 108])
  })

  it.each(CONTENTS)('are multiples of the step, $before bytes into something', ({ bytes }) => {
    const region = { start: 0, end: bytes.size }
    for (const step of [512, 65_536]) {
      const places = [...steps(bytes, region, step)]
      expect(places.every((at) => at % step === 0)).toBe(true)
      expect(new Set(places).size).toBe(places.length)
      // All that hold something else than filler, or begin right before it, are among them.
      const told = new Set(places)
      for (let at = 0; at < bytes.size; at += step)
        if (bytes.view(at, Math.min(step, bytes.size - at)).some((byte) => byte !== 0 && byte !== 0xff))
          expect(told.has(at), `${at} in steps of ${step}`).toBe(true)
      expect(places.length).toBeLessThan(bytes.size / step + 1)
    }
  })

  it.each(CONTENTS)('are told by what stands there, $before bytes into something', ({ bytes }) => {
    const region = { start: 0, end: bytes.size }
    const isMark = (window: Uint8Array, at: number) => window[at] === 0x6d && window[at + 3] === 0x6b
    expect([...steppedPlaces(bytes, region, { step: 4, needed: 4 }, isMark)]).toEqual([
      0,
      6 * BLOCK + 104,
      9 * BLOCK + 108,
    ])
  })
})
