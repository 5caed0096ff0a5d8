import { expect, it } from 'vitest'
import { memoryBytes } from './bytes.ts'
import { Lens } from './lens.ts'
import { type Endian, Reader } from './reader.ts'

const CONTENT = Buffer.from('ff80017f00c0ffee001fffffffffffff0020000000000000', 'hex')

it.each(['little', 'big'] as const)('reads the numbers that a DataView reads: %s', (endian) => {
  const data = new DataView(CONTENT.buffer, CONTENT.byteOffset, CONTENT.length)
  const little = endian === 'little'
  for (let at = 0; at + 8 <= CONTENT.length; at++) {
    const reader = () => new Reader(CONTENT, endian, at)
    expect(reader().u16()).toBe(data.getUint16(at, little))
    expect(reader().i16()).toBe(data.getInt16(at, little))
    expect(reader().u32()).toBe(data.getUint32(at, little))
    expect(reader().i32()).toBe(data.getInt32(at, little))
    expect(reader().u64()).toBe(data.getBigUint64(at, little))
  }
})

it('takes a count beyond 2^53 for Infinity, and no other', () => {
  expect(new Reader(CONTENT, 'big', 8).size64()).toBe(Number.MAX_SAFE_INTEGER)
  expect(new Reader(CONTENT, 'big', 16).size64()).toBe(Number.POSITIVE_INFINITY)
})

it.each([-1, 21, 22])('refuses numbers that lie outside: at %d', (at) => {
  const reader = new Reader(CONTENT, 'little', at)
  expect(() => reader.u32()).toThrow('lie outside')
  expect(reader.at).toBe(at)
})

it.each<[Endian, number]>([
  ['little', 0xeeff_c000],
  ['big', 0x00c0_ffee],
])('shows through a lens what stands there, in any order, up to the last byte: %s', (endian, word) => {
  const long = Buffer.concat([Buffer.alloc(5000), CONTENT])
  const lens = new Lens(memoryBytes(long), endian)
  expect(lens.u8(5000)).toBe(0xff)
  expect(lens.u32(0)).toBe(0)
  expect(lens.u32(5004)).toBe(word)
  expect(lens.u16(4999)).toBe(endian === 'little' ? 0xff00 : 0x00ff)
  expect(lens.u8(long.length - 1)).toBe(0)
  expect(() => lens.u16(long.length - 1)).toThrow('lie outside')
  expect(() => lens.u8(-1)).toThrow('lie outside')
})
