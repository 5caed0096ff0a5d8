import { fileURLToPath } from 'node:url'
import type { ContainerFormat } from '../../contract.ts'
import { runChild } from '../child.ts'
import { startWorkers } from '../main-thread.ts'

/** Set by the job before anything is read; the mapper is the first to see it. */
let misbehaviour: string

/** A reader with the faults that the sandbox has to survive. */
const bad: ContainerFormat<number> = {
  kind: 'container',
  name: 'bad',
  title: '',
  references: [],
  limits: [],
  magic: [{ bytes: 'xxxx', at: 0 }],
  carve: true,
  recognise: (bytes, at) => ({ start: at, end: bytes.size }),
  *open() {
    if (misbehaviour === 'memory') {
      const taken: Buffer[] = []
      while (taken.length < 4_000) taken.push(Buffer.alloc(1024 * 1024, 1))
    }
    if (misbehaviour === 'exit') process.abort()
    if (misbehaviour === 'slow') for (let plan = 0; plan < 200; plan++) yield { cost: 1, entries: 1, plan }
  },
  read() {
    const until = performance.now() + 50
    while (performance.now() < until);
  },
}

await runChild<string, never>(startWorkers(fileURLToPath(import.meta.url)), {
  formats: [bad],
  createMapper: (settings) => {
    misbehaviour = settings
    return { visitor: { visit() {} }, take: () => undefined }
  },
  conclude: async (_settings, _outputs, end) => end.tally.limits.map(({ limit, path }) => ({ limit, path })),
})
