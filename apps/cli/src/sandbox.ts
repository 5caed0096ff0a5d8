import { fileURLToPath } from 'node:url'
import { runSandboxProgram } from '@messlatte/inspect'

await runSandboxProgram(fileURLToPath(import.meta.url))
