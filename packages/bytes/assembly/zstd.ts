// Zstandard blocks (RFC 8878, section 3.1.1.3) and XXH64. The host parses frames, and moves input and window.
// Entries of an FSE table are u32: next state's base | bits << 16 | symbol << 24.
const LL: usize = 1024;                 // u32[512]
const ML: usize = LL + 2048;            // u32[512]
const OF: usize = ML + 2048;            // u32[256]
const WT: usize = OF + 1024;            // u32[64]: the code of Huffman weights
const HUF: usize = WT + 256;            // u16[2048]: symbol | bits << 8
const NORM: usize = HUF + 4096;         // i16[256]
const NEXT: usize = NORM + 512;         // u16[256]
const WEIGHTS: usize = NEXT + 512;      // u8[256]
const LL_CODES: usize = WEIGHTS + 256;  // u32[36]: base | extra bits << 24
const ML_CODES: usize = LL_CODES + 256; // u32[53]
const STRIPE: usize = ML_CODES + 256;   // u8[32]: what XXH64 has not taken yet
const LITERALS: usize = 32768;          // u8[128 KiB], slack behind
const MOST_LITERALS: u32 = 131072;

export let gOut: usize = 0;
let rep1: u32 = 1, rep2: u32 = 4, rep3: u32 = 8;
// Bits of a state; -1 where there is no table that could be repeated.
let llLog: i32 = -1, mlLog: i32 = -1, ofLog: i32 = -1, hufLog: i32 = -1;

/** Once for an instance: what the codes of literal and match lengths stand for. */
export function setup(): void {
  let base: u32 = 0;
  for (let code: u32 = 0; code < 36; code++) {
    const bits: u32 = code < 16 ? 0 : code < 20 ? 1 : code < 22 ? 2 : code < 24 ? 3 : code == 24 ? 4 : code - 19;
    store<u32>(LL_CODES + (code << 2), base | (bits << 24));
    base += 1 << bits;
  }
  base = 3;
  for (let code: u32 = 0; code < 53; code++) {
    const bits: u32 = code < 32 ? 0 : code < 36 ? 1 : code < 38 ? 2 : code < 40 ? 3 : code < 42 ? 4 : code == 42 ? 5 : code - 36;
    store<u32>(ML_CODES + (code << 2), base | (bits << 24));
    base += 1 << bits;
  }
}

export function startFrame(): void {
  rep1 = 1; rep2 = 4; rep3 = 8; llLog = -1; mlLog = -1; ofLog = -1; hufLog = -1;
}

@inline function highBit(value: u32): u32 { return 31 - clz<u32>(value); }

/** Bits of a stream that is read backwards: `count` of them from bit `pos` of what starts at `start`. */
@inline function bitsAt(start: usize, pos: i32, count: u32): u32 {
  return <u32>(load<u64>(start + <usize>(pos >> 3)) >> (pos & 7)) & ((1 << count) - 1);
}

/** Where a backward stream's first bit is, behind the mark; -1 for none. */
@inline function backwards(start: usize, end: usize): i32 {
  if (end <= start) return -1;
  const last: u32 = load<u8>(end - 1);
  return last == 0 ? -1 : <i32>(end - start - 1) * 8 + <i32>highBit(last);
}

let fseLog: u32 = 0;
/** Reads the distribution of an FSE code into NORM (section 4.1.1). Returns where it ends, 0 when it is bad. */
function readNorm(inp: usize, inEnd: usize, mostSymbol: u32, mostLog: u32): usize {
  if (inp >= inEnd) return 0;
  fseLog = (<u32>load<u8>(inp) & 15) + 5;
  if (fseLog > mostLog) return 0;
  memory.fill(NORM, 0, 512);
  let pos: i32 = 4, remaining: i32 = 1 << fseLog, symbol: u32 = 0;
  const endBit: i32 = <i32>(inEnd - inp) * 8;
  while (remaining > 0) {
    if (symbol > mostSymbol || pos > endBit) return 0;
    const bits: u32 = highBit(remaining + 1) + 1;
    const low: u32 = (1 << (bits - 1)) - 1, spare: u32 = (1 << bits) - 2 - remaining;
    let value: u32 = bitsAt(inp, pos, bits);
    if ((value & low) < spare) { value &= low; pos += bits - 1; }
    else { if (value > low) value -= spare; pos += bits; }
    const share: i32 = <i32>value - 1;
    remaining -= share < 0 ? 1 : share;
    store<i16>(NORM + (symbol << 1), <i16>share);
    symbol++;
    if (share == 0) {
      let more: u32 = 3;
      while (more == 3) {
        if (pos > endBit) return 0;
        more = bitsAt(inp, pos, 2); pos += 2; symbol += more;
        if (symbol > mostSymbol) return 0;
      }
    }
  }
  if (remaining != 0 || pos > endBit) return 0;
  return inp + <usize>((pos + 7) >> 3);
}

