// Finds where any of some four-byte fingerprints may stand, 16 positions at a time: for each of the four bytes, two
// tables by nibble hold a bit for each bucket of fingerprints; a position is a candidate when a bucket is left in all.
// What is left is looked up by a hash of its four bytes, or of its first three, in two bitmaps: with many fingerprints the
// buckets let too much through.
const TABLES: usize = 1024
const BITS_4: usize = 69632
const BITS_3: usize = 77824
const MULTIPLIER: u32 = 0x9e3779b1

@inline function isSet(bitmap: usize, value: u32): bool {
  const hash: u32 = (value * MULTIPLIER) >>> 16
  return ((load<u8>(bitmap + (hash >>> 3)) >>> (hash & 7)) & 1) != 0
}

/** Writes candidates (u32 offsets from `at`) to `out`, at most `most`; returns how many. 32 bytes behind `end` are read. */
export function find(at: usize, end: usize, out: usize, most: u32): u32 {
  const l0 = v128.load(TABLES),
    h0 = v128.load(TABLES + 16),
    l1 = v128.load(TABLES + 32),
    h1 = v128.load(TABLES + 48)
  const l2 = v128.load(TABLES + 64),
    h2 = v128.load(TABLES + 80),
    l3 = v128.load(TABLES + 96),
    h3 = v128.load(TABLES + 112)
  const low = i8x16.splat(15)
  let count: u32 = 0
  for (let i = at; i < end; i += 16) {
    const a = v128.load(i),
      b = v128.load(i + 1),
      c = v128.load(i + 2),
      d = v128.load(i + 3)
    const left = v128.and(
      v128.and(
        v128.and(i8x16.swizzle(l0, v128.and(a, low)), i8x16.swizzle(h0, i8x16.shr_u(a, 4))),
        v128.and(i8x16.swizzle(l1, v128.and(b, low)), i8x16.swizzle(h1, i8x16.shr_u(b, 4))),
      ),
      v128.and(
        v128.and(i8x16.swizzle(l2, v128.and(c, low)), i8x16.swizzle(h2, i8x16.shr_u(c, 4))),
        v128.and(i8x16.swizzle(l3, v128.and(d, low)), i8x16.swizzle(h3, i8x16.shr_u(d, 4))),
      ),
    )
    if (!v128.any_true(left)) continue
    let bits: u32 = <u32>i8x16.bitmask(i8x16.ne(left, i8x16.splat(0)))
    while (bits != 0) {
      const at16 = <usize>ctz<u32>(bits)
      bits &= bits - 1
      if (i + at16 >= end) break
      const four = load<u32>(i + at16)
      if (!isSet(BITS_4, four) && !isSet(BITS_3, four & 0xffffff)) continue
      if (count == most) return count
      store<u32>(out + ((<usize>count) << 2), <u32>(i + at16 - at))
      count++
    }
  }
  return count
}
