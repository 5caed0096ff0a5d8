/** Undoes a filter on a stretch that is whole; `at` is the stretch's offset in its file, in bytes. May reuse `data`. */
export type RarFilter = (data: Uint8Array, at: number) => Uint8Array

/** The span of addresses that x86 filters turn round in. */
const SPAN = 0x100_0000
const SIGN = 0x8000_0000

/** Channels one behind the other become interleaved again, and differences become sums. */
export function rarDelta(channels: number): RarFilter {
  return (data) => {
    const out = new Uint8Array(data.length)
    let from = 0
    for (let channel = 0; channel < channels; channel++) {
      let last = 0
      for (let at = channel; at < data.length; at += channels) {
        last = (last - (data[from++] as number)) & 0xff
        out[at] = last
      }
    }
    return out
  }
}

/**
 * Absolute targets of CALL (and of JMP, where `jumps`) become relative again.
 * @param turn after how many bytes of a file addresses begin anew
 */
export function rarX86(jumps: boolean, turn = SPAN): RarFilter {
  return (data, start) => {
    const view = new DataView(data.buffer, data.byteOffset, data.length)
    for (let at = 0; at + 4 < data.length; at++) {
      const opcode = data[at] as number
      if (opcode !== 0xe8 && !(jumps && opcode === 0xe9)) continue
      const offset = (at + 1 + start) % turn
      const target = view.getUint32(at + 1, true)
      if (target >= SIGN) {
        if ((target + offset) % 2 ** 32 < SIGN) view.setUint32(at + 1, target + SPAN, true)
      } else if (target < SPAN) view.setUint32(at + 1, target - offset, true)
      at += 4
    }
    return data
  }
}

/** Absolute targets of BL (condition always) become relative again. */
export function rarArm(data: Uint8Array, start: number): Uint8Array {
  for (let at = 0; at + 3 < data.length; at += 4) {
    if (data[at + 3] !== 0xeb) continue
    const target = (data[at] as number) | ((data[at + 1] as number) << 8) | ((data[at + 2] as number) << 16)
    const offset = target - Math.floor((start + at) / 4)
    data[at] = offset
    data[at + 1] = offset >>> 8
    data[at + 2] = offset >>> 16
  }
  return data
}

/**
 * A picture with three bytes for each point: each is told as a difference from a guess, which is one of three neighbours; red
 * and blue are differences from green.
 * @param stride bytes of a row, and three @param first where the first red or blue byte lies
 */
export function rarRgb(stride: number, first: number): RarFilter {
  return (data) => {
    const out = new Uint8Array(data.length)
    let from = 0
    for (let colour = 0; colour < 3; colour++) {
      let left = 0
      for (let at = colour; at < data.length; at += 3) {
        const guess =
          at >= stride ? guessOf(left, out[at - stride + 3] as number, out[at - stride] as number) : left
        left = (guess - (data[from++] as number)) & 0xff
        out[at] = left
      }
    }
    for (let at = first; at + 2 < data.length; at += 3) {
      const green = out[at + 1] as number
      out[at] = (out[at] as number) + green
      out[at + 2] = (out[at + 2] as number) + green
    }
    return out
  }
}

/** The neighbour that is nearest to left + above - (left and above), as PNG's Paeth filter has it. */
function guessOf(left: number, above: number, corner: number): number {
  const byLeft = Math.abs(above - corner)
  const byAbove = Math.abs(left - corner)
  const byCorner = Math.abs(left + above - 2 * corner)
  if (byLeft <= byAbove && byLeft <= byCorner) return left
  return byAbove <= byCorner ? above : corner
}

/** Sound: each channel's next value is guessed from the last ones with weights that follow what fitted best. */
export function rarAudio(channels: number): RarFilter {
  return (data) => {
    const out = new Uint8Array(data.length)
    let from = 0
    for (let channel = 0; channel < channels && channel < data.length; channel++) {
      const next = createPredictor()
      for (let at = channel; at < data.length; at += channels) out[at] = next(data[from++] as number)
    }
    return out
  }
}

/** How often weights are looked at, in values. */
const TURN = 32
const MOST_WEIGHT = 16

function createPredictor(): (byte: number) => number {
  const deltas = [0, 0, 0]
  const weights = [0, 0, 0]
  /** Of the guess as it was, and with each of the deltas taken off and added. */
  const errors = [0, 0, 0, 0, 0, 0, 0]
  let [last, lastDelta, count] = [0, 0, 0]
  return (byte) => {
    const difference = (byte << 24) >> 24
    deltas[2] = deltas[1] as number
    deltas[1] = lastDelta - (deltas[0] as number)
    deltas[0] = lastDelta
    const sum = deltas.reduce((total, delta, index) => total + delta * (weights[index] as number), 8 * last)
    const value = ((sum >> 3) - difference) & 0xff
    lastDelta = ((value - last) << 24) >> 24
    last = value
    const error = difference * 8
    errors[0] = (errors[0] as number) + Math.abs(error)
    for (const [index, delta] of deltas.entries()) {
      errors[2 * index + 1] = (errors[2 * index + 1] as number) + Math.abs(error - delta)
      errors[2 * index + 2] = (errors[2 * index + 2] as number) + Math.abs(error + delta)
    }
    if (count++ % TURN === 0) {
      const best = errors.indexOf(Math.min(...errors))
      const index = (best - 1) >> 1
      const weight = weights[index] ?? 0
      if (best % 2 === 1 && weight >= -MOST_WEIGHT) weights[index] = weight - 1
      else if (best > 0 && best % 2 === 0 && weight < MOST_WEIGHT) weights[index] = weight + 1
      errors.fill(0)
    }
    return value
  }
}
