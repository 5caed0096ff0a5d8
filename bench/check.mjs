import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

// node bench/check.mjs [--pairs N] [--trees DIR,DIR…]
// Whole checks against peers that only unpack, in alternating pairs on the same machine: medians and their ratio.

const PAIRS = Number(option('pairs', '5'))

function unsquashfs(image) {
  return () => {
    const run = measure('unsquashfs', ['-quiet', '-no-progress', '-d', join(work, 'out'), image])
    emptied(join(work, 'out'))
    return run
  }
}

function binwalk(image) {
  return () => {
    const run = measure('binwalk', ['-e', '--run-as=root', '-q', '-C', join(work, 'walked'), image])
    emptied(join(work, 'walked'))
    return run
  }
}

function check(image) {
  return () => measure(NODE, [MESSLATTE, 'check', '--fail-on', 'never', '--quiet', image])
}

function compare(label, ours, peer) {
  const { ours: a, peer: b, ratio } = comparePairs(PAIRS, ours, peer)
  process.stdout.write(
    `${label.padEnd(58)} ${a.seconds.toFixed(2)} s  ${b.seconds.toFixed(2)} s  ${ratio.toFixed(2)}\n`,
  )
}

demand({ mksquashfs: 'Debian: squashfs-tools', unsquashfs: 'Debian: squashfs-tools' })
try {
  const large = makeTree('large', 300e6)
  const small = makeTree('small', 12e6)
  process.stdout.write(`${machine()}; medians of ${PAIRS} alternating pairs\n`)
  process.stdout.write(`${''.padEnd(58)} ours    peer    ratio\n`)
  for (const compression of ['xz', 'gzip', 'zstd']) {
    const image = makeSquashfs(large, `large.${compression}.sqfs`, compression)
    const size = `${Math.round(statSync(image).size / 1e6)} MB ${compression}`
    compare(`whole check, ${size}, against unsquashfs`, check(image), unsquashfs(image))
    if (compression === 'xz' && has('binwalk'))
      compare(`whole check, ${size}, against binwalk -e`, check(image), binwalk(image))
  }
  const image = makeSquashfs(small, 'small.xz.sqfs', 'xz')
  const size = `${(statSync(image).size / 1e6).toFixed(1)} MB xz`
  compare(`whole check, ${size}, against unsquashfs`, check(image), unsquashfs(image))
  const tiny = join(work, 'tiny.bin')
  writeFileSync(tiny, Buffer.alloc(4096, 'x'))
  compare('start-up: check of 4 KB, against unsquashfs of 4 MB', check(tiny), unsquashfs(image))
} finally {
  tidyUp()
}
