import { DecodeError } from '../stream-end.ts'
import type { Filter } from './container.ts'

/**
 * Undoes a filter in place on what is there so far. Says how many bytes are final: the rest may be part of an
 * instruction that goes on behind the end.
 */
export type Unfilter = (data: Uint8Array) => number

/** The filters of .xz other than LZMA2: branch converters make calls relative again; delta adds up. @throws DecodeError */
export function unfilter(filter: Filter): Unfilter {
  switch (filter.id) {
    case 0x03:
      return delta((filter.properties[0] ?? 0) + 1)
    case 0x04:
      return x86(startOf(filter))
    case 0x05:
      return words(startOf(filter), 4, powerpc)
    case 0x06:
      return ia64(startOf(filter))
    case 0x07:
      return words(startOf(filter), 4, arm)
    case 0x08:
      return armThumb(startOf(filter))
    case 0x09:
      return words(startOf(filter), 4, sparc)
    case 0x0a:
      return words(startOf(filter), 4, arm64)
    case 0x0b:
      return riscv(startOf(filter))
    default:
      throw new DecodeError('unsupported', `xz: the filter 0x${filter.id.toString(16)} is not known`)
  }
}

function startOf({ properties }: Filter): number {
  if (properties.length === 0) return 0
  if (properties.length !== 4) throw new DecodeError('corrupt', 'xz: bad properties of a branch filter')
  return new DataView(properties.buffer, properties.byteOffset, 4).getUint32(0, true)
}

function delta(distance: number): Unfilter {
  const history = new Uint8Array(256)
  let at = 0
  return (data) => {
    for (let i = 0; i < data.length; i++) {
      const value = ((data[i] as number) + (history[(distance + at) & 0xff] as number)) & 0xff
      history[at & 0xff] = value
      data[i] = value
      at = (at - 1) & 0xff
    }
    return data.length
  }
}

/** Instructions of fixed size and alignment. */
function words(
  start: number,
  size: number,
  convert: (data: Uint8Array, at: number, address: number) => void,
): Unfilter {
  let position = start
  return (data) => {
    const final = data.length - (data.length % size)
    for (let at = 0; at < final; at += size) convert(data, at, (position + at) >>> 0)
    position = (position + final) >>> 0
    return final
  }
}

function littleWord(data: Uint8Array, at: number): number {
  return (
    ((data[at] as number) |
      ((data[at + 1] as number) << 8) |
      ((data[at + 2] as number) << 16) |
      ((data[at + 3] as number) << 24)) >>>
    0
  )
}

function setLittleWord(data: Uint8Array, at: number, value: number): void {
  data[at] = value
  data[at + 1] = value >>> 8
  data[at + 2] = value >>> 16
  data[at + 3] = value >>> 24
}

function bigWord(data: Uint8Array, at: number): number {
  return (
    (((data[at] as number) << 24) |
      ((data[at + 1] as number) << 16) |
      ((data[at + 2] as number) << 8) |
      (data[at + 3] as number)) >>>
    0
  )
}

function setBigWord(data: Uint8Array, at: number, value: number): void {
  data[at] = value >>> 24
  data[at + 1] = value >>> 16
  data[at + 2] = value >>> 8
  data[at + 3] = value
}

/** BL: condition always, 24-bit word offset, relative to the address + 8. */
function arm(data: Uint8Array, at: number, address: number): void {
  if (data[at + 3] !== 0xeb) return
  const target = (littleWord(data, at) & 0xff_ffff) << 2
  setLittleWord(data, at, (((target - (address + 8)) >>> 2) & 0xff_ffff) | 0xeb00_0000)
}

/** BL: 26-bit word offset; ADRP: 21-bit page offset, converted only within 512 MiB. */
function arm64(data: Uint8Array, at: number, address: number): void {
  const word = littleWord(data, at)
  if (word >>> 26 === 0x25) {
    setLittleWord(data, at, (0x9400_0000 | ((word - (address >>> 2)) & 0x3ff_ffff)) >>> 0)
  } else if ((word & 0x9f00_0000) >>> 0 === 0x9000_0000) {
    const source = ((word >>> 29) & 3) | ((word >>> 3) & 0x1f_fffc)
    if ((source + 0x2_0000) & 0x1c_0000) return
    const target = (source - (address >>> 12)) >>> 0
    const low = (target & 3) << 29
    const high = ((target & 0x3_fffc) << 3) | ((0 - (target & 0x2_0000)) & 0xe0_0000)
    setLittleWord(data, at, ((word & 0x9000_001f) | low | high) >>> 0)
  }
}

