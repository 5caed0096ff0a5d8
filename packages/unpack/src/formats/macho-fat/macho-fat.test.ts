import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { machoFat } from './index.ts'

const TWO = fixture('macho-fat', 'two.o')

/** A program in a table whose numbers have 64 bits. */
function wide(program: Buffer): Buffer {
  const head = Buffer.alloc(64)
  head.writeUInt32BE(0xcafebabf, 0)
  head.writeUInt32BE(1, 4)
  head.writeUInt32BE(0x0100_000c, 8)
  head.writeBigUInt64BE(64n, 16)
  head.writeBigUInt64BE(BigInt(program.length), 24)
  head.writeUInt32BE(3, 32)
  return Buffer.concat([head, program])
}

describe('macho-fat', () => {
  it('gives the program for each processor', () => {
    const { contents, problems } = collect(machoFat, TWO)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['x86_64', 'arm'])
    expect(contents.get('x86_64')?.equals(fixture('macho', 'x86_64.o'))).toBe(true)
    expect(contents.get('arm')?.equals(fixture('macho', 'armv7.o'))).toBe(true)
  })

  it('reads tables of 64 bits, and tells a part that is cut off', () => {
    const program = fixture('macho', 'arm64.o')
    expect(collect(machoFat, wide(program)).contents.get('arm64')?.equals(program)).toBe(true)
    const cut = collect(machoFat, TWO.subarray(0, TWO.length - 100))
    expect(cut.problems).toMatchObject([{ code: 'truncated', path: 'arm' }])
  })
})

hostileSuite({ format: machoFat, fixture: TWO })
hostileSuite({
  format: machoFat,
  fixture: wide(fixture('macho', 'arm64.o')),
  needsItsEnd: 'its only part ends with it',
})
