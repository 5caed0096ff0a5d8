import { INSPECTION } from './files.ts'
import { startThread } from './start.ts'

await startThread(INSPECTION)
