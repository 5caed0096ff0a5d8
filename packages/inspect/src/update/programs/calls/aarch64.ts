import type { Call, Code } from './words.ts'

/** Instructions before a call in which its arguments are sought. */
const REACH = 24

/**
 * Calls on AArch64: `bl` to a stub that loads from a slot (Arm Architecture Reference Manual for A-profile, C6). All words are
 * little endian.
 */
export function aarch64Calls(
  codes: readonly Code[],
  slots: ReadonlyMap<number, string>,
  most: number,
): readonly Call[] {
  const stubs = new Map(codes.flatMap((code) => stubsIn(code, slots)))
  const calls: Call[] = []
  for (const { view, address, offset } of codes) {
    for (let at = 0; at + 4 <= view.byteLength && calls.length < most; at += 4) {
      const word = view.getUint32(at, true)
      if (word >>> 26 !== 0b100101) continue
      const name = stubs.get(address + at + ((word << 6) >> 4))
      if (name !== undefined) calls.push({ name, offset: offset + at, constants: constantsBefore(view, at) })
    }
  }
  return calls
}

/** `adrp x16, page; ldr x17, [x16, #offset]; …; br x17`, perhaps behind `bti c`. */
function stubsIn(
  { view, address }: Code,
  slots: ReadonlyMap<number, string>,
): readonly (readonly [number, string])[] {
  const stubs: (readonly [number, string])[] = []
  for (let at = 0; at + 8 <= view.byteLength; at += 4) {
    const page = view.getUint32(at, true)
    if ((page & 0x9f00001f) >>> 0 !== 0x90000010) continue
    const load = view.getUint32(at + 4, true)
    if ((load & 0xffc003ff) >>> 0 !== 0xf9400211) continue
    const pages = ((((page >>> 5) & 0x7ffff) << 2) | ((page >>> 29) & 3)) << 11
    const base = Math.floor((address + at) / 4096) * 4096 + (pages >> 11) * 4096
    const name = slots.get(base + ((load >>> 10) & 0xfff) * 8)
    if (name === undefined) continue
    stubs.push([address + at, name])
    if (at >= 4 && view.getUint32(at - 4, true) === 0xd503245f) stubs.push([address + at - 4, name])
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
