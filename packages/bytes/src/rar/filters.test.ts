import { describe, expect, it } from 'vitest'
import { DecodeError } from '../stream-end.ts'
import { Filtered } from './filtered.ts'
import { rarArm, rarDelta, rarX86 } from './filters.ts'

describe('filters of RAR', () => {
  it('makes branches of ARM relative again, counted in words from the start of the file', () => {
    const code = Uint8Array.from([0x10, 0, 0, 0xeb, 0x10, 0, 0, 0xea, 0x10, 0, 0, 0xeb, 1])
    expect([...rarArm(code, 8)]).toEqual([0x0e, 0, 0, 0xeb, 0x10, 0, 0, 0xea, 0x0c, 0, 0, 0xeb, 1])
  })

  it('makes calls relative again, and jumps where they are asked for', () => {
    const code = () => Uint8Array.from([0xe8, 0x20, 0, 0, 0, 0xe9, 0x20, 0, 0, 0, 0x90])
    expect([...rarX86(false)(code(), 0x10)]).toEqual([0xe8, 0x0f, 0, 0, 0, 0xe9, 0x20, 0, 0, 0, 0x90])
    expect([...rarX86(true)(code(), 0x10)]).toEqual([0xe8, 0x0f, 0, 0, 0, 0xe9, 0x0a, 0, 0, 0, 0x90])
  })

  it('takes targets before the start for such, and leaves those alone that lie too far away', () => {
    const code = Uint8Array.from([0xe8, 0xff, 0xff, 0xff, 0xff, 0xe8, 0, 0, 0, 1, 0xe8, 0, 0, 0, 0x80, 0x90])
    expect([...rarX86(false)(code, 0)]).toEqual([
      ...[0xe8, 0xff, 0xff, 0xff, 0],
      ...[0xe8, 0, 0, 0, 1],
      ...[0xe8, 0, 0, 0, 0x80, 0x90],
    ])
  })

  it('adds up the differences of each channel', () => {
    expect([...rarDelta(2)(Uint8Array.from([0xff, 0xff, 0xff, 0xfe, 0xfe]), 0)]).toEqual([1, 2, 2, 4, 3])
  })
})

describe('what comes out through filters', () => {
  const invert = (data: Uint8Array) => data.map((byte) => byte ^ 0xff)
  const collected = () => {
    const out: number[] = []
    return { out, filtered: new Filtered((chunk) => void out.push(...chunk)) }
  }

  it('is filtered on its stretches, however it is cut', () => {
    const { out, filtered } = collected()
    filtered.add(1, 3, 0, invert)
    filtered.add(4, 1, 0, invert)
    filtered.add(4, 1, 0, (data) => data.map((byte) => byte - 1))
    for (const byte of [1, 2, 3, 4, 5, 6]) filtered.take(Uint8Array.of(byte))
    filtered.endOfFile()
    expect(out).toEqual([1, 253, 252, 251, 249, 6])
  })

  it('has no filter that overlaps with another, or with what is out, or reaches over the end', () => {
    const { filtered } = collected()
    filtered.take(Uint8Array.of(1, 2))
    expect(() => filtered.add(1, 3, 0, invert)).toThrow(DecodeError)
    filtered.add(2, 3, 0, invert)
    expect(() => filtered.add(4, 3, 0, invert)).toThrow(DecodeError)
    expect(() => filtered.endOfFile()).toThrow(DecodeError)
  })
})
