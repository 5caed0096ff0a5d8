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

const BUCKETS: u32 = 7
const HALVES: u32 = 8
const PLACES: u32 = 128

/** How many fingerprints of a bucket have each nibble (u32 for each place), and how much of all bytes have one of its nibbles (f64 for each half). */
@inline function countAt(work: usize, bucket: u32, place: u32): usize {
  return work + ((<usize>(bucket * PLACES + place)) << 2)
}
@inline function shareAt(work: usize, bucket: u32, half: u32): usize {
  return work + ((<usize>(BUCKETS * PLACES)) << 2) + ((<usize>(bucket * HALVES + half)) << 3)
}
@inline function rateAt(work: usize, bucket: u32): usize {
  return shareAt(work, BUCKETS, 0) + ((<usize>bucket) << 3)
}
/** Of the two halves of each of the four bytes, the low one first. */
@inline function nibbleOf(fingerprint: u32, half: u32): u32 {
  return (fingerprint >>> (half << 2)) & 15
}
@inline function weightOf(weights: usize, half: u32, nibble: u32): f64 {
  return load<f64>(weights + ((<usize>(((half & 1) << 4) + nibble)) << 3))
}

function put(work: usize, weights: usize, bucket: u32, fingerprint: u32, change: i32): void {
  let rate: f64 = 1
  for (let half: u32 = 0; half < HALVES; half++) {
    const nibble = nibbleOf(fingerprint, half)
    const place = countAt(work, bucket, (half << 4) + nibble)
    const count = load<i32>(place) + change
    store<i32>(place, count)
    const share = shareAt(work, bucket, half)
    // Only the first one with a nibble, and the last one that goes, changes what passes.
    if (count == 0 || (count == 1 && change == 1))
      store<f64>(share, load<f64>(share) + <f64>change * weightOf(weights, half, nibble))
    rate *= load<f64>(share)
  }
  store<f64>(rateAt(work, bucket), rate)
}

function rateWith(work: usize, weights: usize, bucket: u32, fingerprint: u32): f64 {
  let rate: f64 = 1
  for (let half: u32 = 0; half < HALVES; half++) {
    const nibble = nibbleOf(fingerprint, half)
    const added = load<u32>(countAt(work, bucket, (half << 4) + nibble)) == 0 ? weightOf(weights, half, nibble) : 0
    rate *= load<f64>(shareAt(work, bucket, half)) + added
  }
  return rate
}

/**
 * Shares `count` fingerprints (u32) out over the buckets so that little passes that none of them is: those go together
 * whose nibbles are alike. Writes the bucket of each to `homes` (u8). `weights`: how often each low and each high nibble
 * is met (32 f64); `work`: zeros, 4096 bytes.
 */
export function shareOut(fingerprints: usize, count: u32, homes: usize, weights: usize, work: usize): void {
  // Each finds its place three times: then it knows where the others are.
  for (let round: u32 = 0; round < 3; round++) {
    for (let index: u32 = 0; index < count; index++) {
      const fingerprint = load<u32>(fingerprints + ((<usize>index) << 2))
      if (round > 0) put(work, weights, <u32>load<u8>(homes + <usize>index), fingerprint, -1)
      let best: u32 = 0
      let least = f64.MAX_VALUE
      for (let bucket: u32 = 0; bucket < BUCKETS; bucket++) {
        const cost = rateWith(work, weights, bucket, fingerprint) - load<f64>(rateAt(work, bucket))
        if (cost >= least) continue
        best = bucket
        least = cost
      }
      put(work, weights, best, fingerprint, 1)
      store<u8>(homes + <usize>index, <u8>best)
    }
  }
}
