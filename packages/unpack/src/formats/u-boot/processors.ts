import type { Processor } from './find.ts'

const R_386_RELATIVE = 8
const R_ARM_RELATIVE = 23
const R_RISCV_64 = 2
const R_RISCV_RELATIVE = 3
/** ELF: the largest index of a section of a program, the special ones, and how long a table of names may be. */
const MOST_SECTIONS = 64
const SPECIAL_SECTIONS = 0xff00
const MOST_NAMES = 1024 * 1024

/** arch/arm/lib/vectors.S: behind a branch, seven vectors that load an address from the same distance. */
export const ARM: Processor = {
  start: '\x14\xf0\x9f\xe5'.repeat(7),
  starts: [4],
  entry: 8,
  relocates: (window, at) => window.readUInt32LE(at + 4) === R_ARM_RELATIVE,
  follows: () => false,
}

/** arch/x86/cpu/start.S: no interrupts, strings upwards, and caches off. */
export const X86: Processor = {
  start: '\xfa\xfc\x0f\x20\xc0\x0d\0\0\0\x60\x0f\x22\xc0\x0f\x09\xbd',
  starts: [0],
  entry: 8,
  relocates: (window, at) => window.readUInt32LE(at + 4) === R_386_RELATIVE,
  follows: () => false,
}

/**
 * arch/riscv/cpu/start.S keeps what it got in a0 and a1, clears gp and asks for an address; at the level of the machine it
 * asks for its number first. Other relocations and the symbols that they name follow, of one size.
 */
export const RISCV64: Processor = {
  start: '\x2a\x82\xae\x84\x93\x01\0\0\x97',
  starts: [0, 4],
  before: '\x73\x25\x40\xf1',
  entry: 24,
  relocates: (window, at) => typeOf(window, at) === R_RISCV_RELATIVE,
  follows: (window, at) => {
    const type = typeOf(window, at)
    return type === R_RISCV_64 || type === R_RISCV_RELATIVE || isSymbol(window, at)
  },
}

/** Type of an Elf64_Rela without a symbol's upper half. */
function typeOf(window: Buffer, at: number): number {
  return window.readUInt32LE(at + 4) === 0 ? window.readUInt32LE(at + 8) : 0
}

/** Elf64_Sym of a symbol that others may use, or the first one, which is empty. */
function isSymbol(window: Buffer, at: number): boolean {
  const section = window.readUInt16LE(at + 6)
  const sections = section < MOST_SECTIONS || section >= SPECIAL_SECTIONS
  return window.readUInt32LE(at) < MOST_NAMES && (window[at + 5] as number) <= 3 && sections
}
