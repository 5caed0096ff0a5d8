import { execFileSync } from 'node:child_process'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import {
  comparePairs,
  demand,
  emptied,
  has,
  MESSLATTE,
  machine,
  makeSquashfs,
  makeTree,
  measure,
  NODE,
  option,
  tidyUp,
  work,
} from './lib.mjs'

// node bench/unpack.mjs [--pairs N] [--trees DIR,DIR…] [--only TEXT] [--peers NAME,NAME…] [--large] [--image FILE,FILE…] [--fresh DIR]
// `unpack -o` against every peer that is installed: time by the clock and of the processor, peak memory and bytes read,
// medians of alternating pairs. `--image` takes images that are there, by the ends of their names. `--fresh` (as
// root) gives each run an ext4 of its own, kept in a file in DIR: ext4 passes over inodes that were deleted a moment ago, one
// after the other, and a run would pay for having removed what the one before it wrote.

const PAIRS = Number(option('pairs', '5'))
const ONLY = option('only', '')
const LARGE = process.argv.includes('--large')
const PEERS_WANTED = option('peers', '').split(',')
const GIVEN = option('image', '').split(',').filter(Boolean)
const FRESH = option('fresh', '')
const mounted = join(work, 'fresh')
const out = join(FRESH === '' ? work : mounted, 'out')

/** Peers by name: which images they take, and how they are called. */
const PEERS = [
  {
    name: 'unsquashfs',
    takes: /sqfs$/,
    call: (image) => ['unsquashfs', ['-quiet', '-no-progress', '-d', out, image]],
  },
  {
    name: 'ubireader_extract_files',
    takes: /ubi$/,
    call: (image) => ['ubireader_extract_files', ['-o', out, image]],
  },
  { name: 'jefferson', takes: /jffs2$/, call: (image) => ['jefferson', ['-d', out, image]] },
  { name: '7z', takes: /ext4$/, call: (image) => ['7z', ['x', '-y', `-o${out}`, image]] },
  {
    name: 'binwalk',
    label: 'binwalk 2 -e',
    takes: /./,
    call: (image) => ['binwalk', ['-Me', '--run-as=root', '-q', '-C', out, image]],
  },
  {
    name: process.env.BINWALK3 ?? 'binwalk3',
    label: 'binwalk 3 -Me',
    takes: /./,
    call: (image) => [process.env.BINWALK3 ?? 'binwalk3', ['-Me', '-q', '-C', out, image]],
  },
  { name: 'unblob', takes: /./, call: (image) => ['unblob', ['-e', out, image]] },
]

function isWanted({ name, label = name }) {
  return PEERS_WANTED.some((wanted) => label.startsWith(wanted))
}

function run(command, args) {
  if (FRESH === '') {
    const measured = measure(command, args)
    emptied(out)
    return measured
  }
  const disk = join(FRESH, `messlatte-bench-${process.pid}.ext4`)
  mkdirSync(mounted, { recursive: true })
  execFileSync('truncate', ['-s', '4G', disk])
  execFileSync('mke2fs', ['-q', '-F', '-t', 'ext4', disk])
  execFileSync('mount', ['-o', 'loop', disk, mounted])
  try {
    return measure(command, args)
  } finally {
    // binwalk 2 mounts what is ext4 in its output, and leaves it so.
    execFileSync('umount', ['-R', mounted])
    emptied(disk)
  }
}

function compare(image) {
  const size = (statSync(image).size / 1e6).toFixed(1)
  for (const peer of PEERS) {
    if (!peer.takes.test(image) || !isWanted(peer) || !has(peer.name)) continue
    const ours = () => run(NODE, [MESSLATTE, 'unpack', image, '-o', out, '--quiet'])
    const theirs = () => run(...peer.call(image))
    const { ours: a, peer: b, ratio } = comparePairs(PAIRS, ours, theirs)
    const cells = [
      basename(image),
      `${size} MB`,
      peer.label ?? peer.name,
      ...[a, b].flatMap((one) => [
        `${one.seconds.toFixed(2)} s`,
        `${one.processor.toFixed(2)} s`,
        `${Math.round(one.memory)} MB`,
        `${Math.round(one.read)} MB`,
      ]),
      ratio.toFixed(2),
      (a.processor / b.processor).toFixed(2),
    ]
    process.stdout.write(`| ${cells.join(' | ')} |\n`)
  }
}

