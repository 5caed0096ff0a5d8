import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Script } from 'node:vm'
import { isMainThread, parentPort, threadId } from 'node:worker_threads'
import { startWorkers } from '@messlatte/unpack'
import { SANDBOX } from './files.ts'
import { loadProgram } from './load.ts'

const compiled = isMainThread ? SANDBOX.compiledMain : SANDBOX.compiledWorker

/** Only the one run that follows a build may write beside the program; `warm-up.ts` takes what is whole. */
function keepCompiled(script: Script): void {
  const path = `${compiled}.${threadId}`
  const permission = (process as { permission?: { has(scope: string, path: string): boolean } }).permission
  if (permission?.has('fs.write', path) !== true) return
  const keep = () => {
    const data = script.createCachedData()
    writeFileSync(path, data)
    writeFileSync(`${path}.size`, String(data.length))
  }
  if (isMainThread) process.on('exit', keep)
  else parentPort?.on('message', () => setImmediate(keep))
}

const workers = startWorkers(fileURLToPath(import.meta.url))
const { program, script } = loadProgram(compiled)
keepCompiled(script)
await program.runSandboxProgram(workers)
