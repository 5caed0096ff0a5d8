// Writes the source of the rounds core: what md5crypt and sha-crypt repeat some thousand times, for several passwords at
// once. Both build the message of a round out of the password, the salt and the digest before, by the same rule: the
// number of the round by 2, 3 and 7. So there are 42 messages with a hole for the digest; the caller lays them out, and the
// core fills the hole, compresses, and goes on. Words of the passwords lie side by side in one vector.

const rep = (n, f) => Array.from({ length: n }, (_, i) => f(i)).join('\n')
const hex = (value) => `0x${value.toString(16)}`

/** Integer part of n-th roots of primes, as FIPS 180-4 defines its constants: the first bits of the fraction. */
function rootBits(prime, degree, bits) {
  const target = BigInt(prime) << BigInt(degree * bits)
  let low = 0n
  let high = BigInt(prime + 1) << BigInt(bits)
  while (low < high) {
    const middle = (low + high + 1n) >> 1n
    if (middle ** BigInt(degree) <= target) low = middle
    else high = middle - 1n
  }
  return low & ((1n << BigInt(bits)) - 1n)
}

function primes(count) {
  const found = []
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}

/** Vector words of `bits` bits. */
function shape(bits) {
  const v = bits === 32 ? 'i32x4' : 'i64x2'
  return {
    bits,
    splat: (value) => (bits === 32 ? `i32x4.splat(<i32>${hex(value)})` : `i64x2.splat(<i64>${hex(value)})`),
    add: (...terms) => terms.reduce((sum, term) => `${v}.add(${sum}, ${term})`),
    shr: (a, n) => `${v}.shr_u(${a}, ${n})`,
    shl: (a, n) => `${v}.shl(${a}, ${n})`,
    rotr: (a, n) => `v128.or(${v}.shr_u(${a}, ${n}), ${v}.shl(${a}, ${bits - n}))`,
    xor: (...terms) => terms.reduce((all, term) => `v128.xor(${all}, ${term})`),
  }
}

/** RFC 1321: the digest words stand in variables s0 to s3, the block's words at `at`. */
function md5() {
  const o = shape(32)
  const turns = [
    [7, 12, 17, 22],
    [5, 9, 14, 20],
    [4, 11, 16, 23],
    [6, 10, 15, 21],
  ]
  const order = [(i) => i, (i) => (5 * i + 1) & 15, (i) => (3 * i + 5) & 15, (i) => (7 * i) & 15]
  const mix = [
    (b, c, d) => `v128.bitselect(${c}, ${d}, ${b})`,
    (b, c, d) => `v128.bitselect(${b}, ${c}, ${d})`,
    (b, c, d) => o.xor(b, c, d),
    (b, c, d) => `v128.xor(${c}, v128.or(${b}, v128.not(${d})))`,
  ]
  const names = ['a', 'b', 'c', 'd']
  const steps = rep(64, (i) => {
    const round = i >> 4
    const [a, b, c, d] = [0, 1, 2, 3].map((n) => names[(n + 4 - (i & 3)) & 3])
    const word = `v128.load(at, ${order[round](i & 15) * 16})`
    return `${a} = ${o.add(a, mix[round](b, c, d), o.add(word, `v128.load(constants, ${i * 16})`))}; ${a} = ${o.add(b, o.rotr(a, 32 - turns[round][i & 3]))}`
  })
  return {
    words: 4,
    constants: Array.from({ length: 64 }, (_, i) => BigInt(Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32))),
    start: [0x67452301n, 0xefcdab89n, 0x98badcfen, 0x10325476n],
    body: `let a = s0, b = s1, c = s2, d = s3\n${steps}\n${rep(4, (i) => `s${i} = ${o.add(`s${i}`, names[i])}`)}`,
  }
}

