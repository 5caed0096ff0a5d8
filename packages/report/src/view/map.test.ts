import type { MapPart } from '@messlatte/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsOf, mapsOf } from './map.ts'

const part = (offset: number, length: number, format?: string): MapPart => ({
  path: 'fw.bin',
  offset,
  length,
  ...(format === undefined ? { kind: 'unknown' } : { kind: 'format', format }),
})

describe('the map of a file', () => {
  it('gives each stretch to what takes most of it', () => {
    const [file] = mapsOf([part(0, 10, 'a'), part(10, 80, 'b'), part(90, 10)])
    const cells = cellsOf(file as never, 10).map((one) => one?.format ?? one?.kind)
    expect(cells).toEqual(['a', ...Array(8).fill('b'), 'unknown'])
  })

  it('keeps files apart', () => {
    expect(mapsOf([part(0, 4, 'a'), { ...part(0, 8), path: 'other.bin' }])).toMatchObject([
      { path: 'fw.bin', size: 4 },
      { path: 'other.bin', size: 8 },
    ])
  })

  it('fills every cell of parts that lie side by side', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 50 }), (lengths) => {
        let at = 0
        const parts = lengths.map((length, i) => {
          at += length
          return part(at - length, length, `f${i}`)
        })
        const [file] = mapsOf(parts)
        expect(cellsOf(file as never, 60).every((cell) => cell !== undefined)).toBe(true)
      }),
    )
  })
})
