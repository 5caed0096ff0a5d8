// Writes the source of the DES core: 128 keys at once, one bit of each in a vector. The key schedule, the expansion and the
// salt are wiring then, and cost nothing but a look-up of where a bit lies. A box is a tree of choices between functions of
// fewer and fewer input bits; equal ones are computed once, and the order of the bits is the one that leaves the fewest.

/** FIPS 46-3, four rows of sixteen. */
const S_BOXES = [
  'e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d',
  'f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9',
  'a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c',
  '7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e',
  '2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453',
  'c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d',
  '4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c',
  'd2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b',
].map((rows) => rows.replaceAll(' ', ''))
const P = '16 7 20 21 29 12 28 17 1 15 23 26 5 18 31 10 2 8 24 14 32 27 3 9 19 13 30 6 22 11 4 25'
  .split(' ')
  .map((number) => Number(number) - 1)

const INPUTS = 6
const ALL = (1n << 64n) - 1n

/** The four outputs of a box, most significant first, each as a table over the six input bits, first bit most significant. */
function outputsOf(rows) {
  return [3, 2, 1, 0].map((bit) => {
    let table = 0n
    for (let six = 0; six < 64; six++) {
      const row = ((six >> 4) & 2) | (six & 1)
      const value = Number.parseInt(rows.charAt(row * 16 + ((six >> 1) & 15)), 16)
      if ((value >> bit) & 1) table |= 1n << BigInt(six)
    }
    return table
  })
}

/** Table of input bit `i` itself. */
const INPUT_TABLES = Array.from({ length: INPUTS }, (_, i) => {
  let table = 0n
  for (let six = 0; six < 64; six++) if ((six >> (5 - i)) & 1) table |= 1n << BigInt(six)
  return table
})

/** A function with input bit `i` fixed. */
function fixed(table, i, value) {
  const mask = INPUT_TABLES[i]
  const shift = BigInt(1 << (5 - i))
  const half = value ? table & mask : table & (ALL ^ mask)
  return value ? half | (half >> shift) : half | (half << shift)
}

/** Statements that compute the outputs, and the names of the results. */
function circuit(outputs, order) {
  const names = new Map(INPUT_TABLES.map((table, i) => [table, `x${i}`]))
  const lines = []
  const give = (table, expression) => {
    const name = `t${lines.length}`
    lines.push(`const ${name} = ${expression}`)
    names.set(table, name)
    return name
  }
  const build = (table, level) => {
    const known = names.get(table)
    if (known) return known
    const opposite = names.get(ALL ^ table)
    if (opposite) return give(table, `v128.not(${opposite})`)
    const i = order[level]
    const [zero, one] = [fixed(table, i, false), fixed(table, i, true)]
    if (zero === one) return build(zero, level + 1)
    const x = `x${i}`
    if (zero === 0n) return give(table, `v128.and(${x}, ${build(one, level + 1)})`)
    if (one === 0n) return give(table, `v128.andnot(${build(zero, level + 1)}, ${x})`)
    if (one === ALL) return give(table, `v128.or(${x}, ${build(zero, level + 1)})`)
    if (zero === ALL) return give(table, `v128.or(v128.not(${x}), ${build(one, level + 1)})`)
    if (zero === (ALL ^ one)) return give(table, `v128.xor(${x}, ${build(zero, level + 1)})`)
    return give(table, `v128.bitselect(${build(one, level + 1)}, ${build(zero, level + 1)}, ${x})`)
  }
  const results = outputs.map((table) => build(table, 0))
  return { lines, results }
}

function permutations(items) {
  if (items.length <= 1) return [items]
  return items.flatMap((item, at) =>
    permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]),
  )
}

const ORDERS = permutations([0, 1, 2, 3, 4, 5])

function smallest(outputs) {
  return ORDERS.map((order) => circuit(outputs, order)).reduce((best, next) =>
    next.lines.length < best.lines.length ? next : best,
  )
}

function box(rows, number) {
  const { lines, results } = smallest(outputsOf(rows))
  const inputs = Array.from(
    { length: INPUTS },
    (_, i) =>
      `const x${i} = v128.xor(v128.load(right + <usize>load<u32>(expansion, ${(number * 6 + i) * 4})), v128.load(<usize>load<u32>(keys, ${(number * 6 + i) * 4})))`,
  )
  const stores = results.map((result, i) => {
    const to = P.indexOf(number * 4 + i) * 16
    return `v128.store(left, v128.xor(v128.load(left, ${to}), ${result}), ${to})`
  })
  return `function box${number}(left: usize, right: usize, keys: usize): void {
  const expansion = EXPANSION
  ${[...inputs, ...lines, ...stores].join('\n  ')}
}`
}

export function desSource() {
  return `
/** Where the 48 expanded bits of a half lie, and the 48 key bits of each of the 16 rounds; u32 offsets. */
const EXPANSION: usize = 1024
const SCHEDULE: usize = 2048
/** The halves, 32 vectors each. */
const LEFT: usize = 8192
const RIGHT: usize = 8704
${S_BOXES.map(box).join('\n')}
/** The sixteen rounds with the swap behind them, so many times over. */
export function run(iterations: u32): void {
  let left = LEFT, right = RIGHT
  for (let iteration: u32 = 0; iteration < iterations; iteration++) {
    for (let keys = SCHEDULE; keys < SCHEDULE + 3072; keys += 192) {
      ${S_BOXES.map((_, number) => `box${number}(left, right, keys)`).join('\n      ')}
      const before = left
      left = right
      right = before
    }
    const before = left
    left = right
    right = before
  }
  if (left != LEFT) for (let at: usize = 0; at < 512; at += 16) {
    const kept = v128.load(LEFT + at)
    v128.store(LEFT + at, v128.load(RIGHT + at))
    v128.store(RIGHT + at, kept)
  }
}
`
}
