import type { Call, Code } from './words.ts'

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

/** Calls on x86-64: `call` to a stub that jumps through a slot, or through the slot itself (Intel SDM, volume 2). */
export function x86Calls(
  codes: readonly Code[],
  slots: ReadonlyMap<number, string>,
  most: number,
): readonly Call[] {
  const stubs = new Map(codes.flatMap((code) => stubsIn(code, slots)))
  const calls: Call[] = []
  for (const { view, address, offset } of codes) {
    for (let at = 0; at + 6 <= view.byteLength && calls.length < most; at++) {
      const opcode = view.getUint8(at)
      let name: string | undefined
      if (opcode === 0xe8) name = stubs.get(address + at + 5 + view.getInt32(at + 1, true))
      else if (opcode === 0xff && view.getUint8(at + 1) === 0x15)
        name = slots.get(address + at + 6 + view.getInt32(at + 2, true))
      if (name !== undefined) calls.push({ name, offset: offset + at, constants: constantsBefore(view, at) })
    }
  }
  return calls
}

/** `jmp *slot(%rip)`, perhaps behind `bnd` and `endbr64`. */
function stubsIn(
  { view, address }: Code,
  slots: ReadonlyMap<number, string>,
): readonly (readonly [number, string])[] {
  const stubs: (readonly [number, string])[] = []
  for (let at = 0; at + 6 <= view.byteLength; at++) {
    if (view.getUint8(at) !== 0xff || view.getUint8(at + 1) !== 0x25) continue
    const name = slots.get(address + at + 6 + view.getInt32(at + 2, true))
    if (name === undefined) continue
    const bound = at >= 1 && view.getUint8(at - 1) === 0xf2 ? 1 : 0
    const start = at - bound
    stubs.push([address + start, name])
    if (start >= 4 && view.getUint32(start - 4, true) === 0xfa1e0ff3) stubs.push([address + start - 4, name])
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
