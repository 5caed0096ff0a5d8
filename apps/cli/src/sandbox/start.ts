import { writeFileSync } from 'node:fs'
import type { Script } from 'node:vm'
import { isMainThread, parentPort, threadId, type Worker } from 'node:worker_threads'
import { startWorkers } from '@messlatte/unpack'
import { loadProgram } from '../program-file.ts'
import type { Sandbox } from './files.ts'

/** What the program of each thread exports. */
export interface SandboxProgram {
  readonly run: (workers: readonly Promise<Worker>[]) => Promise<void> | void
}

/** A thread of the sandbox. The main thread starts the workers first, so that all load at the same time. */
export async function startThread(sandbox: Sandbox): Promise<void> {
  const workers = startWorkers(sandbox.script)
  const own = isMainThread ? sandbox.main : sandbox.worker
  const { program, script } = loadProgram<SandboxProgram>(own)
  if (mayKeep(own.compiled)) keepCompiled(script, own.compiled)
  else if (isMainThread && !sandbox.turbofan) void Promise.all(workers).then(stopTurbofan)
  await program.run(workers)
}

/**
 * When all threads have loaded what they begin with: V8 takes compiled code under the same flags only, and that of Node's own
 * modules, too, was compiled without any.
 */
function stopTurbofan(): void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--no-turbofan')
}

/** Only the one run that follows a build may write beside the program. */
function mayKeep(compiled: string): boolean {
  const permission = (process as { permission?: { has(scope: string, path: string): boolean } }).permission
  return permission?.has('fs.write', pathOfThread(compiled)) === true
}

/** `warm-up.ts` takes what is whole. */
function keepCompiled(script: Script, compiled: string): void {
  const path = pathOfThread(compiled)
  const keep = () => {
    const data = script.createCachedData()
    writeFileSync(path, data)
    writeFileSync(`${path}.size`, String(data.length))
  }
  if (isMainThread) process.on('exit', keep)
  else parentPort?.on('message', () => setImmediate(keep))
}

function pathOfThread(compiled: string): string {
  return `${compiled}.${threadId}`
}
