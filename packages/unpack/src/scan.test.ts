import { BytesError, memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { LeafFormat } from './contract.ts'
import { createScanner } from './scan.ts'

function format(name: string, bytes: string, at: number, carve = true): LeafFormat {
  return {
    kind: 'leaf',
    name,
    title: '',
    references: [],
    limits: [],
    magic: [{ bytes, at }],
    carve,
    recognise: () => undefined,
  }
}

const scanner = createScanner([
  format('a', 'MAGA', 0),
  format('deep', 'ustar', 257),
  format('weak', 'W!', 0, false),
  format('binary', '\x1f\x8b\x08', 0),
])

function imageWith(...marks: readonly (readonly [number, string])[]): Buffer {
  const image = Buffer.alloc(400_000)
  for (const [at, text] of marks) image.write(text, at, 'latin1')
  return image
}

describe('the scanner', () => {
  it('finds starts across windows, also those that straddle two', () => {
    for (const at of [0, 5, 131_070, 131_071, 131_072, 262_143, 399_990]) {
      const bytes = memoryBytes(imageWith([at, 'MAGA']))
      expect(scanner.next(bytes, 0)).toBe(at)
      expect(scanner.next(bytes, at + 1)).toBeUndefined()
    }
  })

  it('counts back from a magic that lies deep in its format', () => {
    const bytes = memoryBytes(imageWith([1000 + 257, 'ustar']))
    expect(scanner.next(bytes, 0)).toBe(1000)
    expect(scanner.next(bytes, 1001)).toBeUndefined()
  })

  it('does not search for weak magics, but knows them at a start', () => {
    const bytes = memoryBytes(imageWith([0, 'W!'], [500, 'W!']))
    expect(scanner.next(bytes, 1)).toBeUndefined()
    expect(scanner.startingAt(bytes, 0).map((one) => one.name)).toEqual(['weak'])
  })

  it('knows what stands at a start where a block further on cannot be read', () => {
    const image = imageWith([0, 'W!'])
    const bytes = {
      size: image.length,
      view(at: number, length: number) {
        if (at + length > 20_000) throw new BytesError('unreadable', 'damaged')
        return image.subarray(at, at + length)
      },
      copy: () => {},
    }
    const far = createScanner([format('far', 'CD001', 32_769), format('weak', 'W!', 0, false)])
    expect(far.startingAt(bytes, 0).map((one) => one.name)).toEqual(['weak'])
  })

  it('finds binary magics among high bytes', () => {
    const image = Buffer.alloc(300_000, 0xfe)
    image.write('\x1f\x8b\x08', 200_000, 'latin1')
    expect(scanner.next(memoryBytes(image), 0)).toBe(200_000)
  })
})