/** BL: 26-bit offset with absolute and link bits 0 and 1. */
function powerpc(data: Uint8Array, at: number, address: number): void {
  const word = bigWord(data, at)
  if ((word & 0xfc00_0003) >>> 0 !== 0x4800_0001) return
  setBigWord(data, at, (0x4800_0000 | ((word - address) & 0x3ff_fffc) | 1) >>> 0)
}

/** CALL: 30-bit word offset, converted only within 22 bits and a sign. */
function sparc(data: Uint8Array, at: number, address: number): void {
  const word = bigWord(data, at)
  const near = word >>> 22 === 0x100 || word >>> 22 === 0x1ff
  if (!near) return
  const target = ((word << 2) - address) >>> 2
  setBigWord(
    data,
    at,
    (((0x4000_0000 - (target & 0x40_0000)) & 0x3fff_ffff) | 0x4000_0000 | (target & 0x3f_ffff)) >>> 0,
  )
}

/** BL in two halfwords: 11 bits each, relative to the address + 4. */
function armThumb(start: number): Unfilter {
  let position = start
  return (data) => {
    let at = 0
    for (; at + 4 <= data.length; at += 2) {
      const isCall = ((data[at + 1] as number) & 0xf8) === 0xf0 && ((data[at + 3] as number) & 0xf8) === 0xf8
      if (!isCall) continue
      const source =
        (((data[at + 1] as number) & 7) << 19) |
        ((data[at] as number) << 11) |
        (((data[at + 3] as number) & 7) << 8) |
        (data[at + 2] as number)
      const target = ((source << 1) - (position + at + 4)) >>> 1
      data[at + 1] = 0xf0 | ((target >>> 19) & 7)
      data[at] = target >>> 11
      data[at + 3] = 0xf8 | ((target >>> 8) & 7)
      data[at + 2] = target
      at += 2
    }
    position = (position + at) >>> 0
    return at
  }
}

/**
 * JAL with ra or t0, and AUIPC with the instruction behind it, whose target the encoder stores as a big-endian word. A pair
 * that only looks as if the encoder had made it is marked by it, with sp as its register.
 */
function riscv(start: number): Unfilter {
  let position = start
  return (data) => {
    let at = 0
    while (at + 8 <= data.length) {
      const low = data[at] as number
      if (low === 0xef) at += riscvJump(data, at, (position + at) >>> 0)
      else if ((low & 0x7f) === 0x17) at += riscvPair(data, at, (position + at) >>> 0)
      else at += 2
    }
    position = (position + at) >>> 0
    return at
  }
}

/** @returns bytes to go on */
function riscvJump(data: Uint8Array, at: number, address: number): number {
  const [first, second, third] = [data[at + 1], data[at + 2], data[at + 3]] as [number, number, number]
  if (first & 0x0d) return 2
  const target = (((first & 0xf0) << 13) | (second << 9) | (third << 1)) - address
  data[at + 1] = (first & 0x0f) | ((target >>> 8) & 0xf0)
  data[at + 2] = ((target >>> 16) & 0x0f) | ((target >>> 7) & 0x10) | ((target << 4) & 0xe0)
  data[at + 3] = ((target >>> 4) & 0x7f) | ((target >>> 13) & 0x80)
  return 4
}

/** @returns bytes to go on */
function riscvPair(data: Uint8Array, at: number, address: number): number {
  const first = littleWord(data, at)
  if (first & 0xe80) {
    const second = littleWord(data, at + 4)
    if ((((first << 8) ^ second) & 0xf_8003) !== 3) return 6
    setLittleWord(data, at, (0x117 | (second << 12)) >>> 0)
    setLittleWord(data, at + 4, ((first & 0xffff_f000) + (second >>> 20)) >>> 0)
    return 8
  }
  const base = first >>> 27
  if (((first - 0x3117) << 18) >>> 0 >= (base & 0x1d)) return 4
  const target = (bigWord(data, at + 4) - address) >>> 0
  setLittleWord(data, at, (0x17 | (base << 7) | ((target + 0x800) & 0xffff_f000)) >>> 0)
  setLittleWord(data, at + 4, ((first >>> 12) | (target << 20)) >>> 0)
  return 8
}

