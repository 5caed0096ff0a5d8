// Streaming DEFLATE (RFC 1951). State lives in memory between calls; the host moves input and output windows.
// Tables: 0x400 literal/length fast+canonical, lengths etc. Canonical decoding by counts: small and hard to fool.
const LCOUNT: usize = 1024;          // u16[16]
const LSYM: usize = LCOUNT + 32;     // u16[288]
const DCOUNT: usize = LSYM + 576;    // u16[16]
const DSYM: usize = DCOUNT + 32;     // u16[32]
const LENS: usize = DSYM + 64;       // u8[320]
const OFFS: usize = LENS + 320;      // u16[16]
const LFAST: usize = 4096;           // u16[1 << 10]: symbol << 4 | length
const DFAST: usize = LFAST + 2048;   // u16[1 << 9]
const LBITS: u32 = 10; const DBITS: u32 = 9;
let gFixed: u32 = 0; let gHold: u64 = 0; let gBits: u32 = 0; let gState: u32 = 0; let gLast: u32 = 0; let gLeft: u32 = 0;
export let gIn: usize = 0; export let gOut: usize = 0;
export function reset(): void { gHold = 0; gBits = 0; gState = 0; gLast = 0; gLeft = 0; gFixed = 0; }
// bytes read ahead but not used
export function unused(): u32 { return gBits >>> 3; }

function reverse(code: u32, length: u32): u32 {
  let r: u32 = 0;
  for (let i: u32 = 0; i < length; i++) { r = (r << 1) | (code & 1); code >>>= 1; }
  return r;
}
// 0 complete, 1 incomplete, 2 over-subscribed
function build(count: usize, symbols: usize, fast: usize, fastBits: u32, lens: usize, n: u32): u32 {
  memory.fill(count, 0, 32);
  for (let i: u32 = 0; i < n; i++) { const c = count + (<usize>load<u8>(lens + i) << 1); store<u16>(c, load<u16>(c) + 1); }
  let left: i32 = 1;
  for (let len: u32 = 1; len < 16; len++) { left <<= 1; left -= <i32>load<u16>(count + (len << 1)); if (left < 0) return 2; }
  store<u16>(OFFS + 2, 0);
  for (let len: u32 = 1; len < 15; len++) store<u16>(OFFS + ((len + 1) << 1), load<u16>(OFFS + (len << 1)) + load<u16>(count + (len << 1)));
  for (let i: u32 = 0; i < n; i++) {
    const len: u32 = load<u8>(lens + i);
    if (len != 0) { const o = OFFS + (len << 1); store<u16>(symbols + (<usize>load<u16>(o) << 1), <u16>i); store<u16>(o, load<u16>(o) + 1); }
  }
  memory.fill(fast, 0, <usize>2 << fastBits);
  let code: u32 = 0; let index: u32 = 0;
  for (let len: u32 = 1; len <= fastBits; len++) {
    const c: u32 = load<u16>(count + (len << 1));
    for (let i: u32 = 0; i < c; i++) {
      const entry: u32 = (<u32>load<u16>(symbols + ((index + i) << 1)) << 4) | len;
      for (let at: u32 = reverse(code + i, len); at < <u32>1 << fastBits; at += <u32>1 << len) store<u16>(fast + (at << 1), <u16>entry);
    }
    index += c; code = (code + c) << 1;
  }
  return left > 0 ? 1 : 0;
}
// Canonical walk for codes longer than the fast table. Returns symbol << 4 | length, or 0 for none.
function slow(hold: u64, count: usize, symbols: usize): u32 {
  let code: i32 = 0, first: i32 = 0, index: i32 = 0;
  for (let len: u32 = 1; len < 16; len++) {
    code |= <i32>(hold & 1); hold >>= 1;
    const c: i32 = load<u16>(count + (len << 1));
    if (code - c < first) return (<u32>load<u16>(symbols + (<usize>(index + (code - first)) << 1)) << 4) | len;
    index += c; first += c; first <<= 1; code <<= 1;
  }
  return 0;
}
@inline function order(i: u32): u32 {
  return i < 3 ? 16 + i : i == 3 ? 0 : (i & 1) == 0 ? 8 + ((i - 4) >>> 1) : 7 - ((i - 5) >>> 1);
}
function lenBase(s: u32): u32 { if (s < 8) return s + 3; if (s == 28) return 258; const e = (s >>> 2) - 1; return ((4 + (s & 3)) << e) + 3; }
function lenExtra(s: u32): u32 { return s < 8 || s == 28 ? 0 : (s >>> 2) - 1; }
function distBase(s: u32): u32 { if (s < 4) return s + 1; const e = (s >>> 1) - 1; return ((2 + (s & 1)) << e) + 1; }
function distExtra(s: u32): u32 { return s < 4 ? 0 : (s >>> 1) - 1; }

