import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Where this folder may not be written, nothing is kept and nothing is lost but time.
enableCompileCache(fileURLToPath(new URL('./compiled', import.meta.url)))
await import('./main.ts')
