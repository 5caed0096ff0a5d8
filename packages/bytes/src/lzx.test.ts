import { describe, expect, it } from 'vitest'
import { createLzx, lzxChunk } from './lzx.ts'

/** Bits as they lie in words of 16, little endian. */
function words(...fields: readonly (readonly [value: number, bits: number])[]): Buffer {
  const text = fields.map(([value, bits]) => value.toString(2).padStart(bits, '0')).join('')
  const whole = text.padEnd(Math.ceil(text.length / 16) * 16, '0')
  return Buffer.from(whole.match(/.{16}/g)?.flatMap((word) => [...u16(Number.parseInt(word, 2))]) ?? [])
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

/** Not translated; a block that is not compressed: so many bytes. */
function raw(size: number, content: Uint8Array): Buffer {
  return Buffer.concat([words([0, 1], [3, 3], [size, 24]), Buffer.alloc(12, 1), content])
}

describe('lzx', () => {
  it('takes blocks that are not compressed, over frames, with a byte behind an odd number of them', () => {
    const lzx = createLzx(15)
    expect(lzx.frame(raw(5, Buffer.from('abc')), 3).toString()).toBe('abc')
    const next = Buffer.concat([
      Buffer.from('de\0'),
      words([3, 3], [2, 24]).subarray(0, 4),
      Buffer.alloc(12, 1),
    ])
    expect(lzx.frame(Buffer.concat([next, Buffer.from('fg')]), 4).toString()).toBe('defg')
  })

  it.each([
    ['a window that there is not', () => createLzx(14), /2\^14/],
    ['a frame that is too long', () => createLzx(15).frame(new Uint8Array(9), 32_769), /frame of 32769/],
    ['no bytes', () => createLzx(15).frame(new Uint8Array(0), 1), /empty block|ends within/],
    ['an empty block', () => createLzx(15).frame(raw(0, Buffer.alloc(9)), 1), /empty block/],
    ['a type that there is not', () => createLzx(15).frame(words([0, 1], [7, 3], [9, 24]), 1), /type 7/],
    ['a block that is cut', () => createLzx(15).frame(raw(9, Buffer.from('abc')), 9), /ends within a block/],
    [
      'a head that is cut',
      () => createLzx(15).frame(raw(9, Buffer.alloc(0)).subarray(0, 9), 9),
      /head of a block/,
    ],
    [
      'codes that mean nothing',
      () =>
        createLzx(15).frame(words([0, 1], [1, 3], [9, 24], [0, 16], [0, 16], [0, 16], [0, 16], [0, 16]), 9),
      /means nothing/,
    ],
  ])('refuses %s', (_, decode, why) => {
    expect(decode).toThrow(why)
  })
})

describe('lzx in Windows images', () => {
  it('takes a chunk whose block tells its size in 16 bits, and makes calls relative', () => {
    const content = Buffer.alloc(20)
    content[4] = 0xe8
    content.writeInt32LE(0x100, 5)
    const chunk = Buffer.concat([words([3, 3], [0, 1], [20, 16]), Buffer.alloc(12, 1), content])
    const relative = Buffer.from(content)
    relative.writeInt32LE(0x100 - 4, 5)
    expect(lzxChunk(15, chunk, 20)).toEqual(relative)
    expect(() => lzxChunk(15, chunk, 32_769)).toThrow(/frame of 32769/)
  })
})
