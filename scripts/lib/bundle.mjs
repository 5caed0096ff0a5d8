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

const BUNDLES = [
  // A command loads its part of the program, and no other's.
  {
    entryPoints: { messlatte: 'apps/cli/src/start.ts', 'warm-up': 'apps/cli/src/sandbox/warm-up.ts' },
    splitting: true,
    format: 'esm',
    chunkNames: 'part-[hash]',
    outExtension: { '.js': '.mjs' },
  },
  {
    entryPoints: { sandbox: 'apps/cli/src/sandbox/start.ts' },
    format: 'esm',
    outExtension: { '.js': '.mjs' },
  },
  // It may read its own bundle alone, so that it is whole.
  {
    entryPoints: { 'workbook-reader': 'apps/cli/src/workbook-reader.ts' },
    format: 'esm',
    outExtension: { '.js': '.mjs' },
  },
  // A function around it lets `vm` compile it, which takes compiled code from a file.
  {
    entryPoints: { 'sandbox-program': 'apps/cli/src/sandbox/program.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    banner: { js: '(function (exports, require, module) {' },
    footer: { js: '})' },
  },
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
      define: { 'process.env.MESSLATTE_VERSION': JSON.stringify(version) },
      // Loaded by the few commands that write a PDF, from where npm put it.
      external: ['pdfmake', 'fontkit'],
      logLevel: 'error',
    })
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
