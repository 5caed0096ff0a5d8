/** How far behind an instruction others are believed to be some, in bytes; for calls half of it. */
const REACH = 1023
/** Two instructions that mean one place within so many bytes are believed to be some. */
const NEAR = 65_535
const TAIL = 16

/** Makes absolute addresses of x86 instructions relative again, wherever code is believed to be; `data` is all of a content. */
export function undoX86(data: Uint8Array): void {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  /** Where each place, by its lower 16 bits, was meant last. */
  const meant = new Int32Array(0x1_0000).fill(-NEAR - 1)
  const end = data.length - TAIL
  let believed = -REACH - 1
  for (let at = 1; at < end; ) {
    const length = opcodeLength(data, at)
    if (length <= 0) {
      at += 1 - length
      continue
    }
    const address = at + length
    if (at - believed <= (length === 1 ? REACH >> 1 : REACH))
      view.setUint32(address, view.getUint32(address, true) - at, true)
    const target = (at + view.getUint16(address, true)) & 0xffff
    const last = address + 3
    if (last - (meant[target] as number) <= NEAR) believed = last
    meant[target] = last
    at = address + 4
  }
}

/** Bytes of an instruction in front of its address; where there is none, how many to pass over besides, as zero or less. */
function opcodeLength(data: Uint8Array, at: number): number {
  const first = data[at] as number
  switch (first) {
    case 0xff:
      return data[at + 1] === 0x15 ? 2 : 0
    case 0xf0:
      return data[at + 1] === 0x83 && data[at + 2] === 0x05 ? 3 : 0
    case 0xe8:
      return 1
    case 0xe9:
      return -4
    case 0x48:
    case 0x4c: {
      const [opcode, operand] = [data[at + 1], data[at + 2] as number]
      if ((operand & 0x07) !== 0x05) return 0
      if (opcode === 0x8d) return 3
      return opcode === 0x8b && first === 0x48 && (operand & 0xf0) === 0 ? 3 : 0
    }
    default:
      return 0
  }
}
