import type { Code, Processor } from './words.ts'

/** Bytes before a call in which its arguments are sought. */
const REACH = 48
const ARGUMENTS: ReadonlyMap<number, number> = new Map([
  [0xbf, 0],
  [0xbe, 1],
  [0xba, 2],
])
const CLEARED: ReadonlyMap<number, number> = new Map([
  [0xff, 0],
  [0xf6, 1],
  [0xd2, 2],
])

/** x86-64: `call` to a stub that jumps through a word, or through the word itself (Intel SDM, volume 2). */
export const X86: Processor = {
  step: 1,
  stubs: stubsIn,
  branchAt({ view, address }, at) {
    const opcode = view.getUint8(at)
    if (opcode !== 0xe8 && (opcode !== 0xff || view.getUint8(at + 1) !== 0x15)) return []
    const constants = () => constantsBefore(view, at)
    if (opcode === 0xe8) return [{ target: address + at + 5 + view.getInt32(at + 1, true), constants }]
    return [{ slot: address + at + 6 + view.getInt32(at + 2, true), constants }]
  },
}

/** `jmp *slot(%rip)`, perhaps behind `bnd` and `endbr64`. */
function stubsIn({ view, address }: Code): readonly (readonly [number, number])[] {
  const stubs: (readonly [number, number])[] = []
  for (let at = 0; at + 6 <= view.byteLength; at++) {
    if (view.getUint8(at) !== 0xff || view.getUint8(at + 1) !== 0x25) continue
    const slot = address + at + 6 + view.getInt32(at + 2, true)
    const start = at >= 1 && view.getUint8(at - 1) === 0xf2 ? at - 1 : at
    stubs.push([address + start, slot])
    if (start >= 4 && view.getUint32(start - 4, true) === 0xfa1e0ff3) stubs.push([address + start - 4, slot])
  }
  return stubs
}

/** Backwards the length of instructions is not known: only a chain of those that set up arguments counts. */
function constantsBefore(view: DataView, call: number): ReadonlyMap<number, number> {
  const constants = new Map<number, number>()
  const seen = new Set<number>()
  let at = call
  while (at > Math.max(8, call - REACH)) {
    const step = instructionBefore(view, at)
    if (!step) break
    at -= step.length
    if (step.argument === undefined || seen.has(step.argument)) continue
    seen.add(step.argument)
    if (step.value !== undefined) constants.set(step.argument, step.value)
  }
  return constants
}

interface Step {
  readonly length: number
  readonly argument?: number
  readonly value?: number
}

function instructionBefore(view: DataView, at: number): Step | undefined {
  const byte = (back: number) => view.getUint8(at - back)
  // `mov $value, %esi` and its like.
  const moved = ARGUMENTS.get(byte(5))
  if (moved !== undefined) return { length: 5, argument: moved, value: view.getUint32(at - 4, true) }
  if (byte(2) === 0x31) {
    const cleared = CLEARED.get(byte(1))
    if (cleared !== undefined) return { length: 2, argument: cleared, value: 0 }
    if (byte(1) === 0xc0) return { length: 2 }
  }
  // `mov $0, %eax`: the count of vector registers of a variadic call.
  if (byte(5) === 0xb8) return { length: 5 }
  // `mov %reg, %rdi` and loads of it; `mov -8(%rbp), %rax`, `mov %rax, %rdi`.
  if (isWide(byte(3)) && byte(2) === 0x89 && (byte(1) & 0xc7) === 0xc7) return { length: 3, argument: 0 }
  if (isWide(byte(4)) && byte(3) === 0x8b && (byte(2) & 0xc0) === 0x40) return { length: 4 }
  return undefined
}

function isWide(prefix: number): boolean {
  return prefix === 0x48 || prefix === 0x4c
}
