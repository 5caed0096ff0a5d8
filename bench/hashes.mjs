import { execFileSync, spawnSync } from 'node:child_process'
import { readCrypt } from '../packages/inspect/src/passwords/read.ts'
import { has, machine, median, option } from './lib.mjs'

// node bench/hashes.mjs [--pairs N]: passwords tried in a second by each kind of hash, in one thread, beside crypt(3) of
// libxcrypt (perl's crypt) and john, in alternating runs of about half a second each. Counted in seconds of the processor.

const PAIRS = Number(option('pairs', '3'))
const SECONDS = 0.5

const KINDS = [
  { name: 'DES', setting: 'ab', john: 'descrypt' },
  { name: 'BSDi, 725 iterations', setting: '_J9..rasm', john: 'bsdicrypt' },
  { name: 'md5crypt', setting: '$1$abcdefgh$', john: 'md5crypt' },
  { name: 'sha256crypt, 5000 rounds', setting: '$5$saltsaltsaltsalt$' },
  { name: 'sha512crypt, 5000 rounds', setting: '$6$saltsaltsaltsalt$' },
  { name: 'bcrypt, cost 5', setting: '$2b$05$abcdefghijklmnopqrstuu', john: 'bcrypt' },
  { name: 'bcrypt, cost 10', setting: '$2b$10$abcdefghijklmnopqrstuu' },
  { name: 'yescrypt, j9T', setting: '$y$j9T$T3stS4ltT3stS4lt$' },
  { name: 'scrypt, N = 16384, r = 8', setting: '$7$C6..../....saltsalt$' },
  { name: 'NT', setting: '$3$' },
]

const WORDS = Array.from({ length: 4096 }, (_, at) => Buffer.from(`word${at * 7919}`.slice(0, 6 + (at % 5))))

const CRYPT =
  'my ($s, $t) = @ARGV; my ($n, $b) = (1, 0); my ($u) = times; while (1) { crypt("word$_", $s) for 1 .. $n; $b += $n; my ($v) = times; last if $v - $u >= $t; $n *= 2 if $v - $u < $t / 4; } my ($v) = times; print $b / ($v - $u)'

function ours({ hash }) {
  const spent = () => process.cpuUsage().user / 1e6
  const started = spent()
  let tried = 0
  while (spent() - started < SECONDS) {
    const from = tried % (WORDS.length - hash.batch)
    if (hash.find(WORDS.slice(from, from + hash.batch)) >= 0) throw new Error('a wrong password fits')
    tried += hash.batch
  }
  return tried / (spent() - started)
}

function libxcrypt({ setting }) {
  return Number(execFileSync('perl', ['-e', CRYPT, setting, String(SECONDS)], { encoding: 'utf8' }))
}

/** What `john --test` says of the processor's time for many salts. */
function john({ john: format }) {
  if (!format || !has('john')) return undefined
  const { stdout } = spawnSync('john', [`--test=1`, `--format=${format}`], {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  })
  const match =
    /(?:Many salts|Raw|Only one salt):\s+([\d.]+)(K|M)? c\/s real, ([\d.]+)(K|M)? c\/s virtual/.exec(stdout)
  return match && Number(match[3]) * ({ K: 1e3, M: 1e6 }[match[4]] ?? 1)
}

const cell = (value) =>
  value === undefined ? '–' : value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1)

console.log(
  `| ${machine()} | ours | libxcrypt | ratio | john | cost stated |\n|---|---:|---:|---:|---:|---:|`,
)
for (const kind of KINDS) {
  const text = execFileSync('perl', ['-e', 'print crypt("not-in-the-list", $ARGV[0])', kind.setting], {
    encoding: 'utf8',
  })
  const { hash } = readCrypt(text)
  ours({ hash })
  const pairs = Array.from({ length: PAIRS }, () => [ours({ hash }), libxcrypt(kind), john(kind)])
  const [own, peer, third] = [0, 1, 2].map((at) => {
    const values = pairs.map((pair) => pair[at]).filter((value) => value !== undefined)
    return values.length > 0 ? median(values) : undefined
  })
  console.log(
    `| ${kind.name} | ${cell(own)} | ${cell(peer)} | ${(own / peer).toFixed(1)} | ${cell(third)} | ${hash.cost} |`,
  )
}
