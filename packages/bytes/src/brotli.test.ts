import { brotliCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { BrotliDecoder } from './brotli.ts'

const PLAIN = Buffer.concat([
  Buffer.from(Array.from({ length: 90_000 }, (_, index) => `${(index * 7919) % 104_729}\n`).join('')),
  Buffer.alloc(3_000_000),
])
const PACKED = brotliCompressSync(PLAIN)

function decoded(packed: Uint8Array, step: number): Buffer {
  const decoder = new BrotliDecoder()
  const pieces: Buffer[] = []
  const emit = (piece: Uint8Array) => pieces.push(Buffer.from(piece))
  try {
    for (let at = 0; at < packed.length; at += step) decoder.write(packed.subarray(at, at + step), emit)
    decoder.end(emit)
  } finally {
    decoder.close()
  }
  return Buffer.concat(pieces)
}

describe('Brotli, piece by piece', () => {
  it.each([1000, 65_536, PACKED.length])('gives the same in pieces of %i bytes', (step) => {
    expect(decoded(PACKED, step).equals(PLAIN)).toBe(true)
  })

  it('hands on small pieces of what grows much', () => {
    const decoder = new BrotliDecoder()
    let [most, size] = [0, 0]
    decoder.write(brotliCompressSync(Buffer.alloc(50_000_000)), (piece) => {
      most = Math.max(most, piece.length)
      size += piece.length
    })
    decoder.close()
    expect([most, size]).toEqual([65_536, 50_000_000])
  })

  it('tells what is cut off or damaged, and passes over what is behind', () => {
    expect(() => decoded(PACKED.subarray(0, -9), 4096)).toThrow(/Brotli/)
    const damaged = Buffer.from(PACKED).fill(0xa5, 2000, 2100)
    expect(() => decoded(damaged, 4096)).toThrow(/Brotli/)
    expect(decoded(Buffer.concat([PACKED, Buffer.alloc(5000, 1)]), 4096).equals(PLAIN)).toBe(true)
  })
})
