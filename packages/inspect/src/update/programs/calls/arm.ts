import type { Code, Processor } from './words.ts'

const REACH = 24

/**
 * ARM with 32 bits, in both instruction sets: a branch to a stub that loads the program counter from a word (Arm Architecture
 * Reference Manual, ARMv7-A, A8). Code is little endian.
 */
export const ARM: Processor = {
  step: 2,
  stubs: stubsIn,
  branchAt({ view, address }, at) {
    const arm = at % 4 === 0 ? armTarget(view.getUint32(at, true), address + at) : undefined
    const thumb = thumbTarget(view.getUint16(at, true), view.getUint16(at + 2, true), address + at)
    return [
      ...(arm === undefined ? [] : [{ target: arm, constants: () => armConstants(view, at) }]),
      ...(thumb === undefined ? [] : [{ target: thumb, constants: () => thumbConstants(view, at) }]),
    ]
  },
}

/** `add ip, pc, #a; add ip, ip, #b; ldr pc, [ip, #c]!`; a stub for Thumb (`bx pc; nop`) may stand before it. */
function stubsIn({ view, address }: Code): readonly (readonly [number, number])[] {
  const stubs: (readonly [number, number])[] = []
  for (let at = 0; at + 12 <= view.byteLength; at += 4) {
    const first = view.getUint32(at, true)
    if ((first & 0xfffff000) >>> 0 !== 0xe28fc000) continue
    const [second, third] = [view.getUint32(at + 4, true), view.getUint32(at + 8, true)]
    if ((second & 0xfffff000) >>> 0 !== 0xe28cc000 || (third & 0xfffff000) >>> 0 !== 0xe5bcf000) continue
    const slot = (address + at + 8 + immediate(first) + immediate(second) + (third & 0xfff)) >>> 0
    stubs.push([address + at, slot])
    if (at >= 4 && view.getUint16(at - 4, true) === 0x4778) stubs.push([address + at - 4, slot])
  }
  return stubs
}

/** Eight bits, rotated to the right by twice four bits. */
function immediate(word: number): number {
  const [value, turns] = [word & 0xff, ((word >>> 8) & 15) * 2]
  return turns === 0 ? value : ((value >>> turns) | (value << (32 - turns))) >>> 0
}

/** `bl` and `blx`. */
function armTarget(word: number, at: number): number | undefined {
  if (word >>> 24 === 0xeb || word >>> 25 === 0b1111101) return (at + 8 + ((word << 8) >> 6)) >>> 0
  return undefined
}

/** `bl` and `blx`; the latter goes to a whole word. */
function thumbTarget(high: number, low: number, at: number): number | undefined {
  if ((high & 0xf800) !== 0xf000 || (low & 0xc000) !== 0xc000) return undefined
  const sign = (high >>> 10) & 1
  const [j1, j2] = [(low >>> 13) & 1, (low >>> 11) & 1]
  const bits = (sign << 24) | ((1 - (j1 ^ sign)) << 23) | ((1 - (j2 ^ sign)) << 22)
  const distance = ((bits | ((high & 0x3ff) << 12) | ((low & 0x7ff) << 1)) << 7) >> 7
  const isArm = (low & 0x1000) === 0
  const base = isArm ? Math.floor((at + 4) / 4) * 4 : at + 4
  return (base + (isArm ? distance & ~3 : distance)) >>> 0
}

function armConstants(view: DataView, call: number): ReadonlyMap<number, number> {
  const constants = new Map<number, number>()
  const seen = new Set<number>()
  for (let at = call - 4; at >= Math.max(0, call - 4 * REACH); at -= 4) {
    const word = view.getUint32(at, true)
    // Branches, and whatever loads or moves the program counter.
    if ((word & 0x0e000000) === 0x0a000000 || word >>> 25 === 0b1111101 || (word & 0x0ffffff0) === 0x012fff10)
      break
    const target = (word >>> 12) & 15
    if (target > 3 || seen.has(target)) continue
    seen.add(target)
    if ((word & 0xffef0000) >>> 0 === 0xe3a00000) constants.set(target, immediate(word))
    else if ((word & 0xfff00000) >>> 0 === 0xe3000000)
      constants.set(target, ((word >>> 4) & 0xf000) | (word & 0xfff))
  }
  return constants
}

/**
 * Backwards the length of instructions is not known: only `movs` and `mov` right before the call count, one after the other,
 * and none that could be the second half of a longer instruction.
 */
function thumbConstants(view: DataView, call: number): ReadonlyMap<number, number> {
  const constants = new Map<number, number>()
  const seen = new Set<number>()
  for (let at = call - 2; at >= Math.max(4, call - 2 * REACH); at -= 2) {
    const [first, second] = [view.getUint16(at - 4, true), view.getUint16(at - 2, true)]
    if (second >= 0xe800 && thumbTarget(first, second, 0) === undefined) break
    const half = view.getUint16(at, true)
    const isConstant = (half & 0xf800) === 0x2000
    const isMove = (half & 0xff00) === 0x4600
    if (!isConstant && !isMove) break
    const target = isConstant ? (half >>> 8) & 7 : (half & 7) | ((half >>> 4) & 8)
    if (isConstant && target < 4 && !seen.has(target)) constants.set(target, half & 0xff)
    seen.add(target)
  }
  return constants
}