/** Builds a table of 1 << log entries from NORM (section 4.1.1). */
function buildTable(table: usize, mostSymbol: u32, log: u32): bool {
  const size: u32 = 1 << log, mask: u32 = size - 1, step: u32 = (size >>> 1) + (size >>> 3) + 3;
  let high: i32 = <i32>size - 1;
  for (let s: u32 = 0; s <= mostSymbol; s++) {
    const share: i32 = load<i16>(NORM + (s << 1));
    if (share < 0) { store<u32>(table + (<usize>high << 2), s); high--; store<u16>(NEXT + (s << 1), 1); }
    else store<u16>(NEXT + (s << 1), <u16>share);
  }
  let at: u32 = 0;
  for (let s: u32 = 0; s <= mostSymbol; s++) {
    const share: i32 = load<i16>(NORM + (s << 1));
    for (let i: i32 = 0; i < share; i++) {
      store<u32>(table + (<usize>at << 2), s);
      do at = (at + step) & mask; while (<i32>at > high);
    }
  }
  if (at != 0) return false;
  for (let i: u32 = 0; i < size; i++) {
    const s: u32 = load<u32>(table + (<usize>i << 2));
    const next: u32 = load<u16>(NEXT + (s << 1));
    store<u16>(NEXT + (s << 1), <u16>(next + 1));
    const bits: u32 = log - highBit(next);
    store<u32>(table + (<usize>i << 2), ((next << bits) - size) | (bits << 16) | (s << 24));
  }
  return true;
}

/** Weights of a Huffman code (section 4.2.1.1), as nibbles or as two interleaved FSE streams. Returns their number, 0 when bad. */
function readWeights(inp: usize, size: u32, head: u32): u32 {
  if (head >= 128) {
    const count = head - 127;
    for (let i: u32 = 0; i < count; i++) {
      const pair: u32 = load<u8>(inp + (i >>> 1));
      store<u8>(WEIGHTS + i, <u8>(i & 1 ? pair & 15 : pair >>> 4));
    }
    return count;
  }
  const end = inp + size, start = readNorm(inp, end, 255, 6);
  if (start == 0 || !buildTable(WT, 255, fseLog)) return 0;
  let pos = backwards(start, end) - 2 * <i32>fseLog;
  if (pos < 0) return 0;
  let a: u32 = bitsAt(start, pos + <i32>fseLog, fseLog), b: u32 = bitsAt(start, pos, fseLog), count: u32 = 0;
  // The two states take turns; when one cannot go on, the other one's symbol is the last.
  while (count < 254) {
    const entry: u32 = load<u32>(WT + (<usize>a << 2)), bits: u32 = (entry >>> 16) & 255;
    store<u8>(WEIGHTS + count, <u8>(entry >>> 24)); count++;
    pos -= bits;
    if (pos < 0) { store<u8>(WEIGHTS + count, <u8>(load<u32>(WT + (<usize>b << 2)) >>> 24)); return count + 1; }
    a = b; b = (entry & 0xffff) + bitsAt(start, pos, bits);
  }
  return 0;
}

/** Builds HUF. Returns where the description ends, 0 when it is bad. */
function readHuffman(inp: usize, inEnd: usize): usize {
  hufLog = -1;
  if (inp >= inEnd) return 0;
  const head: u32 = load<u8>(inp++), size: u32 = head >= 128 ? (head - 126) >>> 1 : head;
  if (<usize>size > inEnd - inp) return 0;
  let count = readWeights(inp, size, head);
  if (count == 0) return 0;
  let sum: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const weight: u32 = load<u8>(WEIGHTS + i);
    if (weight > 11) return 0;
    if (weight != 0) sum += 1 << (weight - 1);
  }
  if (sum == 0) return 0;
  const log = highBit(sum) + 1, left: u32 = (1 << log) - sum;
  if (log > 11 || (left & (left - 1)) != 0) return 0;
  // The last weight is not stored: it fills the code up.
  store<u8>(WEIGHTS + count, <u8>(highBit(left) + 1)); count++;
  let at: u32 = 0;
  for (let weight: u32 = 1; weight <= log; weight++) {
    for (let i: u32 = 0; i < count; i++) {
      if (load<u8>(WEIGHTS + i) != weight) continue;
      const entry = <u16>(i | ((log + 1 - weight) << 8));
      for (let n: u32 = 1 << (weight - 1); n != 0; n--) { store<u16>(HUF + (<usize>at << 1), entry); at++; }
    }
  }
  if (at != <u32>1 << log) return 0;
  hufLog = log;
  return inp + size;
}

