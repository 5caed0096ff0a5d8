/** Families of instructions that are told apart only to find code: the name is not part of a result. */
export type Architecture =
  | 'arm'
  | 'thumb'
  | 'aarch64'
  | 'mips-big'
  | 'mips-little'
  | 'x86'
  | 'riscv'
  | 'xtensa'

/** Says whether enough of the places at which an instruction may begin look like one that programs use often. */
type Look = (code: Uint8Array, phase: number) => boolean

/**
 * Whether a window of some thousand bytes looks like machine code, and whose. Each test asks for several kinds of
 * instructions at once, so that tables of addresses or of small numbers, which repeat one pattern, do not pass.
 */
export function codeIn(window: Uint8Array): Architecture | undefined {
  for (const [name, phases, looks] of TESTS) {
    for (let phase = 0; phase < phases; phase++) if (looks(window, phase)) return name
  }
  return undefined
}

/** Classes of four-byte words by their top byte, from 1 on; 0 is none of them. */
type Classes = Uint8Array

function classes(...tops: readonly (readonly number[])[]): Classes {
  const byTop = new Uint8Array(256)
  for (const [index, list] of tops.entries()) for (const top of list) byTop[top] = index + 1
  return byTop
}

/** Shares of the words of each class. */
function shares(code: Uint8Array, phase: number, little: boolean, byTop: Classes): readonly number[] {
  const counts = [0, 0, 0, 0, 0]
  const topAt = little ? 3 : 0
  let words = 0
  for (let at = phase; at + 4 <= code.length; at += 4) {
    const index = byTop[code[at + topAt] as number] as number
    counts[index] = (counts[index] as number) + 1
    words++
  }
  return counts.map((count) => count / Math.max(1, words))
}

/** Always executed: data processing, with a constant, loads and stores, calls. */
const ARM = classes([0xe0, 0xe1], [0xe2, 0xe3], [0xe4, 0xe5, 0xe7, 0xe8], [0xea, 0xeb])

function looksArm(code: Uint8Array, phase: number): boolean {
  const [, processing = 0, constant = 0, memory = 0, branch = 0] = shares(code, phase, true, ARM)
  const all = processing + constant + memory + branch
  return all > 0.45 && processing > 0.03 && constant > 0.03 && memory > 0.06
}

/** Loads and stores, arithmetic with constants and addresses, calls and branches. */
const AARCH64 = classes(
  [0xf9, 0xb9, 0x39, 0xa9, 0xf8, 0xb8, 0x79, 0x3d, 0xa8],
  [
    0x91, 0x11, 0xd1, 0x51, 0xaa, 0x2a, 0x52, 0xd2, 0xeb, 0x6b, 0x71, 0xf1, 0x8b, 0x0b, 0xcb, 0xf2, 0x90,
    0xb0, 0xd0, 0xf0,
  ],
  [0x94, 0x97, 0x14, 0x17, 0x54, 0x34, 0x35, 0xb4, 0xb5, 0xd6, 0x36, 0x37],
)

function looksAarch64(code: Uint8Array, phase: number): boolean {
  const [, memory = 0, arithmetic = 0, branch = 0] = shares(code, phase, true, AARCH64)
  return memory + arithmetic + branch > 0.6 && memory > 0.05 && arithmetic > 0.1 && branch > 0.03
}

/** Loads and stores, constants, branches; an operation is in the upper six bits. */
const MIPS = classes(
  ...[
    [0x23, 0x2b, 0x37, 0x3f, 0x24, 0x28],
    [0x09, 0x0f, 0x19, 0x0c],
    [0x03, 0x04, 0x05],
  ].map((operations) => operations.flatMap((operation) => [0, 1, 2, 3].map((low) => operation * 4 + low))),
)
/** Of operation 0, in the lower eleven bits: arithmetic between registers, and jumps to them. */
const MIPS_REGISTERS = [0x21, 0x25, 0x2d, 0x2b, 0x08, 0x09]

function looksMips(code: Uint8Array, phase: number, little: boolean): boolean {
  const [, memory = 0, constant = 0, branch = 0] = shares(code, phase, little, MIPS)
  if (!(memory > 0.05 && constant > 0.05 && branch > 0.02)) return false
  return memory + constant + branch + mipsRegisters(code, phase, little) > 0.45
}

function mipsRegisters(code: Uint8Array, phase: number, little: boolean): number {
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength)
  let count = 0
  let words = 0
  for (let at = phase; at + 4 <= code.length; at += 4) {
    const word = view.getUint32(at, little)
    if (word > 0x1_0000 && word < 0x400_0000 && MIPS_REGISTERS.includes(word & 0x7ff)) count++
    words++
  }
  return count / Math.max(1, words)
}

