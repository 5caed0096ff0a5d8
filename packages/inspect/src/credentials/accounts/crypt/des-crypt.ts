import { fromItoa64, itoa64 } from './itoa64.ts'

// FIPS 46-3: the permuted choices (56 and 48 bits), the rotations of the key halves, the eight S-boxes in four rows of
// sixteen, and the permutation P. Bits are counted from 1, most significant first, as the standard does.
const PC1 = bitList(`57 49 41 33 25 17 9 1 58 50 42 34 26 18 10 2 59 51 43 35 27 19 11 3 60 52 44 36
  63 55 47 39 31 23 15 7 62 54 46 38 30 22 14 6 61 53 45 37 29 21 13 5 28 20 12 4`)
const PC2 = bitList(`14 17 11 24 1 5 3 28 15 6 21 10 23 19 12 4 26 8 16 7 27 20 13 2
  41 52 31 37 47 55 30 40 51 45 33 48 44 49 39 56 34 53 46 42 50 36 29 32`)
const ROTATIONS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1]
const S_BOXES = [
  'e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d',
  'f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9',
  'a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c',
  '7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e',
  '2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453',
  'c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d',
  '4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c',
  'd2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b',
].map((rows) => rows.replaceAll(' ', ''))
const P = bitList('16 7 20 21 29 12 28 17 1 15 23 26 5 18 31 10 2 8 24 14 32 27 3 9 19 13 30 6 22 11 4 25')
/** The inverse of the initial permutation, by its regular shape. */
const FINAL = Array.from({ length: 64 }, (_, bit) => (bit & 1 ? 7 : 39) + 8 * ((bit & 7) >> 1) - (bit >> 3))

const ITERATIONS = 25
const BOXES = S_BOXES.map(boxThroughP)

function bitList(numbers: string): readonly number[] {
  return numbers.split(/\s+/).map((number) => Number(number) - 1)
}

/** By six input bits: the box's four output bits, where P puts them in the 32. */
function boxThroughP(rows: string, box: number): Uint32Array {
  return Uint32Array.from({ length: 64 }, (_, six) => {
    const row = ((six >> 4) & 2) | (six & 1)
    const value = Number.parseInt(rows.charAt(row * 16 + ((six >> 1) & 15)), 16)
    return P.reduce((word, from, to) => {
      const bit = from >> 2 === box ? (value >> (3 - (from & 3))) & 1 : 0
      return (word | (bit << (31 - to))) >>> 0
    }, 0)
  })
}

/** Sixteen round keys, each as two halves of 24 bits. */
function keySchedule(password: Uint8Array): Int32Array {
  const keyBit = (bit: number): number => ((password[bit >> 3] ?? 0) >> (6 - (bit & 7))) & 1
  const bits = PC1.map(keyBit)
  const keys = new Int32Array(32)
  let turned = 0
  for (let round = 0; round < 16; round++) {
    turned += ROTATIONS[round] ?? 0
    for (let at = 0; at < 48; at++) {
      const from = PC2[at] ?? 0
      const half = from < 28 ? 0 : 28
      const bit = bits[half + ((from - half + turned) % 28)] ?? 0
      const word = round * 2 + (at < 24 ? 0 : 1)
      keys[word] = (keys[word] ?? 0) | (bit << (23 - (at % 24)))
    }
  }
  return keys
}

/**
 * The 11 characters of the digest of the traditional crypt(3): DES, 25 times over a zero block, with the expansion
 * changed by the salt. Only the lowest seven bits of the first eight bytes of the password count.
 * @param salt two characters of crypt(3)'s base 64
 */
export function desCrypt(password: Uint8Array, salt: string): string {
  const keys = keySchedule(password.subarray(0, 8))
  const swap = saltMask(fromItoa64(salt.charAt(0)) | (fromItoa64(salt.charAt(1)) << 6))
  const [s0, s1, s2, s3, s4, s5, s6, s7] = BOXES as unknown as BoxTuple
  let left = 0
  let right = 0
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    for (let key = 0; key < 32; key += 2) {
      // The expansion: eight overlapping groups of six bits, four in each word.
      const turned = (right << 31) | (right >>> 1)
      const end = (right << 1) | (right >>> 31)
      let high =
        ((turned >>> 8) & 0xfc0000) |
        ((right >>> 11) & 0x3f000) |
        ((right >>> 13) & 0xfc0) |
        ((right >>> 15) & 0x3f)
      let low = ((right & 0x1f800) << 7) | ((right & 0x1f80) << 5) | ((right & 0x1f8) << 3) | (end & 0x3f)
      const exchanged = (high ^ low) & swap
      high ^= exchanged ^ (keys[key] as number)
      low ^= exchanged ^ (keys[key + 1] as number)
      const mixed =
        (s0[(high >>> 18) & 63] as number) |
        (s1[(high >>> 12) & 63] as number) |
        (s2[(high >>> 6) & 63] as number) |
        (s3[high & 63] as number) |
        (s4[(low >>> 18) & 63] as number) |
        (s5[(low >>> 12) & 63] as number) |
        (s6[(low >>> 6) & 63] as number) |
        (s7[low & 63] as number)
      const next = left ^ mixed
      left = right
      right = next
    }
    const before = left
    left = right
    right = before
  }
  return encoded(left, right)
}

type BoxTuple = readonly [
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
]

/** Bit 0 of the salt exchanges the first bits of the two halves of the expansion, bit 1 the second, and so on. */
function saltMask(salt: number): number {
  let mask = 0
  for (let bit = 0; bit < 12; bit++) if (salt & (1 << bit)) mask |= 1 << (23 - bit)
  return mask
}

/** The permuted 64 bits in groups of six, most significant first; two zero bits fill the last group. */
function encoded(left: number, right: number): string {
  const bitAt = (bit: number): number => ((bit < 32 ? left : right) >>> (31 - (bit & 31))) & 1
  let text = ''
  for (let at = 0; at < 66; at += 6) {
    let six = 0
    for (let bit = at; bit < at + 6; bit++) six = (six << 1) | (bit < 64 ? bitAt(FINAL[bit] ?? 0) : 0)
    text += itoa64(six, 1)
  }
  return text
}
