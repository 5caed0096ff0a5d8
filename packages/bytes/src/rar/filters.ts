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

/** Absolute targets of CALL (and of JMP, where `jumps`) become relative again. */
export function rarX86(jumps: boolean): RarFilter {
  return (data, start) => {
    const view = new DataView(data.buffer, data.byteOffset, data.length)
    for (let at = 0; at + 4 < data.length; at++) {
      const opcode = data[at] as number
      if (opcode !== 0xe8 && !(jumps && opcode === 0xe9)) continue
      const offset = (at + 1 + start) % SPAN
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
