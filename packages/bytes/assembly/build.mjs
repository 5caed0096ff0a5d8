import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import { blowfishSource } from './blowfish.mjs'
import { desSource } from './des.mjs'
import { lzmaSource } from './lzma.mjs'
import { roundsSource } from './rounds.mjs'

// npm run cores [-- --to FOLDER]: compiles the cores and writes them as base64 modules.

const HERE = fileURLToPath(new URL('.', import.meta.url))
const given = process.argv.indexOf('--to')
const target = given < 0 ? join(HERE, '../src/cores') : process.argv[given + 1]

const FLAGS = [
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '0',
  '--noAssert',
  '--runtime',
  'stub',
  '--initialMemory',
  '16',
  '--maximumMemory',
  '4608',
  '--enable',
  'simd',
]

/** Sources that are written by a program, and those that stand in files. */
const written = { lzma: lzmaSource, des: desSource, rounds: roundsSource, blowfish: blowfishSource }
const sources = [
  ...Object.entries(written).map(([name, source]) => ({ name, file: `${name}.mjs`, source: source() })),
  ...['lz', 'inflate', 'bzip2', 'search', 'zstd', 'yescrypt'].map((name) => ({
    name,
    file: `${name}.ts`,
    source: readFileSync(join(HERE, `${name}.ts`), 'utf8'),
  })),
]
for (const { name, file, source } of sources) {
  let wasm
  // In this process: the compiler is slow to start and faster with each of them.
  const { error, stderr } = await asc.main([`${name}.ts`, '-o', `${name}.wasm`, ...FLAGS], {
    readFile: (path) => (path === `${name}.ts` ? source : null),
    writeFile: (_, content) => {
      wasm = content
    },
    listFiles: () => [],
  })
  if (error) throw new Error(`${file}: ${stderr}`, { cause: error })
  const base64 = Buffer.from(wasm).toString('base64')
  const lines = base64.match(/.{1,100}/g).map((line) => `  '${line}'`)
  const text = `/** Compiled from assembly/${file} by \`npm run cores\`. */\nexport const wasm =\n${lines.join(' +\n')}\n`
  writeFileSync(join(target, `${name}.wasm.ts`), text)
}