/** Which of a bundle's three slots hold branches, by its template. */
const IA64_BRANCHES = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 6, 6, 0, 0, 7, 7, 4, 4, 0, 0, 4, 4, 0, 0,
]

/** Bundles of 16 bytes: a 5-bit template and three 41-bit instructions. */
function ia64(start: number): Unfilter {
  let position = start
  return (data) => {
    const final = data.length - (data.length % 16)
    for (let at = 0; at < final; at += 16) {
      const slots = IA64_BRANCHES[(data[at] as number) & 0x1f] as number
      for (let slot = 0; slot < 3; slot++)
        if ((slots >>> slot) & 1) branch(data, at, slot, (position + at) >>> 0)
    }
    position = (position + final) >>> 0
    return final
  }
}

function branch(data: Uint8Array, bundle: number, slot: number, address: number): void {
  const bit = 5 + 41 * slot
  const at = bundle + (bit >>> 3)
  const shift = BigInt(bit & 7)
  let word = 0n
  for (let i = 5; i >= 0; i--) word = (word << 8n) | BigInt(data[at + i] as number)
  const instruction = word >> shift
  if (((instruction >> 37n) & 0xfn) !== 5n || ((instruction >> 9n) & 7n) !== 0n) return
  const source = Number(((instruction >> 13n) & 0xf_ffffn) | (((instruction >> 36n) & 1n) << 20n)) * 16
  const target = BigInt(((source - address) >>> 4) & 0x1f_ffff)
  const cleared = instruction & ~(0x8f_ffffn << 13n)
  const converted = cleared | ((target & 0xf_ffffn) << 13n) | ((target & 0x10_0000n) << 16n)
  let stored = (word & ((1n << shift) - 1n)) | (converted << shift)
  for (let i = 0; i < 6; i++) {
    data[at + i] = Number(stored & 0xffn)
    stored >>= 8n
  }
}

/** How many opcode bytes were just seen, as a mask of the last three, decides whether a byte is one. */
const ALLOWED = [true, true, true, false, true, false, false, false]
const BITS = [0, 1, 2, 2, 3, 3, 3, 3]

function isSign(byte: number): boolean {
  return byte === 0 || byte === 0xff
}

/** CALL and JMP (E8, E9) with a 32-bit offset, relative to the address + 5. */
function x86(start: number): Unfilter {
  let position = (start + 5) >>> 0
  let mask = 0
  return (data) => {
    if (data.length < 5) return 0
    const limit = data.length - 4
    let at = 0
    let last = -1
    for (;;) {
      while (at < limit && ((data[at] as number) & 0xfe) !== 0xe8) at++
      if (at >= limit) break
      const gap = at - last
      mask = gap > 3 ? 0 : (mask << (gap - 1)) & 7
      last = at
      const masked = mask !== 0 && (!ALLOWED[mask] || isSign(data[at + 4 - (BITS[mask] as number)] as number))
      if (masked || !isSign(data[at + 4] as number)) {
        mask = ((mask << 1) & 7) | 1
        at++
        continue
      }
      const target = x86Target(littleWord(data, at + 1), (position + at) >>> 0, mask)
      setLittleWord(data, at + 1, target & 0x100_0000 ? (target | 0xff00_0000) >>> 0 : target & 0xff_ffff)
      at += 5
    }
    const gap = at - last
    mask = gap > 3 ? 0 : (mask << (gap - 1)) & 7
    position = (position + at) >>> 0
    return at
  }
}

function x86Target(stored: number, address: number, mask: number): number {
  let source = stored
  for (;;) {
    const target = (source - address) >>> 0
    if (mask === 0) return target
    const shift = (BITS[mask] as number) * 8
    if (!isSign((target >>> (24 - shift)) & 0xff)) return target
    source = (target ^ ((1 << (32 - shift)) - 1)) >>> 0
  }
}
