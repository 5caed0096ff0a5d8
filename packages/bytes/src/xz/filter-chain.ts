import type { Unfilter } from './filters.ts'

export interface FilterChain {
  add(content: Uint8Array): void
  end(): void
}

/** Undoes filters one after the other on a content that comes in pieces: what is not final yet waits for what follows. */
export function createFilterChain(
  filters: readonly Unfilter[],
  deliver: (content: Uint8Array) => void,
): FilterChain {
  const waiting: Buffer[] = filters.map(() => Buffer.alloc(0))

  function pass(content: Buffer, from: number): void {
    let current = content
    for (let i = from; i < filters.length; i++) {
      current = Buffer.concat([waiting[i] as Buffer, current])
      const final = filters[i]?.(current) ?? 0
      waiting[i] = current.subarray(final)
      current = current.subarray(0, final)
    }
    if (current.length > 0) deliver(current)
  }

  return {
    add: (content) => pass(Buffer.from(content), 0),
    end() {
      for (let i = 0; i < filters.length; i++) {
        const rest = waiting[i] as Buffer
        waiting[i] = Buffer.alloc(0)
        // What is left is too short to hold an instruction, so this filter lets it through; the next ones still see it.
        pass(rest, i + 1)
      }
    },
  }
}
