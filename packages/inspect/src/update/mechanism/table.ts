import type { UpdateMechanism } from '@messlatte/model'
import type { Facts } from '../../contract.ts'
import './facts.ts'

/** How the release can be updated, for people and for other tools; what belongs to no client alone comes last. */
export function mechanismTable(facts: Facts): readonly UpdateMechanism[] {
  return facts
    .of('update.mechanism')
    .map(({ data }) => data)
    .toSorted(
      (a, b) =>
        Number(a.root === '') - Number(b.root === '') ||
        compare(a.root, b.root) ||
        compare(a.client, b.client),
    )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
