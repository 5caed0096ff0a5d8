import type { Elf } from '@messlatte/unpack'
import { aarch64Calls } from './aarch64.ts'
import { armCalls } from './arm.ts'
import { mipsSlotsOf, slotsOf } from './imports.ts'
import { mipsCalls } from './mips.ts'
import { type Call, codeOf } from './words.ts'
import { x86Calls } from './x86.ts'

export type { Call } from './words.ts'

const MACHINE = { mips: 8, arm: 40, x86: 62, aarch64: 183 } as const
const MOST_CALLS = 1000

/** Calls of imported functions in a program, in the order of its code; none for processors that are not read. */
export function callsOf(elf: Elf, names: ReadonlySet<string>): readonly Call[] {
  const { machine, bits, endian } = elf
  if (machine === MACHINE.mips && bits === 32) {
    const slots = mipsSlotsOf(elf, names)
    return slots.size === 0 ? [] : mipsCalls(codeOf(elf), slots, endian === 'little', MOST_CALLS)
  }
  if (endian !== 'little') return []
  const slots = slotsOf(elf, names)
  if (slots.size === 0) return []
  switch (machine) {
    case MACHINE.arm:
      return armCalls(codeOf(elf), slots, MOST_CALLS)
    case MACHINE.aarch64:
      return aarch64Calls(codeOf(elf), slots, MOST_CALLS)
    case MACHINE.x86:
      return bits === 64 ? x86Calls(codeOf(elf), slots, MOST_CALLS) : []
    default:
      return []
  }
}
