import { lazyCore } from '../cores/core.ts'
import { wasm } from '../cores/des.wasm.ts'

// FIPS 46-3: the permuted choices (56 and 48 bits) and the rotations of the key halves. Bits are counted from 1, most
// significant first, as the standard does.
const PC1 = bitList(`57 49 41 33 25 17 9 1 58 50 42 34 26 18 10 2 59 51 43 35 27 19 11 3 60 52 44 36
  63 55 47 39 31 23 15 7 62 54 46 38 30 22 14 6 61 53 45 37 29 21 13 5 28 20 12 4`)
const PC2 = bitList(`14 17 11 24 1 5 3 28 15 6 21 10 23 19 12 4 26 8 16 7 27 20 13 2
  41 52 31 37 47 55 30 40 51 45 33 48 44 49 39 56 34 53 46 42 50 36 29 32`)
const ROTATIONS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1]
/** The inverse of the initial permutation, by its regular shape. */
const FINAL = Array.from({ length: 64 }, (_, bit) => (bit & 1 ? 7 : 39) + 8 * ((bit & 7) >> 1) - (bit >> 3))

interface DesExports {
  run(iterations: number): void
}

const EXPANSION = 1024
const SCHEDULE = 2048
const HALVES = 8192
const KEYS = 16_384
const VECTOR = 16
const BLOCK = 8

/** So many keys are computed in the time of one. */
export const DES_LANES = 128

const loadCore = lazyCore<DesExports>(wasm)
let scheduled = false

function core() {
  const loaded = loadCore()
  if (!scheduled) {
    const schedule = new Uint32Array(loaded.exports.memory.buffer, SCHEDULE, 16 * 48)
    let turned = 0
    ROTATIONS.forEach((by, round) => {
      turned += by
      PC2.forEach((from, at) => {
        const half = from < 28 ? 0 : 28
        schedule[round * 48 + at] = KEYS + (PC1[half + ((from - half + turned) % 28)] ?? 0) * VECTOR
      })
    })
    scheduled = true
  }
  return loaded
}

/**
 * DES as crypt(3) uses it: the same block encrypted over and over, with bits of the expansion exchanged by a salt.
 * @param keys eight bytes for each of at most DES_LANES keys; the lowest bit of each byte does not count
 * @param blocks eight bytes for each key; zeros where none are given
 * @param salt 24 bits; bit 0 exchanges the first bits of the two halves of the expansion. 0 is plain DES.
 */
export function desEncrypt(
  keys: Uint8Array,
  blocks: Uint8Array | undefined,
  salt: number,
  iterations: number,
): Uint8Array {
  const lanes = keys.length / BLOCK
  if (!Number.isInteger(lanes) || lanes > DES_LANES || (blocks && blocks.length !== keys.length))
    throw new RangeError('eight bytes for each of at most 128 keys are wanted')
  const { exports } = core()
  const { buffer } = exports.memory
  wireExpansion(new Uint32Array(buffer, EXPANSION, 48), salt)
  const keyPlanes = new Uint32Array(buffer, KEYS, 64 * 4).fill(0)
  const halves = new Uint32Array(buffer, HALVES, 64 * 4).fill(0)
  toPlanes(keys, keyPlanes, (bit) => bit)
  if (blocks) toPlanes(blocks, halves, (bit) => FINAL[bit] ?? 0)
  exports.run(iterations)
  return fromPlanes(halves, lanes)
}

/** The expansion takes six bits for each box, the first and the last of them from its neighbours. */
function wireExpansion(offsets: Uint32Array, salt: number): void {
  for (let at = 0; at < 48; at++) {
    const exchanged = (salt >> (at % 24)) & 1 ? (at + 24) % 48 : at
    const bit = (4 * Math.floor(exchanged / 6) + (exchanged % 6) + 31) % 32
    offsets[at] = bit * VECTOR
  }
}

/** Bit `bit` of each lane's eight bytes goes into the plane `planeOf(bit)`. */
function toPlanes(bytes: Uint8Array, planes: Uint32Array, planeOf: (bit: number) => number): void {
  const places = Array.from({ length: 64 }, (_, bit) => planeOf(bit) * 4)
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte === 0) continue
    const lane = at >> 3
    const word = lane >> 5
    const mask = 1 << (lane & 31)
    for (let bit = 0; bit < 8; bit++) {
      if ((byte & (0x80 >> bit)) === 0) continue
      const place = (places[(at & 7) * 8 + bit] as number) + word
      planes[place] = (planes[place] as number) | mask
    }
  }
}

function fromPlanes(halves: Uint32Array, lanes: number): Uint8Array {
  const bytes = new Uint8Array(lanes * BLOCK)
  for (let bit = 0; bit < 64; bit++) {
    const plane = (FINAL[bit] as number) * 4
    const value = 0x80 >> (bit & 7)
    for (let lane = 0; lane < lanes; lane++) {
      if (((halves[plane + (lane >> 5)] as number) >>> (lane & 31)) & 1) {
        const at = lane * BLOCK + (bit >> 3)
        bytes[at] = (bytes[at] as number) | value
      }
    }
  }
  return bytes
}

function bitList(numbers: string): readonly number[] {
  return numbers.split(/\s+/).map((number) => Number(number) - 1)
}
