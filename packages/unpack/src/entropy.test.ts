import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { describeBytes } from './entropy.ts'

function noise(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256').update(`${index}`).digest(),
  )
  return Buffer.concat(blocks).subarray(0, length)
}

function guessOf(content: Buffer): string {
  return describeBytes(memoryBytes(content), 0, content.length).guess
}

describe('describeBytes', () => {
  it('gives entropy and chi-square', () => {
    const flat = Buffer.from(Array.from({ length: 4096 }, (_, index) => index & 0xff))
    expect(describeBytes(memoryBytes(flat), 0, 4096)).toMatchObject({ entropy: 8, chiSquare: 0 })
    expect(describeBytes(memoryBytes(Buffer.alloc(512)), 0, 512)).toMatchObject({
      entropy: 0,
      chiSquare: 512 * 255,
      guess: 'sparse',
    })
    expect(describeBytes(memoryBytes(Buffer.alloc(4)), 2, 0)).toMatchObject({ entropy: 0, chiSquare: 0 })
  })

  it('says of even bytes that they are compressed or encrypted, of uneven ones with high entropy that they are compressed', () => {
    for (const length of [300, 5000, 69_632, 1_000_000])
      expect(guessOf(noise(length))).toBe('compressed-or-encrypted')
    const words = Array.from(
      { length: 120_000 },
      (_, index) => `${Math.imul(index, 2_654_435_761) >>> 7} `,
    ).join('')
    const packed = deflateRawSync(Buffer.from(words), { level: 1 })
    expect(guessOf(packed)).toBe('compressed')
  })

  it('does not take for a table what a cipher wrote that takes each block by itself', () => {
    const blocks = noise(40_000)
    const twice = Buffer.alloc(80_000)
    for (let at = 0; at < blocks.length; at += 16) {
      blocks.copy(twice, 2 * at, at, at + 16)
      blocks.copy(twice, 2 * at + 16, at, at + 16)
    }
    expect(guessOf(twice)).toBe('compressed-or-encrypted')
    // Records that are alike in half of their bytes, and otherwise as even.
    const records = Buffer.alloc(80_000)
    for (let at = 0; at < records.length; at += 16) {
      noise(8 * (at / 256 + 1))
        .subarray(-8)
        .copy(records, at)
      blocks.copy(records, at + 8, at / 2, at / 2 + 8)
    }
    expect(guessOf(records)).toBe('table')
  })

  it('knows text, tables, and what is neither', () => {
    expect(guessOf(Buffer.alloc(9000, 'some words, and a number: 12\n'))).toBe('text')
    const table = Buffer.alloc(40_000)
    for (let at = 0; at + 8 <= table.length; at += 8) {
      table.writeUInt32LE(at * 7, at)
      table.writeUInt16LE(at & 3, at + 4)
    }
    expect(guessOf(table)).toBe('table')
    expect(guessOf(noise(40_000).map((byte) => byte & 0x1f) as Buffer)).toBe('data')
    expect(guessOf(noise(100))).toBe('data')
  })

  it('knows code, also where it is a smaller part beside its constants', () => {
    const words = [
      0xe92d4010, 0xe1a04000, 0xe3a01000, 0xe5942004, 0xeb000010, 0xe5840008, 0xe2800001, 0xe8bd8010,
    ]
    const code = Buffer.alloc(20_000)
    for (let at = 0; at < code.length; at += 4) code.writeUInt32LE(words[(at / 4) % 8] as number, at)
    const constants = noise(40_000).map((byte) => byte & 0x1f)
    expect(guessOf(Buffer.concat([code, constants, Buffer.alloc(90_000)]))).toBe('code')
  })
})
