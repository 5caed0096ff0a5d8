import type { Call, Code } from './words.ts'

const REACH = 24
const [T9, SP, RA, FIRST_ARGUMENT, LAST_ARGUMENT] = [25, 29, 31, 4, 7]

/** Calls on MIPS with 32 bits: `lw $25, slot($28)`, then `jalr $25`; the instruction behind it runs before the call. */
export function mipsCalls(
  codes: readonly Code[],
  slots: ReadonlyMap<number, string>,
  little: boolean,
  most: number,
): readonly Call[] {
  const calls: Call[] = []
  for (const { view, offset } of codes) {
    for (let at = 0; at + 8 <= view.byteLength && calls.length < most; at += 4) {
      if (!isCall(view.getUint32(at, little))) continue
      const name = calledAt(view, at, slots, little)
      if (name !== undefined)
        calls.push({ name, offset: offset + at, constants: constantsBefore(view, at, little) })
    }
  }
  return calls
}

/** `jalr $25`, to $31. */
function isCall(word: number): boolean {
  return (word & 0xfffff83f) >>> 0 === ((T9 << 21) | (RA << 11) | 9) >>> 0
}

function calledAt(
  view: DataView,
  call: number,
  slots: ReadonlyMap<number, string>,
  little: boolean,
): string | undefined {
  for (let at = call - 4; at >= Math.max(0, call - 4 * REACH); at -= 4) {
    const word = view.getUint32(at, little)
    // Compilers keep the global pointer in other registers too, and never in that of the stack.
    const isLoad = word >>> 26 === 0x23 && targetOf(word) === T9 && ((word >>> 21) & 31) !== SP
    if (isLoad) return slots.get((word << 16) >> 16)
    if (isCall(word) || targetOf(word) === T9) return undefined
  }
  return undefined
}

function constantsBefore(view: DataView, call: number, little: boolean): ReadonlyMap<number, number> {
  const constants = new Map<number, number>()
  const seen = new Set<number>()
  const words = [call + 4]
  for (let at = call - 4; at >= Math.max(4, call - 4 * REACH); at -= 4) words.push(at)
  for (const at of words) {
    const word = view.getUint32(at, little)
    // What stands right behind another jump belongs to that.
    if (at < call && (leaves(word) || leaves(view.getUint32(at - 4, little)))) break
    const target = targetOf(word)
    if (target === undefined || target < FIRST_ARGUMENT || target > LAST_ARGUMENT || seen.has(target))
      continue
    seen.add(target)
    const value = constantOf(word)
    if (value !== undefined) constants.set(target - FIRST_ARGUMENT, value)
  }
  return constants
}

/** Register that an instruction writes; undefined for stores and branches. */
function targetOf(word: number): number | undefined {
  const operation = word >>> 26
  if (operation === 0) return (word >>> 11) & 31
  if ((operation >= 8 && operation <= 15) || (operation >= 0x20 && operation <= 0x26))
    return (word >>> 16) & 31
  return undefined
}

/** `li` and `move` from $0. */
function constantOf(word: number): number | undefined {
  const [operation, source] = [word >>> 26, (word >>> 21) & 31]
  if ((operation === 9 || operation === 13) && source === 0) return word & 0xffff
  const isMove = (word & 0x3f) === 0x21 || (word & 0x3f) === 0x25
  return operation === 0 && isMove && source === 0 && ((word >>> 16) & 31) === 0 ? 0 : undefined
}

/** Jumps and branches: behind them stands one more instruction, which they do not skip. */
function leaves(word: number): boolean {
  const operation = word >>> 26
  return (
    (operation >= 1 && operation <= 7) ||
    (operation >= 20 && operation <= 23) ||
    (operation === 0 && ((word & 0x3f) === 8 || (word & 0x3f) === 9))
  )
}
