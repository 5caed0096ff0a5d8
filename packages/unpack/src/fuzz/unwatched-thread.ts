import { parentPort, workerData } from 'node:worker_threads'
import { formatNamed, subjectOf } from './subject.ts'
import { type ThreadData, tryUnwatched } from './unwatched.ts'

const { name, options } = workerData as ThreadData
const { format } = subjectOf(await formatNamed(name))
const { executions, findings } = tryUnwatched(format, options)
parentPort?.postMessage({ executions, findings })
