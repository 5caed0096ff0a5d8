// LZO1X and LZ4 block decoders. Bounds are checked once for each copy; the caller leaves 16 bytes of slack behind the input.
export let gIn: usize = 0; export let gOut: usize = 0;
@inline function copyMatch(outp: usize, dist: usize, n: usize): usize {
  let src = outp - dist; const stop = outp + n;
  if (dist >= 8) { while (outp + 8 <= stop) { store<u64>(outp, load<u64>(src)); outp += 8; src += 8; } }
  while (outp < stop) { store<u8>(outp, load<u8>(src)); outp++; src++; }
  return stop;
}
// 0 whole, 2 truncated, 3 corrupt, 4 output full
export function lz4(inp: usize, inEnd: usize, out: usize, outEnd: usize, history: usize): u32 {
  let o = out; let r: u32 = 0;
  while (true) {
    if (inp >= inEnd) { r = 2; break; }
    const token: u32 = load<u8>(inp++);
    let n: usize = token >>> 4;
    if (n == 15) { let b: u32 = 255; while (b == 255) { if (inp >= inEnd) { gIn = inp; gOut = o; return 2; } b = load<u8>(inp++); n += b; } }
    if (n > inEnd - inp) { r = 2; break; }
    if (n > outEnd - o) { r = 4; break; }
    memory.copy(o, inp, n); o += n; inp += n;
    if (inp == inEnd) break;
    if (inEnd - inp < 2) { r = 2; break; }
    const dist: usize = load<u16>(inp); inp += 2;
    if (dist == 0 || dist > o - history) { r = 3; break; }
    n = token & 15;
    if (n == 15) { let b: u32 = 255; while (b == 255) { if (inp >= inEnd) { gIn = inp; gOut = o; return 2; } b = load<u8>(inp++); n += b; } }
    n += 4;
    if (n > outEnd - o) { r = 4; break; }
    o = copyMatch(o, dist, n);
  }
  gIn = inp; gOut = o; return r;
}
export function lzo1x(inp: usize, inEnd: usize, out: usize, outEnd: usize, history: usize): u32 {
  let o = out; let r: u32 = 0; let state: u32 = 0; let lits: usize = 0; let len: usize = 0; let dist: usize = 0;
  if (inp >= inEnd) { gIn = inp; gOut = o; return 2; }
  if (load<u8>(inp) > 17) {
    lits = load<u8>(inp++) - 17;
    if (lits > inEnd - inp) { gIn = inp; gOut = o; return 2; }
    if (lits > outEnd - o) { gIn = inp; gOut = o; return 4; }
    state = lits < 4 ? <u32>lits : 4;
    memory.copy(o, inp, lits); o += lits; inp += lits;
  }
  while (true) {
    if (inp >= inEnd) { r = 2; break; }
    const t: u32 = load<u8>(inp++);
    if (t < 16) {
      if (state == 0) {
        lits = t;
        if (t == 0) {
          lits = 15;
          while (inp < inEnd && load<u8>(inp) == 0) { inp++; lits += 255; }
          if (inp >= inEnd) { r = 2; break; }
          lits += load<u8>(inp++);
        }
        lits += 3;
        if (lits > inEnd - inp) { r = 2; break; }
        if (lits > outEnd - o) { r = 4; break; }
        memory.copy(o, inp, lits); o += lits; inp += lits;
        state = 4;
        continue;
      }
      if (inp >= inEnd) { r = 2; break; }
      const h: usize = load<u8>(inp++);
      dist = (h << 2) + (t >>> 2) + (state == 4 ? 2049 : 1);
      len = state == 4 ? 3 : 2;
      state = t & 3;
    } else if (t < 64) {
      const mask: u32 = t < 32 ? 7 : 31;
      len = t & mask;
      if (len == 0) {
        len = mask;
        while (inp < inEnd && load<u8>(inp) == 0) { inp++; len += 255; }
        if (inp >= inEnd) { r = 2; break; }
        len += load<u8>(inp++);
      }
      len += 2;
      if (inEnd - inp < 2) { r = 2; break; }
      const d: u32 = load<u16>(inp); inp += 2;
      state = d & 3;
      if (t < 32) {
        dist = 16384 + ((t & 8) << 11) + (d >>> 2);
        if (dist == 16384) break;
      } else dist = (d >>> 2) + 1;
    } else {
      if (inp >= inEnd) { r = 2; break; }
      const h: usize = load<u8>(inp++);
      len = t < 128 ? 3 + ((t >>> 5) & 1) : 5 + ((t >>> 5) & 3);
      dist = (h << 3) + ((t >>> 2) & 7) + 1;
      state = t & 3;
    }
    if (dist > o - history) { r = 3; break; }
    if (len > outEnd - o) { r = 4; break; }
    o = copyMatch(o, dist, len);
    if (state != 0) {
      if (<usize>state > inEnd - inp) { r = 2; break; }
      if (<usize>state > outEnd - o) { r = 4; break; }
      store<u8>(o, load<u8>(inp));
      if (state > 1) store<u8>(o + 1, load<u8>(inp + 1));
      if (state > 2) store<u8>(o + 2, load<u8>(inp + 2));
      o += state; inp += state;
    }
  }
  gIn = inp; gOut = o; return r;
}
