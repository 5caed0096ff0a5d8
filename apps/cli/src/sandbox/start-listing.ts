import { LISTING } from './files.ts'
import { startThread } from './start.ts'

await startThread(LISTING)
