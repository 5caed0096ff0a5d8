import { execFileSync, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { openSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { open } from 'node:inspector'
import { connect, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { runChild } from '../child.ts'
import { startWorkers } from '../main-thread.ts'

/** What hostile code would try first; each must fail. The list is run in a worker and in the main thread. */
const ATTEMPTS: Readonly<Record<string, () => unknown>> = {
  'read a file': () => readFileSync('/etc/passwd'),
  'read its own program': () => readFileSync(fileURLToPath(import.meta.url)),
  'list a directory': () => readdirSync('/'),
  'open a file': () => openSync('/etc/hostname', 'r'),
  'write a file': () => writeFileSync('/tmp/messlatte-escape', ''),
  'make a link': () => symlinkSync('/etc', '/tmp/messlatte-escape-link'),
  'remove a file': () => rmSync('/tmp/messlatte-escape-none', { force: true }),
  'start a program': () => execFileSync('/bin/true'),
  'start a shell': () => spawnSync('true', { shell: true }).error ?? failIfStarted(),
  'start a worker': () => new Worker('', { eval: true }),
  'start a worker without the permission model': () =>
    new Worker('', { eval: true, execArgv: ['--no-permission'] }),
  'open the inspector': () => open(0),
  'load a native add-on': () => process.dlopen({ exports: {} }, '/lib/none.node'),
  'read the environment': () => (Object.keys(process.env).length > 0 ? process.env : refuse()),
  'ask for the rights again': () =>
    hasRight('fs.read') || hasRight('worker') || hasRight('net') ? true : refuse(),
}

const LATER_ATTEMPTS: Readonly<Record<string, () => Promise<unknown>>> = {
  'connect to a port': () =>
    new Promise((resolve, reject) => connect(9, '127.0.0.1').on('connect', resolve).on('error', reject)),
  'listen on a port': () =>
    new Promise((resolve, reject) =>
      createServer()
        .on('error', reject)
        .listen(0, '127.0.0.1', () => resolve(true)),
    ),
  'connect to a local socket': () =>
    new Promise((resolve, reject) => connect('/tmp/none').on('connect', resolve).on('error', reject)),
  'send a datagram': () =>
    new Promise((resolve, reject) => {
      const socket = createSocket('udp4')
      socket.on('error', reject)
      socket.send('x', 9, '127.0.0.1', (error) => (error ? reject(error) : resolve(true)))
    }),
  'look up a name': () => lookup('localhost'),
  'fetch a page': () => fetch('http://127.0.0.1:9/'),
}

function refuse(): never {
  throw Object.assign(new Error('refused'), { code: 'ERR_ACCESS_DENIED' })
}

function failIfStarted(): true {
  return true
}

function hasRight(right: string): boolean {
  return (process as unknown as { permission: { has(right: string): boolean } }).permission.has(right)
}

function codeOf(error: unknown): string {
  const cause = error as { code?: string; cause?: { code?: string } }
  return cause.code ?? cause.cause?.code ?? String(error)
}

function attemptAll(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ATTEMPTS).map(([name, attempt]) => {
      try {
        const result = attempt()
        return [name, result instanceof Error ? codeOf(result) : 'ESCAPED']
      } catch (error) {
        return [name, codeOf(error)]
      }
    }),
  )
}

async function attemptLater(): Promise<Record<string, string>> {
  const results: Record<string, string> = {}
  for (const [name, attempt] of Object.entries(LATER_ATTEMPTS)) {
    // Some refusals are thrown from inside of Node, where no promise sees them.
    const thrown = new Promise<string>((resolve) =>
      process.once('uncaughtException', (error) => resolve(codeOf(error))),
    )
    const tried = attempt().then(
      () => 'ESCAPED',
      (error) => codeOf(error),
    )
    results[name] = await Promise.race([tried, thrown])
    process.removeAllListeners('uncaughtException')
  }
  return results
}

await runChild<null, Record<string, string>>(startWorkers(fileURLToPath(import.meta.url)), {
  formats: [
    {
      kind: 'leaf',
      name: 'none',
      title: '',
      references: [],
      limits: [],
      magic: [{ bytes: 'none', at: 0 }],
      carve: true,
      recognise: () => undefined,
    },
  ],
  createMapper: () => {
    let results: Record<string, string> | undefined
    return {
      visitor: {
        visit() {
          results = attemptAll()
        },
      },
      take: () => results,
    }
  },
  conclude: async (_, outputs) => ({
    worker: outputs.at(-1)?.output,
    main: attemptAll(),
    later: await attemptLater(),
  }),
})
