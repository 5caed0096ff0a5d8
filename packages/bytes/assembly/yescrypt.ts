// What costs memory in yescrypt 1.0 with its usual parameters (flavour 182: read-write, six rounds, four gathers of two
// lanes, boxes of 12 KiB), after Percival's scrypt (RFC 7914) and Peslyak's description of what yescrypt adds. One
// stream (p = 1), no ROM. Blocks of Salsa20 lie in memory in the order in which their diagonals are vectors.
const BOX: usize = 4096
const MASK: u32 = 4080

/** Places of the three boxes, changed about with every block, and where the next write goes. */
let box0: usize = 0
let box1: usize = 0
let box2: usize = 0
let write: usize = 0

@inline function rotl(x: v128, n: i32): v128 {
  return v128.or(i32x4.shl(x, n), i32x4.shr_u(x, 32 - n))
}

/** Salsa20 with so many double rounds, in place, over 64 bytes whose diagonals are vectors. */
function salsa(at: usize, doubles: u32): void {
  const x0 = v128.load(at), x1 = v128.load(at, 16), x2 = v128.load(at, 32), x3 = v128.load(at, 48)
  let a = x0, b = x1, c = x2, d = x3
  for (let i: u32 = 0; i < doubles; i++) {
    b = v128.xor(b, rotl(i32x4.add(a, d), 7))
    c = v128.xor(c, rotl(i32x4.add(b, a), 9))
    d = v128.xor(d, rotl(i32x4.add(c, b), 13))
    a = v128.xor(a, rotl(i32x4.add(d, c), 18))
    b = v128.shuffle<i32>(b, b, 3, 0, 1, 2)
    c = v128.shuffle<i32>(c, c, 2, 3, 0, 1)
    d = v128.shuffle<i32>(d, d, 1, 2, 3, 0)
    d = v128.xor(d, rotl(i32x4.add(a, b), 7))
    c = v128.xor(c, rotl(i32x4.add(d, a), 9))
    b = v128.xor(b, rotl(i32x4.add(c, d), 13))
    a = v128.xor(a, rotl(i32x4.add(b, c), 18))
    b = v128.shuffle<i32>(b, b, 1, 2, 3, 0)
    c = v128.shuffle<i32>(c, c, 2, 3, 0, 1)
    d = v128.shuffle<i32>(d, d, 3, 0, 1, 2)
  }
  v128.store(at, i32x4.add(x0, a))
  v128.store(at, i32x4.add(x1, b), 16)
  v128.store(at, i32x4.add(x2, c), 32)
  v128.store(at, i32x4.add(x3, d), 48)
}

@inline function product(x: v128): v128 {
  return i64x2.extmul_low_i32x4_u(v128.shuffle<i32>(x, x, 0, 2, 0, 2), v128.shuffle<i32>(x, x, 1, 3, 1, 3))
}

@inline function mixed(x: v128, first: usize, second: usize): v128 {
  const index = v128.extract_lane<u64>(x, 0)
  const one = v128.load(first + (<usize>(<u32>index & MASK)))
  const other = v128.load(second + (<usize>(<u32>(index >>> 32) & MASK)))
  return v128.xor(i64x2.add(product(x), one), other)
}

/** One block of 64 bytes through the boxes; what it gives changes the third of them. */
function pwxform(at: usize): void {
  const first = box0, second = box1
  let to = box2 + write
  let a = v128.load(at), b = v128.load(at, 16), c = v128.load(at, 32), d = v128.load(at, 48)
  a = mixed(a, first, second); b = mixed(b, first, second); c = mixed(c, first, second); d = mixed(d, first, second)
  for (let round = 0; round < 4; round++) {
    a = mixed(a, first, second); b = mixed(b, first, second); c = mixed(c, first, second); d = mixed(d, first, second)
    v128.store(to, a); v128.store(to, b, 16); v128.store(to, c, 32); v128.store(to, d, 48)
    to += 64
  }
  v128.store(at, mixed(a, first, second)); v128.store(at, mixed(b, first, second), 16)
  v128.store(at, mixed(c, first, second), 32); v128.store(at, mixed(d, first, second), 48)
  write = (to - box2) & 4095
  const third = box2
  box2 = box1
  box1 = box0
  box0 = third
}

@inline function xor64(to: usize, from: usize): void {
  v128.store(to, v128.xor(v128.load(to), v128.load(from)))
  v128.store(to, v128.xor(v128.load(to, 16), v128.load(from, 16)), 16)
  v128.store(to, v128.xor(v128.load(to, 32), v128.load(from, 32)), 32)
  v128.store(to, v128.xor(v128.load(to, 48), v128.load(from, 48)), 48)
}

/** The block mix of yescrypt, in place. */
function mix(at: usize, bytes: usize): void {
  const end = at + bytes
  let before = end - 64
  for (let block = at; block < end; block += 64) {
    xor64(block, before)
    pwxform(block)
    before = block
  }
  salsa(end - 64, 1)
}

/** The block mix of scrypt with r = 1, in place: what the boxes are filled with. */
function mixPair(at: usize): void {
  xor64(at, at + 64)
  salsa(at, 4)
  xor64(at + 64, at)
  salsa(at + 64, 4)
}

@inline function xorAll(to: usize, from: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 64) xor64(to + at, from + at)
}

/** Fills the boxes out of the first 128 bytes of the block, which change by it. */
export function fillBoxes(block: usize): void {
  for (let i: usize = 0; i < 96; i++) {
    memory.copy(BOX + i * 128, block, 128)
    mixPair(block)
  }
  box2 = BOX
  box1 = BOX + 4096
  box0 = BOX + 8192
  write = 0
}

/**
 * Both passes over the memory, in place over the block.
 * @param block 128 * r bytes @param memoryAt 128 * r * n bytes @param n a power of two
 * @param loops how often the second pass reads and writes
 */
export function passes(block: usize, bytes: usize, memoryAt: usize, n: u32, loops: u32): void {
  const last = bytes - 64
  let power: u32 = 1
  for (let i: u32 = 0; i < n; i++) {
    memory.copy(memoryAt + <usize>i * bytes, block, bytes)
    if (i > 1) {
      if (i == power << 1) power = i
      const j = (load<u32>(block + last) & (power - 1)) + (i - power)
      xorAll(block, memoryAt + <usize>j * bytes, bytes)
    }
    mix(block, bytes)
  }
  for (let i: u32 = 0; i < loops; i++) {
    const row = memoryAt + <usize>(load<u32>(block + last) & (n - 1)) * bytes
    xorAll(block, row, bytes)
    memory.copy(row, block, bytes)
    mix(block, bytes)
  }
}
