import type { Elf } from '@messlatte/unpack'
import { AARCH64 } from './aarch64.ts'
import { ARM } from './arm.ts'
import { mipsSlotsOf, slotsOf } from './imports.ts'
import { mipsCalls } from './mips.ts'
import { type Call, callsThrough, codeOf, type Processor } from './words.ts'
import { X86 } from './x86.ts'

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
  const processor = endian === 'little' ? processorOf(machine, bits) : undefined
  const slots = processor ? slotsOf(elf, names) : new Map<number, string>()
  return processor && slots.size > 0 ? callsThrough(processor, codeOf(elf), slots, MOST_CALLS) : []
}

function processorOf(machine: number, bits: Elf['bits']): Processor | undefined {
  switch (machine) {
    case MACHINE.arm:
      return ARM
    case MACHINE.aarch64:
      return AARCH64
    case MACHINE.x86:
      return bits === 64 ? X86 : undefined
    default:
      return undefined
  }
}
