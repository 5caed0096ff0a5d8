import { serialize } from 'node:v8'
import type { RegionWork } from '../content.ts'
import type { Batch } from '../contract.ts'
import type { TakenOver } from '../walk.ts'
import type { BatchTask, Reference } from './protocol.ts'

/** Batches are told to the coordinator so many at a time, so that the others can begin early. */
const TOLD_AT_ONCE = 4
/** Bytes of the plan of one member, with its path: no real ones have more on average. */
const PLAN_BYTES = 384

/**
 * Hands the batches of a container out as tasks. All of them are held until they are done: what lies behind the budget of
 * members never will be.
 * @param most members
 */
export function tellBatches(
  work: RegionWork,
  reference: Reference,
  batches: Iterable<Batch<unknown>>,
  most: number,
  send: (tasks: readonly BatchTask[]) => void,
): TakenOver {
  let tasks: BatchTask[] = []
  let entries = 0
  for (const batch of batches) {
    const { path, format, depth, region } = work
    const plan = serialize(batch.plan)
    tasks.push({
      task: 'batch',
      path,
      format,
      depth,
      reference,
      region,
      plan,
      cost: batch.cost,
    })
    if (tasks.length === TOLD_AT_ONCE) {
      send(tasks)
      tasks = []
    }
    entries += Math.max(batch.entries, Math.floor(plan.length / PLAN_BYTES))
    if (entries > most) break
  }
  if (tasks.length > 0) send(tasks)
  return entries > most ? 'some' : 'all'
}
