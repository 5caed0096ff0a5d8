/** Makes addresses in code relative again, in place; `mark` is the byte that calls which were changed begin with. */
export type UpxFilter = (code: Uint8Array, mark: number) => void

/** By their numbers: calls and jumps of x86, those and conditional ones, and BL of ARM. */
export const FILTERS: ReadonlyMap<number, UpxFilter> = new Map<number, UpxFilter>([
  [0x46, (code, mark) => x86(code, mark, false)],
  [0x49, (code, mark) => x86(code, mark, true)],
  [0x50, arm],
])

function x86(code: Uint8Array, mark: number, conditional: boolean): void {
  const view = new DataView(code.buffer, code.byteOffset, code.length)
  for (let at = 0; at + 5 < code.length; at++) {
    const opcode = code[at] as number
    const isBranch =
      (opcode & 0xfe) === 0xe8 || (conditional && at > 0 && (opcode & 0xf0) === 0x80 && code[at - 1] === 0x0f)
    if (!isBranch || code[at + 1] !== mark) continue
    view.setUint32(at + 1, view.getUint32(at + 1) - mark * 2 ** 24 - (at + 1), true)
    at += 4
  }
}

/** Branches with link under any condition, counted in words. */
function arm(code: Uint8Array): void {
  for (let at = 0; at + 4 <= code.length; at += 4) {
    if (((code[at + 3] as number) & 0x0f) !== 0x0b) continue
    const target = (code[at] as number) | ((code[at + 1] as number) << 8) | ((code[at + 2] as number) << 16)
    const offset = target - (at >>> 2)
    code[at] = offset
    code[at + 1] = offset >>> 8
    code[at + 2] = offset >>> 16
  }
}
