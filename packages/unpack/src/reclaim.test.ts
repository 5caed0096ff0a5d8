import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { reclaimMemory } from './reclaim.ts'

it('gives back what is held no more, at once and each time', async () => {
  for (let round = 0; round < 2; round++) {
    const held = new WeakRef({ of: new Uint8Array(1024) })
    // What a WeakRef was made of is kept until the running job ends.
    await setImmediate()
    expect(held.deref()).toBeDefined()
    await setImmediate()
    reclaimMemory()
    expect(held.deref()).toBeUndefined()
  }
})
