// One bzip2 block at a time. The host gives a bit position in an input window and takes the output in pieces.
const SEL: usize = 1024;                // u8[18002]
const LENS: usize = SEL + 18432;        // u8[6][258]
const LIMIT: usize = LENS + 2048;       // i32[6][22]
const BASE: usize = LIMIT + 6 * 88;     // i32[6][22]
const PERM: usize = BASE + 6 * 88;      // u16[6][258]
const MINL: usize = PERM + 6 * 516 + 8; // u32[6]
const SEEN: usize = MINL + 32;          // u8[256]
const MTF: usize = SEEN + 256;          // u8[256]
const COUNTS: usize = 32768;            // u32[256]
const TT: usize = 65536;                // u32[900000]
export let gBit: u64 = 0; export let gOut: usize = 0; export let gCrc: u32 = 0;
let gLeft: u32 = 0; let gPos: u32 = 0; let gRun: u32 = 0; let gPrev: i32 = -1; let gCount: u32 = 0; let gRepeat: u32 = 0; let gBlockCrc: u32 = 0;
export let gStored: u32 = 0;
let base: usize = 0; let pos: u64 = 0;
@inline function get(n: u32): u32 {
  const at = base + <usize>(pos >> 3);
  const v: u64 = bswap<u64>(load<u64>(at)) << (pos & 7);
  pos += n;
  return <u32>(v >> (64 - n));
}
/** 0 ready to emit, 2 truncated, 3 corrupt, 5 randomised (obsolete). The bit position is behind the block's magic. */
export function block(input: usize, bit: u64, endBit: u64, maxSize: u32): u32 {
  base = input; pos = bit;
  if (pos + 200 > endBit) return 2;
  gStored = (get(16) << 16) | get(16);
  if (get(1)) return 5;
  return body(endBit, maxSize);
}
/** As `block`, for one without a CRC and without the bit that says that it is randomised. */
export function bareBlock(input: usize, bit: u64, endBit: u64, maxSize: u32): u32 {
  base = input; pos = bit;
  return pos + 100 > endBit ? 2 : body(endBit, maxSize);
}
function body(endBit: u64, maxSize: u32): u32 {
  const origin = get(24);
  memory.fill(SEEN, 0, 256);
  let used: u32 = 0; const groups = get(16);
  for (let i: u32 = 0; i < 16; i++) if (groups & (0x8000 >>> i)) {
    const m = get(16);
    for (let j: u32 = 0; j < 16; j++) if (m & (0x8000 >>> j)) { store<u8>(SEEN + used, <u8>(i * 16 + j)); used++; }
  }
  if (used == 0) return 3;
  const alpha = used + 2, tables = get(3), selectors = get(15);
  if (tables < 2 || tables > 6 || selectors == 0) return 3;
  for (let i: u32 = 0; i < 6; i++) store<u8>(MTF + i, <u8>i);
  for (let i: u32 = 0; i < selectors; i++) {
    let j: u32 = 0;
    while (get(1)) { j++; if (j >= tables) return 3; }
    if (pos > endBit) return 2;
    const v = load<u8>(MTF + j);
    while (j != 0) { store<u8>(MTF + j, load<u8>(MTF + j - 1)); j--; }
    store<u8>(MTF, v);
    if (i < 18002) store<u8>(SEL + i, v);
  }
  for (let t: u32 = 0; t < tables; t++) {
    let len: i32 = <i32>get(5);
    for (let i: u32 = 0; i < alpha; i++) {
      while (true) {
        if (len < 1 || len > 20) return 3;
        if (get(1) == 0) break;
        len += get(1) ? -1 : 1;
      }
      store<u8>(LENS + t * 258 + i, <u8>len);
    }
    if (pos > endBit) return 2;
    // canonical tables
    let min: u32 = 32, max: u32 = 0;
    for (let i: u32 = 0; i < alpha; i++) { const l: u32 = load<u8>(LENS + t * 258 + i); if (l < min) min = l; if (l > max) max = l; }
    let p: u32 = 0;
    for (let l: u32 = min; l <= max; l++) for (let i: u32 = 0; i < alpha; i++) if (load<u8>(LENS + t * 258 + i) == l) { store<u16>(PERM + t * 516 + (p << 1), <u16>i); p++; }
    let code: i32 = 0, index: i32 = 0;
    for (let l: u32 = 0; l < 22; l++) { store<i32>(LIMIT + t * 88 + (l << 2), -1); store<i32>(BASE + t * 88 + (l << 2), 0); }
    for (let l: u32 = min; l <= max; l++) {
      let c: i32 = 0;
      for (let i: u32 = 0; i < alpha; i++) if (load<u8>(LENS + t * 258 + i) == l) c++;
      store<i32>(BASE + t * 88 + (l << 2), index - code);
      code += c; index += c;
      store<i32>(LIMIT + t * 88 + (l << 2), code - 1);
      if (code > (1 << l)) return 3;
      code <<= 1;
    }
    store<u32>(MINL + (t << 2), min);
  }
  memory.fill(COUNTS, 0, 1024);
  for (let i: u32 = 0; i < 256; i++) store<u8>(MTF + i, i < used ? load<u8>(SEEN + i) : 0);
  let size: u32 = 0, run: u32 = 0, weight: u32 = 1, group: u32 = 0, inGroup: u32 = 0;
  let table: u32 = 0;
  const eob = alpha - 1;
  while (true) {
    if (inGroup == 0) {
      if (group >= selectors || group >= 18002) return 3;
      table = load<u8>(SEL + group); group++; inGroup = 50;
      if (pos > endBit) return 2;
    }
    inGroup--;
    let len: u32 = load<u32>(MINL + (table << 2));
    const window: u32 = get(20); pos -= 20;
    let code: i32 = 0;
    while (true) {
      if (len > 20) return 3;
      code = <i32>(window >>> (20 - len));
      if (code <= load<i32>(LIMIT + table * 88 + (len << 2))) break;
      len++;
    }
    pos += len;
    const index = code + load<i32>(BASE + table * 88 + (len << 2));
    if (<u32>index >= alpha) return 3;
    const sym: u32 = load<u16>(PERM + table * 516 + (<u32>index << 1));
    if (sym <= 1) {
      if (weight > 0x200000) return 3;
      run += weight << sym; weight <<= 1;
      continue;
    }
    if (run != 0) {
      if (run > maxSize - size) return 3;
      const b: u32 = load<u8>(MTF);
      const c = COUNTS + (b << 2); store<u32>(c, load<u32>(c) + run);
      while (run != 0) { store<u32>(TT + (size << 2), b); size++; run--; }
      weight = 1;
    }
    if (sym == eob) break;
    if (size >= maxSize) return 3;
    let j: u32 = sym - 1;
    const v: u32 = load<u8>(MTF + j);
    memory.copy(MTF + 1, MTF, j);
    store<u8>(MTF, <u8>v);
    const c = COUNTS + (v << 2); store<u32>(c, load<u32>(c) + 1);
    store<u32>(TT + (size << 2), v); size++;
  }
  if (pos > endBit) return 2;
  if (origin >= size) return size == 0 && origin == 0 ? 3 : 3;
  let sum: u32 = 0;
  for (let i: u32 = 0; i < 256; i++) { const c = COUNTS + (i << 2); const n = load<u32>(c); store<u32>(c, sum); sum += n; }
  for (let i: u32 = 0; i < size; i++) {
    const b = load<u8>(TT + (i << 2));
    const c = COUNTS + (<u32>b << 2); const at = load<u32>(c); store<u32>(c, at + 1);
    const t = TT + (at << 2); store<u32>(t, load<u32>(t) | (i << 8));
  }
  gPos = load<u32>(TT + (origin << 2)) >>> 8; gLeft = size; gPrev = -1; gCount = 0; gRepeat = 0; gBlockCrc = 0xffffffff; gBit = pos;
  return 0;
}
const CRC: usize = 34816;               // u32[256]
export function setup(): void {
  for (let i: u32 = 0; i < 256; i++) { let c: u32 = i << 24; for (let k = 0; k < 8; k++) c = c & 0x80000000 ? (c << 1) ^ 0x04c11db7 : c << 1; store<u32>(CRC + (i << 2), c); }
}
/** Writes what the block holds; 1 when it is all out, 0 when the output window is full. */
export function emit(out: usize, outEnd: usize): u32 {
  let o = out, left = gLeft, p = gPos, prev = gPrev, count = gCount, repeat = gRepeat, crc = gBlockCrc;
  while (o < outEnd) {
    if (repeat != 0) { store<u8>(o, <u8>prev); o++; repeat--; crc = (crc << 8) ^ load<u32>(CRC + (((crc >>> 24) ^ <u32>prev) << 2)); continue; }
    if (left == 0) break;
    const e: u32 = load<u32>(TT + (p << 2)); p = e >>> 8; left--;
    const b: i32 = <i32>(e & 255);
    if (count == 4) { repeat = <u32>b; count = 0; prev = prev; continue; }
    if (b == prev) count++; else { prev = b; count = 1; }
    store<u8>(o, <u8>b); o++;
    crc = (crc << 8) ^ load<u32>(CRC + (((crc >>> 24) ^ <u32>b) << 2));
  }
  gLeft = left; gPos = p; gPrev = prev; gCount = count; gRepeat = repeat; gBlockCrc = crc; gOut = o; gCrc = ~crc;
  return left == 0 && repeat == 0 ? 1 : 0;
}
