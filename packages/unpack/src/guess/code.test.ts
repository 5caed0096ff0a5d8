import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { codeIn } from './code.ts'

const NOISE = Buffer.concat(
  Array.from({ length: 1024 }, (_, index) => createHash('sha256').update(`${index}`).digest()),
)

/** A function as compilers write it, over and over, with operands that differ. */
function program(words: readonly number[], little: boolean, vary: number): Buffer {
  const code = Buffer.alloc(4096)
  for (let at = 0; at < code.length; at += 4) {
    const index = at / 4
    const word = ((words[index % words.length] as number) + ((index * 8) & vary)) >>> 0
    if (little) code.writeUInt32LE(word, at)
    else code.writeUInt32BE(word, at)
  }
  return code
}

const ARM = [0xe92d4010, 0xe1a04000, 0xe3a01000, 0xe5942004, 0xeb000010, 0xe5840008, 0xe2800001, 0xe8bd8010]
const AARCH64 = [
  0xa9be7bfd, 0x910003fd, 0xf9000bf3, 0xaa0003f3, 0x94000010, 0xf9400e60, 0x52800001, 0xd65f03c0,
]
const MIPS = [0x27bdffe0, 0xafbf001c, 0x3c1c0042, 0x8f998018, 0x0320f809, 0x24040010, 0x10400004, 0x00402021]

describe('codeIn', () => {
  it('knows words of ARM, AArch64 and MIPS, also where they are not aligned', () => {
    expect(codeIn(program(ARM, true, 0x38))).toBe('arm')
    expect(codeIn(program(AARCH64, true, 0))).toBe('aarch64')
    expect(codeIn(program(MIPS, false, 0x38))).toBe('mips-big')
    expect(codeIn(program(MIPS, true, 0x38))).toMatch(/^mips/)
    expect(codeIn(Buffer.concat([Buffer.alloc(1), program(ARM, true, 0x38)]))).toBe('arm')
  })

  it('knows the frames of Xtensa', () => {
    const one = Buffer.from('36410021feff0c028802e50100820212c1f00df01df00c0800', 'hex')
    expect(codeIn(Buffer.concat(Array.from({ length: 160 }, () => one)))).toBe('xtensa')
  })

  it('does not take noise, numbers, addresses or text for code', () => {
    for (let at = 0; at + 4096 <= NOISE.length; at += 4096)
      expect(codeIn(NOISE.subarray(at, at + 4096))).toBeUndefined()
    const counted = (step: number, base: number) => {
      const words = Buffer.alloc(4096)
      for (let at = 0; at < words.length; at += 4) words.writeUInt32LE((base + at * step) >>> 0, at)
      return words
    }
    for (const words of [
      counted(1, 0),
      counted(3, 0x8000_0000),
      counted(5, 0xe100_0000),
      counted(1, 0x2400_0000),
    ])
      expect(codeIn(words)).toBeUndefined()
    expect(codeIn(Buffer.alloc(4096, 'The quick brown fox jumps over the lazy dog. '))).toBeUndefined()
  })
})
