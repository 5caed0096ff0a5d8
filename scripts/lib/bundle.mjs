import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT, runOnProjectNode } from './install.mjs'

export const DIST = join(ROOT, 'dist')
const STAMP = join(DIST, 'stamp')

const MODULE = { format: 'esm', outExtension: { '.js': '.mjs' } }

/** Loaded with what V8 compiled of them before. */
const PROGRAMS = {
  check: 'apps/cli/src/check.ts',
  unpack: 'apps/cli/src/unpack.ts',
  inspection: 'apps/cli/src/sandbox/inspection.ts',
  'listing-main': 'apps/cli/src/sandbox/listing-main.ts',
  'listing-worker': 'apps/cli/src/sandbox/listing-worker.ts',
}

const BUNDLES = [
  { ...MODULE, entryPoints: { messlatte: 'apps/cli/src/start.ts' } },
  // A command loads its part of the program, and no other's.
  {
    ...MODULE,
    entryPoints: { main: 'apps/cli/src/main.ts', 'warm-up': 'apps/cli/src/sandbox/warm-up.ts' },
    splitting: true,
    chunkNames: 'part-[hash]',
  },
  { ...MODULE, entryPoints: { 'sandbox-inspection': 'apps/cli/src/sandbox/start-inspection.ts' } },
  { ...MODULE, entryPoints: { 'sandbox-listing': 'apps/cli/src/sandbox/start-listing.ts' } },
  // It may read its own bundle alone, so that it is whole.
  { ...MODULE, entryPoints: { 'workbook-reader': 'apps/cli/src/workbook-reader.ts' } },
  // A function around them lets `vm` compile them, which takes compiled code from a file.
  ...Object.entries(PROGRAMS).map(([name, path]) => ({
    entryPoints: { [name]: path },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    banner: { js: '(function (exports, require, module) {' },
    footer: { js: '})' },
    define: { 'import.meta.url': 'module.url' },
  })),
]

function newest(folder) {
  let latest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && entry.name !== 'fixtures' && entry.name !== 'assembly') {
        latest = Math.max(latest, newest(path))
      }
    } else if (/\.(ts|json|css)$/.test(entry.name) && !entry.name.endsWith('.test.ts')) {
      latest = Math.max(latest, statSync(path).mtimeMs)
    }
  }
  return latest
}

function sourcesChanged() {
  if (!existsSync(STAMP)) return true
  const built = statSync(STAMP).mtimeMs
  return (
    Math.max(
      newest(join(ROOT, 'packages')),
      newest(join(ROOT, 'apps')),
      statSync(join(ROOT, 'package-lock.json')).mtimeMs,
    ) > built
  )
}

/**
 * Bundles the command line and the sandbox, because a process that loads 300 modules starts too late, and lets the
 * sandbox keep what V8 compiled; does nothing when no source is newer than the bundles.
 */
export function ensureBuilt() {
  if (!sourcesChanged()) return
  const started = new Date()
  const folder = mkdtempSync(`${DIST}-`)
  bundleInto(folder)
  // Without it everything works, only later.
  runOnProjectNode([join(folder, 'warm-up.mjs'), join(ROOT, 'examples/router-as-found')], { stdio: 'ignore' })
  writeFileSync(join(folder, 'stamp'), '')
  utimesSync(join(folder, 'stamp'), started, started)
  putInPlace(folder)
}

function bundleInto(folder) {
  const { buildSync } = createRequire(join(ROOT, 'package.json'))('esbuild')
  const { version } = JSON.parse(readFileSync(join(ROOT, 'apps/cli/package.json'), 'utf8'))
  for (const bundle of BUNDLES)
    buildSync({
      ...bundle,
      absWorkingDir: ROOT,
      outdir: folder,
      bundle: true,
      platform: 'node',
      target: 'node26',
      minifySyntax: true,
      minifyWhitespace: true,
      sourcemap: false,
      loader: { '.css': 'text', '.svg': 'text' },
      define: { ...bundle.define, 'process.env.MESSLATTE_VERSION': JSON.stringify(version) },
      // Loaded by the few commands that write a PDF, from where npm put it.
      external: ['pdfmake', 'fontkit'],
      logLevel: 'error',
    })
  for (const name of Object.keys(PROGRAMS)) writeInLatin1(join(folder, `${name}.cjs`))
}

/**
 * One byte for each character, as they are read: V8 keeps a text at two bytes each because of a single one that needs
 * them. esbuild leaves those few alone that stand in regular expressions and behind the tags of templates.
 */
function writeInLatin1(path) {
  const escaped = readFileSync(path, 'utf8').replaceAll(
    /[^\0-\xff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  writeFileSync(path, escaped, 'latin1')
}

/** Another process may have built the same meanwhile, and run it: then its folder stays. */
function putInPlace(folder) {
  if (sourcesChanged()) rmSync(DIST, { recursive: true, force: true })
  try {
    renameSync(folder, DIST)
  } catch (error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && error.code !== 'EPERM') throw error
    rmSync(folder, { recursive: true, force: true })
  }
}
