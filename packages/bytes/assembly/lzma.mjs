// Expands the range decoder's steps in place: state in locals, because globals cost a memory access each.
const NORM = `if (range < 0x1000000) { range <<= 8; code = (code << 8) | <u32>load<u8>(inp); inp++; }`
const BIT = (p, zero, one) => `
  ${NORM}
  probPtr = ${p}; prob = <u32>load<u16>(probPtr); bound = (range >>> 11) * prob;
  if (code < bound) { range = bound; store<u16>(probPtr, <u16>(prob + ((2048 - prob) >>> 5))); ${zero} }
  else { range -= bound; code -= bound; store<u16>(probPtr, <u16>(prob - (prob >>> 5))); ${one} }`
/**
 * The same without a branch: what a tree's bits say is close to a coin toss, so a mask beats the branch predictor.
 * `taken` is all ones for a 0 bit; for a 1 bit the probability falls by prob >>> 5, which (31 - prob) >> 5 is as well.
 */
const STEP = (p) => `
  ${NORM}
  probPtr = ${p}; prob = <u32>load<u16>(probPtr); bound = (range >>> 11) * prob; taken = 0 - <u32>(code < bound);
  range = (bound & taken) | ((range - bound) & ~taken); code -= bound & ~taken;
  store<u16>(probPtr, <u16>(prob + <u32>((<i32>((2017 & taken) + 31) - <i32>prob) >> 5)));`
const TREEBIT = (base, v) => `${STEP(`${base} + (${v} << 1)`)} ${v} = (${v} << 1) + 1 + taken;`
const rep = (n, f) => Array.from({ length: n }, (_, i) => f(i)).join('\n')
const LEN = (base) =>
  BIT(
    base,
    `
    lenBase = ${base} + 4 + (posState << 4); sym = 1; ${rep(3, () => TREEBIT('lenBase', 'sym'))}
    len = sym - 8 + 2;`,
    BIT(
      `${base} + 2`,
      `
    lenBase = ${base} + 4 + 256 + (posState << 4); sym = 1; ${rep(3, () => TREEBIT('lenBase', 'sym'))}
    len = sym - 8 + 10;`,
      `
    lenBase = ${base} + 4 + 512; sym = 1; ${rep(8, () => TREEBIT('lenBase', 'sym'))}
    len = sym - 256 + 18;`,
    ),
  )