/** FIPS 180-4: SHA-256 with words of 32 bits, SHA-512 with words of 64. */
function sha2(bits) {
  const o = shape(bits)
  const rounds = bits === 32 ? 64 : 80
  const [big0, big1, small0, small1] =
    bits === 32
      ? [
          [2, 13, 22],
          [6, 11, 25],
          [7, 18, 3],
          [17, 19, 10],
        ]
      : [
          [28, 34, 39],
          [14, 18, 41],
          [1, 8, 7],
          [19, 61, 6],
        ]
  const sigma = (x, [p, q, r]) => o.xor(o.rotr(x, p), o.rotr(x, q), o.rotr(x, r))
  const little = (x, [p, q, r]) => o.xor(o.rotr(x, p), o.rotr(x, q), o.shr(x, r))
  const names = [...'abcdefgh']
  const constants = primes(rounds).map((prime) => rootBits(prime, 3, bits))
  const steps = rep(rounds, (i) => {
    const [a, b, c, d, e, f, g, h] = names.map((_, n) => names[(n + 8 - (i & 7)) & 7])
    const w = (n) => `w${n & 15}`
    const next =
      i < 16
        ? `${w(i)} = v128.load(at, ${i * 16})`
        : `${w(i)} = ${o.add(w(i), little(w(i + 1), small0), w(i + 9), little(w(i + 14), small1))}`
    return `${next}; t = ${o.add(h, o.add(w(i), `v128.load(constants, ${i * 16})`), sigma(e, big1), `v128.bitselect(${f}, ${g}, ${e})`)}
      ${d} = ${o.add(d, 't')}; ${h} = ${o.add('t', sigma(a, big0), `v128.bitselect(${c}, ${b}, v128.xor(${a}, ${b}))`)}`
  })
  const first = primes(8).map((prime) => rootBits(prime, 2, bits))
  return {
    words: 8,
    constants,
    start: first,
    body: `let t: v128, ${names.map((name, i) => `${name} = s${i}`).join(', ')}
${rep(16, (i) => `let w${i}: v128`)}
${steps}
${rep(8, (i) => `s${i} = ${o.add(`s${i}`, names[i])}`)}`,
  }
}

/** One loop over the rounds; `big` says whether bytes count from the most significant end of a word. */
function loop(name, bits, big, { words, constants, start, body }) {
  const o = shape(bits)
  const [near, far] = big ? ['shr', 'shl'] : ['shl', 'shr']
  const bytes = bits / 8
  // In memory, because a vector out of nothing costs more than one that is loaded.
  const table = constants.flatMap((value) => Array(128 / bits).fill(hex(value)))
  return `
const ${name}Constants = memory.data<u${bits}>([${table}], 16)
export function ${name}(rounds: u32): void {
  const constants = ${name}Constants
  let template: usize = 0
  ${rep(words, (i) => `let s${i} = v128.load(DIGEST, ${i * 16})`)}
  for (let round: u32 = 0; round < rounds; round++) {
    const hole = <usize>load<u32>(HOLES + (template << 3))
    const blocks = <usize>load<u32>(HOLES + (template << 3), 4)
    memory.copy(WORK, TEMPLATES + template * STRIDE, blocks << 8)
    const to = WORK + hole / ${bytes} * 16
    const s = <i32>(hole % ${bytes}) * 8
    if (s == 0) {
      ${rep(words, (i) => `v128.store(to, v128.or(v128.load(to, ${i * 16}), s${i}), ${i * 16})`)}
    } else {
      v128.store(to, v128.or(v128.load(to), ${o[near]('s0', 's')}))
      ${rep(words - 1, (i) => `v128.store(to, v128.or(v128.load(to, ${(i + 1) * 16}), v128.or(${o[far](`s${i}`, `${bits} - s`)}, ${o[near](`s${i + 1}`, 's')})), ${(i + 1) * 16})`)}
      v128.store(to, v128.or(v128.load(to, ${words * 16}), ${o[far](`s${words - 1}`, `${bits} - s`)}), ${words * 16})
    }
    ${start.map((value, i) => `s${i} = ${o.splat(value)}`).join('\n    ')}
    const end = WORK + (blocks << 8)
    for (let at: usize = WORK; at < end; at += 256) {
      ${body}
    }
    template = template == 41 ? 0 : template + 1
  }
  ${rep(words, (i) => `v128.store(DIGEST, s${i}, ${i * 16})`)}
}
`
}

export function roundsSource() {
  return `
const DIGEST: usize = 16384
const HOLES: usize = 17408
const WORK: usize = 18432
const TEMPLATES: usize = 20480
const STRIDE: usize = 1024
${loop('md5', 32, false, md5())}
${loop('sha256', 32, true, sha2(32))}
${loop('sha512', 64, true, sha2(64))}
`
}
