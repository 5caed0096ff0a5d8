// Writes the source of the Blowfish core: several keys side by side, because one key waits for its own boxes most of the
// time. The caller lays out the states (18 subkeys, then four boxes of 256 words) and the keys.

/** States beside each other; with more, nothing is won any longer. */
export const LANES = 2

const STATE = 8192
const lanes = Array.from({ length: LANES }, (_, lane) => lane)
const each = (f) => lanes.map(f).join('; ')
const base = (lane) => `STATES + ${lane * STATE}`

/** One of the sixteen rounds: `x` is what the box of the other half is added to. */
function round(i) {
  const [x, y] = i & 1 ? ['r', 'l'] : ['l', 'r']
  return each(
    (n) => `${x}${n} ^= load<u32>(${base(n)}, ${i * 4});
      ${y}${n} ^= ((load<u32>(${base(n)} + ((<usize>(${x}${n} >>> 24)) << 2), 72) + load<u32>(${base(n)} + ((<usize>((${x}${n} >>> 16) & 255)) << 2), 1096)) ^ load<u32>(${base(n)} + ((<usize>((${x}${n} >>> 8) & 255)) << 2), 2120)) + load<u32>(${base(n)} + ((<usize>(${x}${n} & 255)) << 2), 3144)`,
  )
}

const ENCRYPT = `${Array.from({ length: 16 }, (_, i) => round(i)).join('\n')}
    ${each((n) => `h${n} = l${n} ^ load<u32>(${base(n)}, 64); l${n} = r${n} ^ load<u32>(${base(n)}, 68); r${n} = h${n}`)}`

const VARIABLES = each((n) => `let l${n}: u32 = 0, r${n}: u32 = 0, h${n}: u32 = 0`)

export function blowfishSource() {
  return `
const STATES: usize = 4096
/**
 * Mixes 18 words of key into the subkeys of each state, then replaces subkeys and boxes by what they encrypt.
 * @param keys first of the keys @param apart bytes from one state's key to the next @param salt four words, or 0
 */
function expand(keys: usize, apart: usize, salt: usize): void {
  for (let at: usize = 0; at < 72; at += 4) {
    ${each((n) => `store<u32>(${base(n)} + at, load<u32>(${base(n)} + at) ^ load<u32>(keys + ${n} * apart + at))`)}
  }
  ${VARIABLES}
  for (let at: usize = 0; at < 4168; at += 8) {
    if (salt != 0) {
      const first = load<u32>(salt + (at & 8)), second = load<u32>(salt + (at & 8), 4)
      ${each((n) => `l${n} ^= first; r${n} ^= second`)}
    }
    ${ENCRYPT}
    ${each((n) => `store<u32>(${base(n)} + at, l${n}); store<u32>(${base(n)} + at, r${n}, 4)`)}
  }
}
/** @param keys 18 words for each state @param salt 18 words, the salt over and over */
export function strengthen(keys: usize, salt: usize, rounds: u32): void {
  expand(keys, 72, salt)
  for (let round: u32 = 0; round < rounds; round++) {
    expand(keys, 72, 0)
    expand(salt, 0, 0)
  }
}
/** Encrypts two words 64 times with each state; the results lie at \`out\`, eight bytes for each. */
export function encrypt64(first: u32, second: u32, out: usize): void {
  ${VARIABLES}
  ${each((n) => `l${n} = first; r${n} = second`)}
  for (let time = 0; time < 64; time++) {
    ${ENCRYPT}
  }
  ${each((n) => `store<u32>(out, l${n}, ${n * 8}); store<u32>(out, r${n}, ${n * 8 + 4})`)}
}
`
}
