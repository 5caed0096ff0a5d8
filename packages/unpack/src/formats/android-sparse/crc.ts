import { crc32 } from 'node:zlib'
import { type Bytes, Reader } from '@messlatte/bytes'
import { crc32Of } from '../members.ts'
import { chunksOf, type SparseHeader } from './parse.ts'

/** Of CRC-32 (IEEE 802.3), reflected: the bit of x to the power of 0 is the highest one. */
const POLYNOMIAL = 0xedb88320
/** x to the power of 8: what a byte behind multiplies a sum with. */
const BYTE = 0x00800000

/** What a sum is multiplied with for 1, 2, 4, … bytes behind, up to the longest content that numbers can tell. */
const POWERS = powers(53)

/** Which of the checksums that the image tells differ. Writers disagree on whether holes count as zeros: both hold. */
export function wrongSums(bytes: Bytes, start: number, header: SparseHeader): readonly string[] {
  if (header.crc === 0 && !hasSum(bytes, start, header)) return []
  const wrong: string[] = []
  let [withHoles, without] = [0, 0]
  for (const { type, length, at } of chunksOf(bytes, start, header)) {
    if (type === 'crc') {
      const sum = wordAt(bytes, at)
      if (sum !== withHoles && sum !== without) wrong.push('a CRC in between')
      continue
    }
    const sum =
      type === 'raw' ? crc32Of(bytes, at, length) : crcOfWord(type === 'fill' ? wordAt(bytes, at) : 0, length)
    withHoles = joined(withHoles, sum, length)
    if (type !== 'none') without = joined(without, sum, length)
  }
  if (header.crc !== 0 && header.crc !== withHoles && header.crc !== without)
    wrong.push('the CRC of the header')
  return wrong
}

function hasSum(bytes: Bytes, start: number, header: SparseHeader): boolean {
  for (const { type } of chunksOf(bytes, start, header)) if (type === 'crc') return true
  return false
}

function wordAt(bytes: Bytes, at: number): number {
  return new Reader(bytes.view(at, 4), 'little').u32()
}

/** The sum of two stretches one behind the other, of which the second has `length` bytes. */
export function joined(first: number, second: number, length: number): number {
  let moved = first
  for (let left = length, index = 0; left >= 1; left = Math.floor(left / 2), index++) {
    if (left % 2 === 1) moved = product(moved, POWERS[index] as number)
  }
  return (moved ^ second) >>> 0
}

/** Of a word that is repeated over `length` bytes, a multiple of 4: by doubling, because the length costs nothing. */
export function crcOfWord(word: number, length: number): number {
  const one = Buffer.alloc(4)
  one.writeUInt32LE(word)
  let [sum, doubled, size] = [0, crc32(one), 4]
  for (let left = length / 4; left >= 1; left = Math.floor(left / 2)) {
    if (left % 2 === 1) sum = joined(sum, doubled, size)
    doubled = joined(doubled, doubled, size)
    size *= 2
  }
  return sum
}

function powers(count: number): readonly number[] {
  const list = [BYTE]
  while (list.length < count) list.push(product(list.at(-1) as number, list.at(-1) as number))
  return list
}

/** Product of two polynomials modulo that of the CRC. */
function product(a: number, b: number): number {
  let [sum, shifted] = [0, b]
  for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) sum ^= shifted
    shifted = (shifted & 1) !== 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1
  }
  return sum >>> 0
}