/** One Huffman stream; all of it has to be used up. */
function literalStream(start: usize, end: usize, out: usize, outEnd: usize): bool {
  let pos = backwards(start, end);
  if (pos < 0) return false;
  const log: u32 = hufLog, down: u64 = 64 - log;
  // Five symbols of at most eleven bits come out of one load.
  while (outEnd - out >= 5 && pos >= 56) {
    const from = (pos - 56) >> 3;
    let held: u64 = load<u64>(start + <usize>from) << <u64>(64 - (pos - (from << 3))), used: u64 = 0;
    for (let i = 0; i < 5; i++) {
      const entry: u32 = load<u16>(HUF + (<usize>(held >> down) << 1));
      store<u8>(out, <u8>entry, 0); out++;
      held <<= <u64>(entry >>> 8); used += entry >>> 8;
    }
    pos -= <i32>used;
  }
  while (out < outEnd) {
    // Where fewer bits are left than a code may have, zeros stand in for the missing ones.
    const entry: u32 = load<u16>(HUF + (<usize>(pos >= <i32>log ? bitsAt(start, pos - <i32>log, log) : bitsAt(start, 0, pos) << (log - pos)) << 1));
    pos -= entry >>> 8;
    if (pos < 0) return false;
    store<u8>(out, <u8>entry); out++;
  }
  return pos == 0;
}

let literalsSize: u32 = 0;
/** Literals into LITERALS (section 3.1.1.3.1). Returns where they end, 0 when they are bad. */
function readLiterals(inp: usize, inEnd: usize): usize {
  const head: u64 = load<u64>(inp), type: u32 = <u32>head & 3, format: u32 = <u32>(head >> 2) & 3;
  if (type < 2) {
    const size: u32 = format == 1 ? <u32>(head >> 4) & 0xfff : format == 3 ? <u32>(head >> 4) & 0xfffff : <u32>(head >> 3) & 31;
    inp += format == 1 ? 2 : format == 3 ? 3 : 1;
    const stored: u32 = type == 0 ? size : 1;
    if (size > MOST_LITERALS || inp > inEnd || <usize>stored > inEnd - inp) return 0;
    if (type == 0) memory.copy(LITERALS, inp, size); else memory.fill(LITERALS, load<u8>(inp), size);
    literalsSize = size;
    return inp + stored;
  }
  const bits: u64 = format < 2 ? 10 : format == 2 ? 14 : 18, mask: u64 = (<u64>1 << bits) - 1;
  const size: u32 = <u32>((head >> 4) & mask), stored: u32 = <u32>((head >> (4 + bits)) & mask);
  inp += format < 2 ? 3 : format == 2 ? 4 : 5;
  if (size > MOST_LITERALS || inp > inEnd || <usize>stored > inEnd - inp) return 0;
  const end = inp + stored;
  if (type == 2) { inp = readHuffman(inp, end); if (inp == 0) return 0; }
  else if (hufLog < 0) return 0;
  literalsSize = size;
  if (format == 0) return literalStream(inp, end, LITERALS, LITERALS + size) ? end : 0;
  if (end - inp < 6 || size < 6) return 0;
  const first = inp + 6, second = first + load<u16>(inp), third = second + load<u16>(inp + 2), fourth = third + load<u16>(inp + 4);
  const part = (size + 3) >>> 2;
  if (fourth > end || part * 3 > size) return 0;
  const good = literalStream(first, second, LITERALS, LITERALS + part)
    && literalStream(second, third, LITERALS + part, LITERALS + part * 2)
    && literalStream(third, fourth, LITERALS + part * 2, LITERALS + part * 3)
    && literalStream(fourth, end, LITERALS + part * 3, LITERALS + size);
  return good ? end : 0;
}

/** Sets NORM to the predefined distribution (section 3.1.1.3.2.2) and returns its log. 0 literal lengths, 1 offsets, 2 match lengths. */
function predefined(kind: u32): u32 {
  memory.fill(NORM, 0, 512);
  const codes: u32 = kind == 0 ? 36 : kind == 1 ? 29 : 53, rare: u32 = kind == 0 ? 32 : kind == 1 ? 24 : 46;
  for (let s: u32 = 0; s < codes; s++) {
    let share: i32 = s < rare ? 1 : -1;
    if (kind == 0 && s < rare) share = s == 0 ? 4 : s == 1 || s == 25 ? 3 : s < 13 || (s > 15 && s < 27) ? 2 : 1;
    else if (kind == 1 && s > 5 && s < 9) share = 2;
    else if (kind == 2 && s > 0 && s < 9) share = s == 1 ? 4 : s == 2 ? 3 : 2;
    store<i16>(NORM + (s << 1), <i16>share);
  }
  return kind == 1 ? 5 : 6;
}

