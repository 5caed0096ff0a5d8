import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DecodeError, memoryBytes, ppmdStream } from '../index.ts'

const read = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url))
const PLAIN = read('plain.bin')
const PACKED = read('plain.ppmd')
const [ORDER, MEMORY] = [8, 2 ** 16]

function unpacked(packed: Uint8Array, order = ORDER, memory = MEMORY, size = PLAIN.length): Buffer {
  const chunks: Buffer[] = []
  ppmdStream(memoryBytes(packed), order, memory, size, (chunk) => void chunks.push(Buffer.from(chunk)))
  return Buffer.concat(chunks)
}

describe('ppmd', () => {
  it('gives back what 7-Zip packed, also where the memory of the model is full again and again', () => {
    expect(unpacked(PACKED).equals(PLAIN)).toBe(true)
  })

  it('gives something else with another order, or with other memory', () => {
    const other = (order: number, memory: number) => {
      try {
        return unpacked(PACKED, order, memory).equals(PLAIN)
      } catch (error) {
        return !(error instanceof DecodeError)
      }
    }
    expect(other(ORDER - 1, MEMORY)).toBe(false)
    expect(other(ORDER, 2 * MEMORY)).toBe(false)
  })

  it('refuses properties that there are none of, and more memory than it gives', () => {
    expect(() => unpacked(PACKED, 1)).toThrow(/properties/)
    expect(() => unpacked(PACKED, 65)).toThrow(/properties/)
    expect(() => unpacked(PACKED, ORDER, 1024)).toThrow(/properties/)
    expect(() => unpacked(PACKED, ORDER, 2 ** 30)).toThrow(/memory/)
  })

  it('delivers what comes before a cut', () => {
    const chunks: Buffer[] = []
    const cut = memoryBytes(PACKED.subarray(0, PACKED.length >> 1))
    const read = () =>
      ppmdStream(cut, ORDER, MEMORY, PLAIN.length, (chunk) => void chunks.push(Buffer.from(chunk)))
    expect(read).toThrow(/ends early/)
    const there = Buffer.concat(chunks)
    expect(there.length).toBeGreaterThan(1000)
    expect(there.equals(PLAIN.subarray(0, there.length))).toBe(true)
  })

  it('ends in order when it is damaged', () => {
    for (let at = 0; at < PACKED.length; at += 97) {
      const damaged = Buffer.from(PACKED)
      damaged[at] = (damaged[at] as number) ^ (1 << (at % 8))
      try {
        unpacked(damaged)
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError)
      }
    }
  })
})