/** Calls, prologues and epilogues, and moves between any registers. */
function looksThumb(code: Uint8Array, phase: number): boolean {
  let halves = 0
  let calls = 0
  let frames = 0
  let moves = 0
  let memory = 0
  for (let at = phase; at + 4 <= code.length; at += 2) {
    const half = halfAt(code, at)
    const next = halfAt(code, at + 2)
    halves++
    const top = half >>> 8
    if (half >>> 11 === 0x1e && (next & 0xd000) === 0xd000) calls++
    else if (top === 0xb5 || top === 0xbd || half === 0x4770 || half === 0xe92d || half === 0xe8bd) frames++
    else if (top === 0x46 || top === 0xb0 || half >>> 13 === 1) moves++
    else if (
      half >>> 12 === 6 ||
      top === 0x48 ||
      top === 0x49 ||
      top === 0x4b ||
      half >>> 12 === 9 ||
      half >>> 9 === 0x7c
    )
      memory++
  }
  return (
    (calls + frames) / halves > 0.019 &&
    frames / halves > 0.002 &&
    moves / halves > 0.155 &&
    memory / halves > 0.045
  )
}

/** Little endian. */
function halfAt(code: Uint8Array, at: number): number {
  return (code[at] as number) | ((code[at + 1] as number) << 8)
}

/** Calls and far jumps to near targets; moves of registers; ends of functions. */
function looksX86(code: Uint8Array): boolean {
  let calls = 0
  let moves = 0
  let jumps = 0
  const size = code.length - 6
  for (let at = 0; at < size; at++) {
    const byte = code[at] as number
    const next = code[at + 1] as number
    if (byte === 0xe8 || byte === 0xe9) {
      const top = halfAt(code, at + 3)
      if (top < 0x0080 || top >= 0xff80) calls++
    } else if (byte === 0x0f && (next & 0xf0) === 0x80) {
      const top = halfAt(code, at + 4)
      if (top < 0x0010 || top >= 0xfff0) jumps++
    } else if (
      (byte === 0x89 || byte === 0x8b || byte === 0x8d || byte === 0x83 || byte === 0x85) &&
      next >= 0x40
    )
      moves++
    else if ((byte & 0xfe) === 0x74) jumps++
  }
  return calls / size > 0.003 && moves / size > 0.03 && jumps / size > 0.006
}

/** Words with the opcodes of everybody's integer instructions and well-known registers, and short forms that use the stack. */
function looksRiscv(code: Uint8Array, phase: number): boolean {
  let halves = 0
  let long = 0
  let stack = 0
  let returns = 0
  for (let at = phase * 2; at + 4 <= code.length; ) {
    const half = halfAt(code, at)
    halves++
    if ((half & 3) !== 3) {
      const form = half & 0xe003
      if (half === 0x8082 || (half & 0xef83) === 0x6101 || half === 0x1141) returns++
      else if (form === 0xe002 || form === 0xc002 || form === 0x6002 || form === 0x4002) stack++
      at += 2
      continue
    }
    const word = half | (halfAt(code, at + 2) << 16)
    if (word === 0x0000_8067 || (word & 0xf_ffff) === 0x1_0113) returns++
    else if (isOnStack(word)) stack++
    if (isCommon(word)) long++
    at += 4
  }
  return long / halves > 0.2 && returns / halves > 0.001 && (returns + stack) / halves > 0.02
}

/** Loads and stores of words and double words by the stack pointer. */
function isOnStack(word: number): boolean {
  const masked = word & 0xf_f07f
  return masked === 0x1_2003 || masked === 0x1_2023 || masked === 0x1_3003 || masked === 0x1_3023
}

function isCommon(word: number): boolean {
  const kind = (word >>> 12) & 7
  switch (word & 0x7f) {
    case 0x13:
    case 0x33:
    case 0x1b:
    case 0x3b:
    case 0x37:
    case 0x17:
    case 0x6f:
      return true
    case 0x03:
      return kind !== 7
    case 0x23:
      return kind < 4
    case 0x63:
      return kind !== 2 && kind !== 3
    case 0x67:
      return kind === 0
    default:
      return false
  }
}

/** Ends of functions and what makes their frames: each of them is four bytes in a million of noise. */
function looksXtensa(code: Uint8Array): boolean {
  let returns = 0
  let frames = 0
  const size = code.length - 2
  for (let at = 0; at < size; at++) {
    const byte = code[at] as number
    const next = code[at + 1] as number
    if ((byte === 0x1d || byte === 0x0d) && next === 0xf0) returns++
    else if (
      (byte === 0x36 && (next & 0x0f) === 1 && (code[at + 2] as number) < 2) ||
      (byte === 0x12 && next === 0xc1)
    )
      frames++
  }
  return returns / size > 0.001 && frames / size > 0.001
}

const TESTS: readonly (readonly [Architecture, number, Look])[] = [
  ['arm', 4, looksArm],
  ['aarch64', 4, looksAarch64],
  ['mips-big', 4, (code, phase) => looksMips(code, phase, false)],
  ['mips-little', 4, (code, phase) => looksMips(code, phase, true)],
  ['thumb', 2, looksThumb],
  ['riscv', 2, looksRiscv],
  ['x86', 1, looksX86],
  ['xtensa', 1, looksXtensa],
]
