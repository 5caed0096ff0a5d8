import { expect, it } from 'vitest'
import type { Batch } from '../contract.ts'
import { tellBatches } from './batches.ts'
import type { BatchTask } from './protocol.ts'

const WORK = { path: 'a', format: 'b', depth: 1, region: { start: 0, end: 1 } }

function told(batches: Iterable<Batch<unknown>>, most: number) {
  const tasks: BatchTask[] = []
  const reference = { kind: 'file', index: 0, start: 0, size: 1 } as const
  const taken = tellBatches(
    { ...WORK } as never,
    reference,
    batches,
    most,
    (more) => void tasks.push(...more),
  )
  return { taken, tasks: tasks.length }
}

function* endless(plan: unknown): Generator<Batch<unknown>> {
  for (;;) yield { cost: 0, entries: 10, plan }
}

it('hands out all batches', () => {
  expect(told([...endless(1).take(7)], 70)).toEqual({ taken: 'all', tasks: 7 })
})

it('ends where the budget of members does, and says so', () => {
  expect(told(endless(1), 100)).toEqual({ taken: 'some', tasks: 11 })
})

it('ends where the names of few members would fill the memory', () => {
  expect(told(endless('x'.repeat(384 * 40)), 100)).toEqual({ taken: 'some', tasks: 3 })
})
