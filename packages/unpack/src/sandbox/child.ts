import { parentPort, type Worker } from 'node:worker_threads'
import { serveWorker, type WorkerParts } from '../engine/worker.ts'
import { type Conclude, runMainThread } from './main-thread.ts'
import { dropRights } from './rights.ts'

export interface ChildParts<Settings, Output> extends Omit<WorkerParts<Settings, Output>, 'dropRights'> {
  readonly conclude: Conclude<Settings, Output>
}

/**
 * The sandbox's program, main thread and workers alike.
 * @param started in the main thread: what `startWorkers` gave; none in a worker
 */
export async function runChild<Settings, Output>(
  started: readonly Promise<Worker>[],
  { conclude, ...parts }: ChildParts<Settings, Output>,
): Promise<void> {
  if (parentPort) serveInSandbox(parts)
  else await runMainThread(started, conclude)
}

/** A worker of the sandbox: it gives up its rights when the main thread tells it what to do, before it reads anything. */
export function serveInSandbox<Settings, Output>(
  parts: Omit<WorkerParts<Settings, Output>, 'dropRights'>,
): void {
  if (parentPort) serveWorker(parentPort, { ...parts, dropRights })
}
