import type { Code, Processor } from './words.ts'

/** Instructions before a call in which its arguments are sought. */
const REACH = 24

/**
 * AArch64: `bl` to a stub that loads from a word (Arm Architecture Reference Manual for A-profile, C6). Code is little endian.
 */
export const AARCH64: Processor = {
  step: 4,
  stubs: stubsIn,
  branchAt({ view, address }, at) {
    const word = view.getUint32(at, true)
    if (word >>> 26 !== 0b100101) return []
    return [{ target: address + at + ((word << 6) >> 4), constants: () => constantsBefore(view, at) }]
  },
}

/** `adrp x16, page; ldr x17, [x16, #offset]; …; br x17`, perhaps behind `bti c`. */
function stubsIn({ view, address }: Code): readonly (readonly [number, number])[] {
  const stubs: (readonly [number, number])[] = []
  for (let at = 0; at + 8 <= view.byteLength; at += 4) {
    const page = view.getUint32(at, true)
    if ((page & 0x9f00001f) >>> 0 !== 0x90000010) continue
    const load = view.getUint32(at + 4, true)
    if ((load & 0xffc003ff) >>> 0 !== 0xf9400211) continue
    const pages = ((((page >>> 5) & 0x7ffff) << 2) | ((page >>> 29) & 3)) << 11
    const base = Math.floor((address + at) / 4096) * 4096 + (pages >> 11) * 4096
    const slot = base + ((load >>> 10) & 0xfff) * 8
    stubs.push([address + at, slot])
    if (at >= 4 && view.getUint32(at - 4, true) === 0xd503245f) stubs.push([address + at - 4, slot])
  }
  return stubs
}

function constantsBefore(view: DataView, call: number): ReadonlyMap<number, number> {
  const constants = new Map<number, number>()
  const seen = new Set<number>()
  for (let at = call - 4; at >= Math.max(0, call - 4 * REACH); at -= 4) {
    const word = view.getUint32(at, true)
    if (leaves(word)) break
    const target = word & 31
    if (target > 7 || seen.has(target)) continue
    seen.add(target)
    if ((word & 0x7fe00000) === 0x52800000) constants.set(target, (word >>> 5) & 0xffff)
    else if ((word & 0x7fffffe0) === 0x2a1f03e0) constants.set(target, 0)
  }
  return constants
}

/** Branches of all kinds: what stands before them need not be what runs before the call. */
function leaves(word: number): boolean {
  return (word & 0x1c000000) >>> 0 === 0x14000000
}
