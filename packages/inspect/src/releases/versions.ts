/** How two versions stand to each other; undefined where they have no order that everybody agrees on. */
export type Order = 'down' | 'equal' | 'up'

const MOST = 200

/**
 * Versions that are written alike: runs of digits count as numbers, what stands between them has to be the same. `1.9` and `1.10`
 * have an order, `2024.02` and `v3-beta` have none. A pre-release of Semantic Versioning comes before its release, build metadata
 * of it counts as a number where both have one (MCUboot compares it, where it is told to).
 */
export function orderOf(old: string, added: string): Order | undefined {
  if (old === added) return 'equal'
  if (old.length > MOST || added.length > MOST) return undefined
  const [a, b] = [partsOf(old), partsOf(added)]
  if (!a || !b || a.lead !== b.lead) return undefined
  const numbers = compareNumbers(a.numbers, b.numbers)
  if (numbers !== 0) return numbers < 0 ? 'up' : 'down'
  if (a.rest === b.rest) return 'equal'
  if (a.rest.startsWith('-') && b.rest === '') return 'up'
  if (b.rest.startsWith('-') && a.rest === '') return 'down'
  return orderOfRest(a.rest, b.rest)
}

/** `v1.2.3-rc4`: what leads, numbers with dots between them, and the rest. */
function partsOf(version: string) {
  const match = /^([^\d]*)(\d+(?:\.\d+)*)(.*)$/s.exec(version)
  if (!match) return undefined
  const [, lead = '', numbers = '', rest = ''] = match
  return { lead: lead.toLowerCase(), numbers: numbers.split('.'), rest }
}

function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [left, right] = [BigInt(a[at] ?? '0'), BigInt(b[at] ?? '0')]
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

/** Behind equal numbers: the same words with other numbers in them. */
function orderOfRest(a: string, b: string): Order | undefined {
  const words = (text: string) => text.replaceAll(/\d+/g, '#')
  if (words(a) !== words(b)) return undefined
  const numbers = (text: string) => text.match(/\d+/g) ?? []
  const order = compareNumbers(numbers(a), numbers(b))
  return order === 0 ? 'equal' : order < 0 ? 'up' : 'down'
}