/**
 * 0 output window full, 1 stream ended, 2 needs more input, 3 corrupt. `final`: no more input will come.
 * A match may reach back to `dictStart`. Needs 320 bytes of room in the output for one step.
 */
export function run(inp: usize, inEnd: usize, final: u32, out: usize, outEnd: usize, dictStart: usize): u32 {
  let hold: u64 = gHold, bits: u32 = gBits, r: u32 = 0, o = out;
  const outSafe = outEnd - 320;
  // Where the output stood before the last symbol: what was read of the zeros behind the input is taken back.
  let before = o;
  // Behind the input lie zeros: what is read of them counts as missing.
  while (true) {
    // Behind a stored block the input may be used up; nothing is read from behind it before the last window.
    if (final == 0 && gState == 0 && inEnd < inp + 16) { r = 2; break; }
    if (bits <= 48) { hold |= load<u64>(inp) << bits; const n: u32 = (63 - bits) >>> 3; inp += n; bits += n << 3; }
    if (gState == 0) {
      if (final == 0 && inEnd < inp + 700) { r = 2; break; }
      if (final != 0 && inp - (bits >>> 3) > inEnd) { o = before; r = 2; break; }
      if (gLast) { r = 1; break; }
      gLast = <u32>(hold & 1);
      const type: u32 = <u32>(hold >> 1) & 3;
      hold >>= 3; bits -= 3;
      if (type == 0) {
        const skip = bits & 7; hold >>= skip; bits -= skip;
        if (bits <= 48) { hold |= load<u64>(inp) << bits; const n: u32 = (63 - bits) >>> 3; inp += n; bits += n << 3; }
        const len: u32 = <u32>hold & 0xffff, nlen: u32 = <u32>(hold >> 16) & 0xffff;
        if (len != (nlen ^ 0xffff)) { r = 3; break; }
        hold >>= 32; bits -= 32;
        // back to byte access
        inp -= bits >>> 3; hold = 0; bits = 0;
        gLeft = len; gState = 1;
        continue;
      }
      if (type == 1) {
        // Many small blocks in a row must not cost a table each.
        if (gFixed) { gState = 2; continue; }
        gFixed = 1;
        for (let i: u32 = 0; i < 288; i++) store<u8>(LENS + i, i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
        build(LCOUNT, LSYM, LFAST, LBITS, LENS, 288);
        for (let i: u32 = 0; i < 30; i++) store<u8>(LENS + i, 5);
        build(DCOUNT, DSYM, DFAST, DBITS, LENS, 30);
      } else if (type == 2) {
        gFixed = 0;
        const nlen: u32 = (<u32>hold & 31) + 257, ndist: u32 = (<u32>(hold >> 5) & 31) + 1, ncode: u32 = (<u32>(hold >> 10) & 15) + 4;
        hold >>= 14; bits -= 14;
        if (nlen > 286 || ndist > 30) { r = 3; break; }
        memory.fill(LENS, 0, 320);
        for (let i: u32 = 0; i < ncode; i++) {
          if (bits <= 48) { hold |= load<u64>(inp) << bits; const n: u32 = (63 - bits) >>> 3; inp += n; bits += n << 3; }
          store<u8>(LENS + order(i), <u8>(hold & 7)); hold >>= 3; bits -= 3;
        }
        if (build(LCOUNT, LSYM, LFAST, LBITS, LENS, 19) != 0) { r = 3; break; }
        let i: u32 = 0; let bad: u32 = 0;
        // the code lengths' code is used up before LENS is written again
        memory.fill(LENS, 0, 320);
        while (i < nlen + ndist) {
          if (bits <= 48) { hold |= load<u64>(inp) << bits; const n: u32 = (63 - bits) >>> 3; inp += n; bits += n << 3; }
          let e: u32 = load<u16>(LFAST + ((<u32>hold & 1023) << 1));
          if (e == 0) { bad = 1; break; }
          hold >>= <u64>(e & 15); bits -= e & 15;
          const s: u32 = e >>> 4;
          if (s < 16) { store<u8>(LENS + i, <u8>s); i++; continue; }
          let prev: u32 = 0; let n: u32 = 0;
          if (s == 16) { if (i == 0) { bad = 1; break; } prev = load<u8>(LENS + i - 1); n = 3 + (<u32>hold & 3); hold >>= 2; bits -= 2; }
          else if (s == 17) { n = 3 + (<u32>hold & 7); hold >>= 3; bits -= 3; }
          else { n = 11 + (<u32>hold & 127); hold >>= 7; bits -= 7; }
          if (i + n > nlen + ndist) { bad = 1; break; }
          while (n != 0) { store<u8>(LENS + i, <u8>prev); i++; n--; }
        }
        if (bad || load<u8>(LENS + 256) == 0) { r = 3; break; }
        const lc = build(LCOUNT, LSYM, LFAST, LBITS, LENS, nlen);
        if (lc == 2 || (lc == 1 && nlen - load<u16>(LCOUNT) != 1)) { r = 3; break; }
        const dc = build(DCOUNT, DSYM, DFAST, DBITS, LENS + nlen, ndist);
        if (dc == 2 || (dc == 1 && ndist - load<u16>(DCOUNT) > 1)) { r = 3; break; }
      } else { r = 3; break; }
      gState = 2;
      continue;
    }
    if (gState == 1) {
      inp -= bits >>> 3; hold = 0; bits = 0;
      let n: usize = gLeft;
      if (n > outEnd - o) n = outEnd - o;
      if (n > inEnd - inp) n = inEnd > inp ? inEnd - inp : 0;
      memory.copy(o, inp, n); o += n; inp += n; gLeft -= <u32>n;
      if (gLeft == 0) { gState = 0; continue; }
      r = o == outEnd ? 0 : 2;
      break;
    }
    // symbols
    if (o > outSafe) { r = 0; break; }
    if (final == 0) { if (inEnd < inp + 16) { r = 2; break; } }
    else if (inp > inEnd && inp - (bits >>> 3) > inEnd) { o = before; r = 2; break; }
    before = o;
    let e: u32 = load<u16>(LFAST + ((<u32>hold & 1023) << 1));
    if (e == 0) { e = slow(hold, LCOUNT, LSYM); if (e == 0) { r = 3; break; } }
    hold >>= <u64>(e & 15); bits -= e & 15;
    let s: u32 = e >>> 4;
    if (s < 256) {
      store<u8>(o, <u8>s); o++;
      // bits left: at least 34; a second literal needs 15
      e = load<u16>(LFAST + ((<u32>hold & 1023) << 1));
      if (e != 0 && (e >>> 4) < 256) { hold >>= <u64>(e & 15); bits -= e & 15; store<u8>(o, <u8>(e >>> 4)); o++; }
      continue;
    }
    if (s == 256) { gState = 0; continue; }
    s -= 257;
    if (s > 28) { r = 3; break; }
    let x: u32 = lenExtra(s);
    const len: u32 = lenBase(s) + (<u32>hold & ((1 << x) - 1));
    hold >>= <u64>x; bits -= x;
    e = load<u16>(DFAST + ((<u32>hold & 511) << 1));
    if (e == 0) { e = slow(hold, DCOUNT, DSYM); if (e == 0) { r = 3; break; } }
    hold >>= <u64>(e & 15); bits -= e & 15;
    s = e >>> 4;
    if (s > 29) { r = 3; break; }
    x = distExtra(s);
    const dist: usize = distBase(s) + (<u32>hold & ((1 << x) - 1));
    hold >>= <u64>x; bits -= x;
    if (dist > o - dictStart) { r = 3; break; }
    let src = o - dist; const stop = o + len;
    if (dist >= 8) { while (o < stop) { store<u64>(o, load<u64>(src)); o += 8; src += 8; } o = stop; }
    else while (o < stop) { store<u8>(o, load<u8>(src)); o++; src++; }
  }
  gHold = hold; gBits = bits; gIn = inp; gOut = o;
  return r;
}