let tableLog: i32 = 0;
/** A table of the sequences; its log in tableLog. Returns where its description ends, 0 when it is bad. */
function readTable(kind: u32, mode: u32, table: usize, inp: usize, inEnd: usize, known: i32): usize {
  const mostSymbol: u32 = kind == 0 ? 35 : kind == 1 ? 31 : 52;
  tableLog = known;
  switch (mode) {
    case 0: {
      tableLog = predefined(kind);
      return buildTable(table, mostSymbol, tableLog) ? inp : 0;
    }
    case 1: {
      if (inp >= inEnd || <u32>load<u8>(inp) > mostSymbol) return 0;
      store<u32>(table, <u32>load<u8>(inp) << 24);
      tableLog = 0;
      return inp + 1;
    }
    case 2: {
      const end = readNorm(inp, inEnd, mostSymbol, kind == 1 ? 8 : 9);
      if (end == 0 || !buildTable(table, mostSymbol, fseLog)) return 0;
      tableLog = fseLog;
      return end;
    }
    default: return known < 0 ? 0 : inp;
  }
}

/** Whole words: up to 15 bytes behind the end are written, and read, as well. */
@inline function copyWords(out: usize, src: usize, n: usize): void {
  const stop = out + n;
  do { store<u64>(out, load<u64>(src)); store<u64>(out, load<u64>(src, 8), 8); out += 16; src += 16; } while (out < stop);
}

/** One compressed block. 0 good, 3 corrupt; no more than up to `outEnd` counts as written, 32 bytes of slack behind it. */
export function block(inp: usize, inEnd: usize, out: usize, outEnd: usize, dictStart: usize): u32 {
  gOut = out;
  if (inEnd - inp < 2) return 3;
  inp = readLiterals(inp, inEnd);
  if (inp == 0 || inp >= inEnd) return 3;
  let count: u32 = load<u8>(inp++);
  if (count > 127) {
    const more: u32 = count == 255 ? 2 : 1;
    if (<usize>more > inEnd - inp) return 3;
    count = more == 2 ? <u32>load<u16>(inp) + 0x7f00 : ((count - 128) << 8) + load<u8>(inp);
    inp += more;
  }
  let literal: usize = LITERALS;
  const literalsEnd: usize = LITERALS + literalsSize;
  if (count == 0) {
    if (inp != inEnd) return 3;
  } else {
    if (inp >= inEnd) return 3;
    const modes: u32 = load<u8>(inp++);
    if (modes & 3) return 3;
    inp = readTable(0, modes >>> 6, LL, inp, inEnd, llLog); llLog = tableLog;
    if (inp == 0) return 3;
    inp = readTable(1, (modes >>> 4) & 3, OF, inp, inEnd, ofLog); ofLog = tableLog;
    if (inp == 0) return 3;
    inp = readTable(2, (modes >>> 2) & 3, ML, inp, inEnd, mlLog); mlLog = tableLog;
    if (inp == 0) return 3;
    let pos = backwards(inp, inEnd);
    if (pos < llLog + ofLog + mlLog) return 3;
    pos -= llLog; let ll: u32 = bitsAt(inp, pos, llLog);
    pos -= ofLog; let os: u32 = bitsAt(inp, pos, ofLog);
    pos -= mlLog; let ml: u32 = bitsAt(inp, pos, mlLog);
    while (true) {
      const le: u32 = load<u32>(LL + (<usize>ll << 2)), oe: u32 = load<u32>(OF + (<usize>os << 2)), me: u32 = load<u32>(ML + (<usize>ml << 2));
      const ofBits: u32 = oe >>> 24;
      pos -= ofBits;
      // An offset may have 31 bits more, at any bit of a byte: 38 of the 64 that are loaded.
      const value: u32 = (1 << ofBits) + bitsAt(inp, pos, ofBits);
      const mc: u32 = load<u32>(ML_CODES + (<usize>(me >>> 24) << 2)), lc: u32 = load<u32>(LL_CODES + (<usize>(le >>> 24) << 2));
      pos -= mc >>> 24; const length: usize = (mc & 0xffffff) + bitsAt(inp, pos, mc >>> 24);
      pos -= lc >>> 24; const literals: usize = (lc & 0xffffff) + bitsAt(inp, pos, lc >>> 24);
      let offset: u32;
      if (value > 3) { offset = value - 3; rep3 = rep2; rep2 = rep1; rep1 = offset; }
      else {
        const which: u32 = value + <u32>(literals == 0);
        if (which == 1) offset = rep1;
        else {
          offset = which == 2 ? rep2 : which == 3 ? rep3 : rep1 - 1;
          if (which != 2) rep3 = rep2;
          rep2 = rep1; rep1 = offset;
        }
      }
      count--;
      if (count != 0) {
        const lb: u32 = (le >>> 16) & 255, mb: u32 = (me >>> 16) & 255, ob: u32 = (oe >>> 16) & 255;
        pos -= lb; ll = (le & 0xffff) + bitsAt(inp, pos, lb);
        pos -= mb; ml = (me & 0xffff) + bitsAt(inp, pos, mb);
        pos -= ob; os = (oe & 0xffff) + bitsAt(inp, pos, ob);
      }
      if (pos < 0 || literals > literalsEnd - literal || literals > outEnd - out) return 3;
      copyWords(out, literal, literals); out += literals; literal += literals;
      if (offset == 0 || <usize>offset > out - dictStart || length > outEnd - out) return 3;
      if (offset >= 16) { copyWords(out, out - offset, length); out += length; }
      else for (const stop = out + length; out < stop; out++) store<u8>(out, load<u8>(out - offset));
      gOut = out;
      if (count == 0) break;
    }
    if (pos != 0) return 3;
  }
  const rest = literalsEnd - literal;
  if (rest > outEnd - out) return 3;
  memory.copy(out, literal, rest);
  gOut = out + rest;
  return 0;
}

