import type { Facts, Place } from '../../contract.ts'
import { type BootResult, followBoots, prefixOf } from '../../services/boot/graph.ts'

/** The followed system in which a file lies; undefined where nothing of it was gathered. */
export function bootOf(facts: Facts, { root, inner }: Pick<Place, 'inner' | 'root'>): BootResult | undefined {
  const prefix = prefixOf(inner)
  return followBoots(facts).find((boot) => boot.root === root && boot.prefix === prefix)
}

/** The path of a file as its own system knows it. */
export function pathIn({ inner }: Pick<Place, 'inner'>): string {
  return `/${inner.slice(prefixOf(inner).length)}`
}
