import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSearch, latin1, memoryBytes } from '../packages/bytes/src/index.ts'
import { createRecogniser } from '../packages/inspect/src/components/programs/recognise.ts'
import { COMPONENT_RULES } from '../packages/inspect/src/components/programs/rules.ts'
import {
  demand,
  MESSLATTE,
  machine,
  makeSquashfs,
  makeTree,
  measure,
  median,
  NODE,
  option,
  tidyUp,
} from './lib.mjs'

// node bench/rules.mjs [--pairs N]: what a check would take with twice the rules for components.
// The same files are searched with all literals of all checks' size once and twice; what that adds is set against a check.

const PAIRS = Number(option('pairs', '5'))

/** As many rules again, whose texts are as long and as frequent in their letters, and stand nowhere. */
function twice(rules) {
  const turned = (text) => `${[...text].reverse().join('')}~`
  const other = rules.map((rule) => ({
    ...rule,
    id: `${rule.id}-again`,
    ...(rule.texts && {
      texts: rule.texts.map((one) => ({
        ...one,
        literal: turned(one.literal),
        ...(one.also && { also: turned(one.also) }),
      })),
    }),
    ...(rule.marker && { marker: turned(rule.marker) }),
  }))
  return [...rules, ...other]
}

function secondsFor(rules, files) {
  const { literals, recognise } = createRecogniser(rules)
  const search = createSearch(literals)
  const started = performance.now()
  for (const { inner, content } of files) {
    const hits = []
    search(memoryBytes(content), (index, offset) => hits.push({ literal: literals[index], offset }) < 10_000)
    recognise({
      inner,
      isProgram: content.subarray(1, 4).toString('latin1') === 'ELF',
      text: () => latin1(content.subarray(0, 4 << 20)),
      hits,
      read: (offset, length) => latin1(content.subarray(offset, offset + length)),
    })
  }
  return (performance.now() - started) / 1000
}

demand({ mksquashfs: 'Debian: squashfs-tools' })
try {
  const tree = makeTree('tree', 300e6)
  const image = makeSquashfs(tree, 'tree.xz.sqfs', 'xz')
  const files = readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      inner: join(entry.parentPath, entry.name),
      content: readFileSync(join(entry.parentPath, entry.name)),
    }))
  const check = () => measure(NODE, [MESSLATTE, 'check', '--quiet', '--fail-on', 'never', image]).seconds
  check()
  const rows = Array.from({ length: PAIRS }, () => ({
    check: check(),
    once: secondsFor(COMPONENT_RULES, files),
    twice: secondsFor(twice(COMPONENT_RULES), files),
  }))
  const of = (key) => median(rows.map((row) => row[key]))
  const added = of('twice') - of('once')
  process.stdout.write(`${machine()}; medians of ${PAIRS}\n`)
  process.stdout.write(`check of ${files.length} files: ${of('check').toFixed(2)} s\n`)
  process.stdout.write(
    `${COMPONENT_RULES.length} rules: ${of('once').toFixed(2)} s on one thread; twice as many: ${of('twice').toFixed(2)} s\n`,
  )
  process.stdout.write(
    `a check with twice the rules: ${((of('check') + Math.max(0, added)) / of('check')).toFixed(2)} × the time\n`,
  )
} finally {
  tidyUp()
}
