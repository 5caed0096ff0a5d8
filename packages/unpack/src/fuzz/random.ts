/** Numbers that look random and are the same for the same seed (xorshift32). */
export interface Random {
  /** A whole number from 0 to below `bound`. */
  below(bound: number): number
  oneOf<T>(items: readonly T[]): T
}

export function createRandom(seed: number): Random {
  let state = seed | 0 || 0x9e37_79b9

  function below(bound: number): number {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % Math.max(1, bound)
  }

  return {
    below,
    oneOf<T>(items: readonly T[]): T {
      return items[below(items.length)] as T
    },
  }
}
