import { DecodeError } from '@messlatte/bytes'

/** Bits of a probability, and how fast it follows. */
const MODEL_BITS = 11
const MOVE_BITS = 5
const TOP = 2 ** 24
/** Of the probabilities: those behind each byte are for calls. */
const OF_E9 = 256
const OF_JCC = 257

export interface Bcj2Inputs {
  /** Absolute targets of calls, big endian, and of jumps. */
  readonly calls: Uint8Array
  readonly jumps: Uint8Array
  /** Which of the branches were converted, range coded. */
  readonly choices: Uint8Array
}

export interface Bcj2 {
  /** @throws DecodeError */
  add(main: Uint8Array): void
}

/**
 * Undoes BCJ2: behind each CALL, JMP and conditional jump of x86 code, its target was taken out where that was worth it. Facts: LZMA SDK,
 * DOC/Methods.txt and C/Bcj2.c.
 */
export function createBcj2(
  { calls, jumps, choices }: Bcj2Inputs,
  deliver: (content: Uint8Array) => void,
): Bcj2 {
  const coder = createChoices(choices)
  let [call, jump] = [0, 0]
  let previous = 0
  /** Bytes that came out so far, modulo 2^32. */
  let position = 0

  function target(opcode: number): number {
    const from = opcode === 0xe8 ? calls : jumps
    const at = opcode === 0xe8 ? call : jump
    if (at + 4 > from.length) throw new DecodeError('truncated', '7z: BCJ2 has fewer targets than branches')
    if (opcode === 0xe8) call += 4
    else jump += 4
    const absolute = new DataView(from.buffer, from.byteOffset + at, 4).getUint32(0)
    return (absolute - (position + 4)) >>> 0
  }

  return {
    add(main) {
      const out = Buffer.alloc(main.length * 5)
      let filled = 0
      for (const byte of main) {
        out[filled++] = byte
        position = (position + 1) >>> 0
        const isBranch = (byte & 0xfe) === 0xe8 || (previous === 0x0f && (byte & 0xf0) === 0x80)
        const model = byte === 0xe8 ? previous : byte === 0xe9 ? OF_E9 : OF_JCC
        previous = byte
        if (!isBranch || !coder.next(model)) continue
        const relative = target(byte)
        out.writeUInt32LE(relative, filled)
        filled += 4
        position = (position + 4) >>> 0
        previous = relative >>> 24
      }
      if (filled > 0) deliver(out.subarray(0, filled))
    },
  }
}

function createChoices(bytes: Uint8Array): { next(model: number): boolean } {
  const probabilities = new Uint16Array(OF_JCC + 1).fill(1 << (MODEL_BITS - 1))
  let at = 0
  let range = 0xffff_ffff
  let code = 0
  const shift = () => {
    const byte = bytes[at++]
    if (byte === undefined) throw new DecodeError('truncated', '7z: BCJ2 has fewer choices than branches')
    code = ((code << 8) | byte) >>> 0
  }
  for (let index = 0; index < 5; index++) shift()
  return {
    next(model) {
      if (range < TOP) {
        range = (range << 8) >>> 0
        shift()
      }
      const probability = probabilities[model] as number
      const bound = (range >>> MODEL_BITS) * probability
      const converted = code >= bound
      if (converted) {
        range -= bound
        code -= bound
        probabilities[model] = probability - (probability >> MOVE_BITS)
      } else {
        range = bound
        probabilities[model] = probability + (((1 << MODEL_BITS) - probability) >> MOVE_BITS)
      }
      return converted
    },
  }
}