/** What makes each image, by its name; made one after the other, so that the disk holds one at a time. */
function* images() {
  const sizes = [['4', 12e6], ['32', 95e6], ...(LARGE ? [['256', 800e6]] : [])]
  for (const [name, bytes] of sizes) {
    const tree = makeTree(`tree-${name}`, bytes)
    for (const compression of ['xz', 'gzip', 'zstd'])
      yield () => makeSquashfs(tree, `${name}.${compression}.sqfs`, compression)
    if (name === '4') continue
    yield () => ubi(tree, `${name}.ubi`)
    yield () => made(`${name}.jffs2`, (to) => ['mkfs.jffs2', ['-d', tree, '-o', to, '-e', '128KiB', '-p']])
    yield () =>
      made(`${name}.ext4`, (to) => [
        'mke2fs',
        ['-q', '-t', 'ext4', '-d', tree, to, `${Math.round((bytes * 1.4) / 1e6) + 16}M`],
      ])
    yield () => nested(tree, `${name}.nested.bin`)
  }
}

function made(name, command) {
  const image = join(work, name)
  const [program, args] = command(image)
  execFileSync(program, args, { stdio: 'ignore' })
  return image
}

function ubi(tree, name) {
  const volume = made(`${name}fs`, (to) => [
    'mkfs.ubifs',
    ['-r', tree, '-m', '2048', '-e', '126976', '-c', '4000', '-x', 'zlib', '-o', to],
  ])
  const plan = join(work, 'ubi.ini')
  writeFileSync(
    plan,
    `[rootfs]\nmode=ubi\nimage=${volume}\nvol_id=0\nvol_type=dynamic\nvol_name=rootfs\nvol_size=${statSync(volume).size}\n`,
  )
  return made(name, (to) => ['ubinize', ['-o', to, '-m', '2048', '-p', '128KiB', plan]])
}

/** As vendors do: a kernel in a legacy image and a squashfs behind it, in a tar, in a gzip. */
function nested(tree, name) {
  const root = makeSquashfs(tree, 'root.sqfs', 'xz')
  const kernel = made('kernel', (to) => ['cp', ['/proc/self/exe', to]])
  const image = made('kernel.uimage', (to) => [
    'mkimage',
    ['-A', 'arm', '-O', 'linux', '-T', 'kernel', '-C', 'none', '-d', kernel, to],
  ])
  execFileSync('sh', ['-c', 'cat kernel.uimage root.sqfs > flash.bin && tar czf "$0" flash.bin', name], {
    cwd: work,
  })
  for (const part of [root, kernel, image, join(work, 'flash.bin')]) emptied(part)
  return join(work, name)
}

demand({
  mksquashfs: 'Debian: squashfs-tools',
  'mkfs.jffs2': 'Debian: mtd-utils',
  mke2fs: 'Debian: e2fsprogs',
  mkimage: 'Debian: u-boot-tools',
})
try {
  process.stdout.write(`${machine()}; medians of ${PAIRS} alternating pairs\n\n`)
  const columns = ['clock', 'processor', 'memory', 'read']
  const heads = [
    ...columns.map((one) => `ours: ${one}`),
    ...columns.map((one) => `peer: ${one}`),
    'ratio',
    'of processor',
  ]
  process.stdout.write(`| image | size | peer | ${heads.join(' | ')} |\n`)
  process.stdout.write(`|---|---:|---|${'---:|'.repeat(heads.length)}\n`)
  for (const image of GIVEN) compare(resolve(image))
  for (const make of GIVEN.length > 0 ? [] : images()) {
    const image = make()
    if (image.includes(ONLY)) compare(image)
    emptied(image)
  }
} finally {
  tidyUp()
}
