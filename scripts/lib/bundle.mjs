import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT } from './install.mjs'

export const DIST = join(ROOT, 'dist')
const STAMP = join(DIST, 'stamp')

// The sandbox may read its own bundle alone, so that one is whole; of the command line's, a command loads its part.
const BUNDLES = [
  { entryPoints: { messlatte: 'apps/cli/src/main.ts' }, splitting: true, chunkNames: 'part-[hash]' },
  { entryPoints: { sandbox: 'apps/cli/src/sandbox.ts' }, splitting: false },
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
 * Bundles the command line and the sandbox, because a process that loads 300 modules starts too late; does nothing when no source is newer than the bundles.
 */
export function ensureBuilt() {
  if (!sourcesChanged()) return
  const started = new Date()
  const { buildSync } = createRequire(join(ROOT, 'package.json'))('esbuild')
  const { version } = JSON.parse(readFileSync(join(ROOT, 'apps/cli/package.json'), 'utf8'))
  rmSync(DIST, { recursive: true, force: true })
  for (const bundle of BUNDLES)
    buildSync({
      ...bundle,
      absWorkingDir: ROOT,
      outdir: DIST,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      target: 'node26',
      format: 'esm',
      minifySyntax: true,
      // Each of three processes and threads parses its bundle before it does anything: 60 ms of 530 were for white space.
      minifyWhitespace: true,
      sourcemap: false,
      loader: { '.css': 'text', '.svg': 'text' },
      define: { 'process.env.MESSLATTE_VERSION': JSON.stringify(version) },
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
      // Loaded by the few commands that write a PDF, from where npm put it.
      external: ['pdfmake', 'fontkit'],
      logLevel: 'error',
    })
  writeFileSync(STAMP, '')
  utimesSync(STAMP, started, started)
}
