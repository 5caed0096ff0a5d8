import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { demand, has, MESSLATTE, machine, NODE, option, ROOT, tidyUp, work } from './lib.mjs'

// node bench/credentials.mjs [--tree DIR]
// Credentials beside scanners for source code, and beside the patterns of EMBA (EMBA_RULES names its folder config): files
// found and missed of our labelled fixtures, files told wrongly, and time; with --tree, what each tells of a tree of one's own.

const CLEAR = ['wireless', 'service-configurations', 'nvram', 'logins', 'commands', 'tokens', 'radio-keys']
/** What those checks state. */
const KINDS = /^(?:credential|account|key)\./
const STORED = ['accounts', 'service-accounts', 'private-keys']
/** Cases whose files are against or neutral for a reason that stands in another file, or at its own place in an image only. */
const MIXED = /^generated|^published|^derived|^usual-passphrases/
/** Files of positive cases that hold no secret themselves. */
const COMPANION =
  /\.pub$|updater\.pem$|lighttpd\.conf$|init\.d\/dropbear$|accounts-(?:empty|set-and-not-tried|weak-of-every-kind|without-a-shell)\/etc\/passwd$/

/** The fixtures as one tree of releases: each file at its path in the image. */
function corpus(checks, kinds, name) {
  const files = []
  for (const check of checks) {
    for (const kind of kinds) {
      const folder = join(ROOT, 'packages/inspect/src/credentials', check, 'fixtures', kind)
      for (const one of readdirSync(folder).filter((entry) => !MIXED.test(entry))) {
        for (const file of readdirSync(join(folder, one))) {
          const inner = join(`${check}-${one}`, file.replaceAll('__', '/'))
          mkdirSync(dirname(join(work, name, inner)), { recursive: true })
          cpSync(join(folder, one, file), join(work, name, inner))
          if (!COMPANION.test(inner)) files.push(inner)
        }
      }
    }
  }
  return { tree: join(work, name), files }
}

function timed(command, args, cwd = work) {
  const start = performance.now()
  const { stdout } = spawnSync(command, args, { cwd, maxBuffer: 1 << 30, encoding: 'utf8' })
  return { seconds: (performance.now() - start) / 1000, stdout }
}

const report = join(work, 'report.json')

/** Each gives the files in which it tells something, with how many. */
const SCANNERS = {
  messlatte: (tree) => {
    const run = timed(NODE, [MESSLATTE, 'check', '--fail-on', 'never', '--quiet', '--json', report, tree])
    const { evidence } = JSON.parse(readFileSync(report, 'utf8'))
    const own = evidence.filter(({ kind, polarity }) => KINDS.test(kind) && polarity === 'against')
    return { ...run, paths: own.map(({ path }) => path.slice(path.indexOf('/') + 1)) }
  },
  gitleaks: (tree) => {
    const run = timed('gitleaks', [
      'dir',
      '--no-banner',
      '--report-format',
      'json',
      '--report-path',
      report,
      tree,
    ])
    return {
      ...run,
      paths: JSON.parse(readFileSync(report, 'utf8')).map(({ File }) => File.slice(tree.length + 1)),
    }
  },
  trufflehog: (tree) => {
    const run = timed('trufflehog', ['filesystem', '--json', '--no-verification', tree])
    const lines = run.stdout.split('\n').filter((line) => line.startsWith('{'))
    const files = lines.map((line) => JSON.parse(line).SourceMetadata?.Data?.Filesystem?.file).filter(Boolean)
    return { ...run, paths: files.map((file) => file.slice(tree.length + 1)) }
  },
  emba: (tree) => {
    const patterns = ['password_regex.cfg', 'deep_key_search.cfg'].flatMap((name) => [
      '-f',
      join(process.env.EMBA_RULES ?? '', name),
    ])
    const run = timed('grep', ['-a', '-E', '-l', '-r', '-D', 'skip', ...patterns, tree])
    const files = run.stdout.split('\n').filter(Boolean)
    return { ...run, paths: files.map((file) => file.slice(tree.length + 1)) }
  },
  'detect-secrets': (tree) => {
    const run = timed('detect-secrets', ['scan', '--all-files', '--no-verify', '.'], tree)
    const { results } = JSON.parse(run.stdout)
    return {
      ...run,
      paths: Object.entries(results).flatMap(([file, all]) => all.map(() => file.replace(/^\.\//, ''))),
    }
  },
}

function isThere(name) {
  return name === 'messlatte' || (name === 'emba' ? process.env.EMBA_RULES !== undefined : has(name))
}

function compare(title, checks, scanners) {
  const real = corpus(checks, ['positive'], `${checks[0]}-real`)
  const like = corpus(checks, ['negative', 'near-miss'], `${checks[0]}-like`)
  process.stdout.write(`${title.padEnd(18)} found  missed  false    time\n`)
  for (const [name, scan] of scanners) {
    const [found, wrong] = [scan(real.tree), scan(like.tree)]
    const hit = new Set(found.paths)
    const count = real.files.filter((file) => hit.has(file)).length
    const told = new Set(wrong.paths).size
    const columns = [count, real.files.length - count, told].map((value) => String(value).padStart(6))
    process.stdout.write(
      `${name.padEnd(18)}${columns.join(' ')}  ${(found.seconds + wrong.seconds).toFixed(2)} s\n`,
    )
  }
}

demand({})
try {
  const wanted = option('only', Object.keys(SCANNERS).join(',')).split(',')
  const there = Object.entries(SCANNERS).filter(([name]) => wanted.includes(name) && isThere(name))
  process.stdout.write(`${machine()}\n`)
  compare('in the clear', CLEAR, there)
  compare('hashes and keys', STORED, there)
  const tree = option('tree', '')
  if (tree !== '' && existsSync(tree)) {
    process.stdout.write(`\n${'tree'.padEnd(18)}  told   files     time\n`)
    for (const [name, scan] of there) {
      const { paths, seconds } = scan(tree)
      process.stdout.write(
        `${name.padEnd(18)}${String(paths.length).padStart(6)} ${String(new Set(paths).size).padStart(7)}  ${seconds.toFixed(1)} s\n`,
      )
    }
  }
} finally {
  tidyUp()
}