/** The AssemblyScript source of the LZMA core. */
export function lzmaSource() {
  return `
const P: usize = 10240;
const IS_REP: usize = P + 192*2, G0: usize = P + 204*2, G1: usize = P + 216*2, G2: usize = P + 228*2, R0L: usize = P + 240*2;
const SLOT: usize = P + 432*2, SPEC: usize = P + 688*2, ALIGN: usize = P + 816*2, LENC: usize = P + 832*2, REPL: usize = P + 1346*2, LIT: usize = P + 1860*2;
let gLc: u32 = 0, gLp: u32 = 0, gPb: u32 = 0;
let gRange: u32 = 0, gCode: u32 = 0, gState: u32 = 0, gRep0: u32 = 0, gRep1: u32 = 0, gRep2: u32 = 0, gRep3: u32 = 0, gRem: u32 = 0;
/** The output before the last symbol: where input was missing, that one was made up. */
export let gBefore: usize = 0; export let gIn: usize = 0; export let gOut: usize = 0;
/** The host has moved the input. */
export function setInput(at: usize): void { gIn = at; }
export function setProps(lc: u32, lp: u32, pb: u32): void { gLc = lc; gLp = lp; gPb = pb; }
export function resetState(): void {
  gState = 0; gRep0 = 0; gRep1 = 0; gRep2 = 0; gRep3 = 0; gRem = 0;
  const end: usize = LIT + (<usize>(0x300) << (gLc + gLp)) * 2;
  for (let p: usize = P; p < end; p += 8) store<u64>(p, 0x0400040004000400);
}
// 0 ok (output limit reached), 1 end marker, 2 truncated, 3 corrupt
export function initRange(inp: usize, end: usize): u32 {
  if (inp + 5 > end) return 2;
  if (load<u8>(inp) != 0) return 3;
  gRange = 0xFFFFFFFF; gCode = bswap<u32>(load<u32>(inp + 1)); gIn = inp + 5;
  return 0;
}
export function decode(inEnd: usize, outp: usize, outEnd: usize, dictStart: usize, posBias: usize): u32 {
  let inp: usize = gIn, range: u32 = gRange, code: u32 = gCode, state: u32 = gState;
  let rep0: u32 = gRep0, rep1: u32 = gRep1, rep2: u32 = gRep2, rep3: u32 = gRep3;
  let prob: u32 = 0, bound: u32 = 0, taken: u32 = 0, probPtr: usize = 0, sym: u32 = 0, len: u32 = gRem, posState: u32 = 0, lenBase: usize = 0;
  const lc: u32 = gLc, lpMask: u32 = (1 << gLp) - 1, pbMask: u32 = (1 << gPb) - 1;
  let result: u32 = 0; let before: usize = outp;
  while (true) {
    if (len != 0) {
      // copy
      if (<usize>rep0 >= outp - dictStart) { result = 3; break; }
      let n: usize = len; if (n > outEnd - outp) n = outEnd - outp;
      len -= <u32>n;
      let src: usize = outp - <usize>rep0 - 1;
      const stop: usize = outp + n;
      if (<usize>rep0 >= 7 && outp + n + 8 <= outEnd) {
        do { store<u64>(outp, load<u64>(src)); outp += 8; src += 8; } while (outp < stop);
        outp = stop;
      } else {
        do { store<u8>(outp, load<u8>(src)); outp++; src++; } while (outp < stop);
      }
      if (len != 0) break;
    }
    if (outp >= outEnd) break;
    if (inp > inEnd) { result = 2; break; }
    before = outp;
    const pos: u32 = <u32>(outp - posBias);
    posState = pos & pbMask;
    ${BIT(
      'P + <usize>(((state << 4) + posState) << 1)',
      `
      let prev: u32 = outp > dictStart ? <u32>load<u8>(outp - 1) : 0;
      const lit: usize = LIT + <usize>(0x600 * (((pos & lpMask) << lc) + (prev >>> (8 - lc))));
      sym = 1;
      if (state < 7) {
        ${rep(8, () => TREEBIT('lit', 'sym'))}
        state = state < 4 ? 0 : state - 3;
      } else {
        if (<usize>rep0 >= outp - dictStart) { result = 3; break; }
        let matchByte: u32 = <u32>load<u8>(outp - <usize>rep0 - 1), offs: u32 = 0x100, bit: u32 = 0;
        ${rep(
          8,
          () => `
        matchByte <<= 1; bit = matchByte & offs;
        ${STEP('lit + ((offs + bit + sym) << 1)')} sym = (sym << 1) + 1 + taken; offs &= bit ^ taken;`,
        )}
        state = state < 10 ? state - 3 : state - 6;
      }
      store<u8>(outp, <u8>sym); outp++; continue;
    `,
      `
      ${BIT(
        'IS_REP + (state << 1)',
        `
        rep3 = rep2; rep2 = rep1; rep1 = rep0;
        ${LEN('LENC')}
        state = state < 7 ? 7 : 10;
        let ls: u32 = len - 2; if (ls > 3) ls = 3;
        const sb: usize = SLOT + (ls << 7);
        sym = 1; ${rep(6, () => TREEBIT('sb', 'sym'))}
        const slot: u32 = sym - 64;
        if (slot < 4) rep0 = slot;
        else {
          const nb: u32 = (slot >>> 1) - 1;
          rep0 = (2 | (slot & 1)) << nb;
          if (slot < 14) {
            const pb: usize = SPEC + ((rep0 - slot) << 1);
            let m: u32 = 1, add: u32 = 0;
            for (let i: u32 = 0; i < nb; i++) { ${TREEBIT('pb', 'm')} add |= (m & 1) << i; }
            rep0 += add;
          } else {
            let direct: u32 = 0;
            for (let i: u32 = nb - 4; i != 0; i--) {
              ${NORM}
              range >>>= 1; code -= range; const t: u32 = 0 - (code >>> 31); code += range & t; direct = (direct << 1) + t + 1;
            }
            rep0 += direct << 4;
            let m: u32 = 1;
            ${rep(4, (i) => `${TREEBIT('ALIGN', 'm')} rep0 += (m & 1) << ${i};`)}
            if (rep0 == 0xFFFFFFFF) { ${NORM} len = 0; result = 1; break; }
          }
        }
      `,
        `
        ${BIT(
          'G0 + (state << 1)',
          `
          ${BIT(
            'R0L + (((state << 4) + posState) << 1)',
            `
            state = state < 7 ? 9 : 11;
            if (<usize>rep0 >= outp - dictStart) { result = 3; break; }
            store<u8>(outp, load<u8>(outp - <usize>rep0 - 1)); outp++; continue;`,
            '',
          )}
        `,
          `
          let dist: u32 = 0;
          ${BIT('G1 + (state << 1)', 'dist = rep1;', `${BIT('G2 + (state << 1)', 'dist = rep2;', 'dist = rep3; rep3 = rep2;')} rep2 = rep1;`)}
          rep1 = rep0; rep0 = dist;
        `,
        )}
        ${LEN('REPL')}
        state = state < 7 ? 8 : 11;
      `,
      )}
    `,
    )}
  }
  gIn = inp; gOut = outp; gBefore = before; gRange = range; gCode = code; gState = state; gRep0 = rep0; gRep1 = rep1; gRep2 = rep2; gRep3 = rep3; gRem = len;
  return result;
}
/** After the end of a chunk or stream: a last normalisation has to be done before the position is right. */
export function finish(): u32 { if (gRange < 0x1000000) { gRange <<= 8; gCode = (gCode << 8) | <u32>load<u8>(gIn); gIn++; } return gCode; }

// CRC-64 (ECMA-182, reflected) as in .xz, four bytes at a time; the tables are made once.
let crcReady: u32 = 0;
const CRCT: usize = 2048;  // u64[4][256], up to the probabilities
export let gCrcLow: u32 = 0; export let gCrcHigh: u32 = 0;
@inline function crcRow(row: usize, byte: u32): u64 { return load<u64>(CRCT + (row << 11) + (<usize>(byte & 255) << 3)); }
export function crc64(at: usize, end: usize, low: u32, high: u32): void {
  if (!crcReady) {
    for (let i: u32 = 0; i < 256; i++) { let c: u64 = i; for (let k = 0; k < 8; k++) c = c & 1 ? (c >> 1) ^ 0xC96C5795D7870F42 : c >> 1; store<u64>(CRCT + (i << 3), c); }
    for (let i: u32 = 256; i < 1024; i++) { const c: u64 = load<u64>(CRCT + ((i - 256) << 3)); store<u64>(CRCT + (i << 3), crcRow(0, <u32>c) ^ (c >> 8)); }
    crcReady = 1;
  }
  let c: u64 = ~((<u64>high << 32) | <u64>low);
  for (; at + 4 <= end; at += 4) {
    const x: u32 = <u32>c ^ load<u32>(at);
    c = crcRow(3, x) ^ crcRow(2, x >>> 8) ^ crcRow(1, x >>> 16) ^ crcRow(0, x >>> 24) ^ (c >> 32);
  }
  for (; at < end; at++) c = crcRow(0, <u32>c ^ load<u8>(at)) ^ (c >> 8);
  c = ~c; gCrcLow = <u32>c; gCrcHigh = <u32>(c >> 32);
}
`
}