// XXH64 with seed 0.
const P1: u64 = 0x9e3779b185ebca87, P2: u64 = 0xc2b2ae3d27d4eb4f, P3: u64 = 0x165667b19e3779f9, P4: u64 = 0x85ebca77c2b2ae63, P5: u64 = 0x27d4eb2f165667c5;
let h1: u64 = 0, h2: u64 = 0, h3: u64 = 0, h4: u64 = 0, hashed: u64 = 0, held: usize = 0;
@inline function lane(h: u64, value: u64): u64 { return rotl<u64>(h + value * P2, 31) * P1; }
export function hashStart(): void { h1 = P1 + P2; h2 = P2; h3 = 0; h4 = 0 - P1; hashed = 0; held = 0; }
export function hashAdd(at: usize, end: usize): void {
  hashed += end - at;
  if (held != 0) {
    let n: usize = 32 - held; if (n > end - at) n = end - at;
    memory.copy(STRIPE + held, at, n); held += n; at += n;
    if (held < 32) return;
    held = 0;
    h1 = lane(h1, load<u64>(STRIPE)); h2 = lane(h2, load<u64>(STRIPE, 8)); h3 = lane(h3, load<u64>(STRIPE, 16)); h4 = lane(h4, load<u64>(STRIPE, 24));
  }
  for (; end - at >= 32; at += 32) {
    h1 = lane(h1, load<u64>(at)); h2 = lane(h2, load<u64>(at, 8)); h3 = lane(h3, load<u64>(at, 16)); h4 = lane(h4, load<u64>(at, 24));
  }
  held = end - at;
  memory.copy(STRIPE, at, held);
}
@inline function merge(h: u64, value: u64): u64 { return (h ^ lane(0, value)) * P1 + P4; }
/** The low half, as frames store it. */
export function hashEnd(): u32 {
  let h: u64 = P5;
  if (hashed >= 32) h = merge(merge(merge(merge(rotl<u64>(h1, 1) + rotl<u64>(h2, 7) + rotl<u64>(h3, 12) + rotl<u64>(h4, 18), h1), h2), h3), h4);
  h += hashed;
  let at: usize = STRIPE; const end: usize = STRIPE + held;
  for (; at + 8 <= end; at += 8) h = rotl<u64>(h ^ lane(0, load<u64>(at)), 27) * P1 + P4;
  if (at + 4 <= end) { h = rotl<u64>(h ^ (<u64>load<u32>(at) * P1), 23) * P2 + P3; at += 4; }
  for (; at < end; at++) h = rotl<u64>(h ^ (<u64>load<u8>(at) * P5), 11) * P1;
  h = (h ^ (h >> 33)) * P2;
  h = (h ^ (h >> 29)) * P3;
  return <u32>(h ^ (h >> 32));
}
