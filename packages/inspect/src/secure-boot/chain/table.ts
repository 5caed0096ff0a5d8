import type { BootChain } from '@messlatte/model'
import type { Facts } from '../../contract.ts'

const ORDER: readonly BootChain['verdict'][] = ['whole', 'open', 'broken', 'absent', 'refused']

/** The chains of a release, for people and for other tools: what starts first, the best verdict first. */
export function chainTable(facts: Facts): readonly BootChain[] {
  return facts
    .of('chain.path')
    .map(({ data }) => data)
    .toSorted(
      (a, b) =>
        Number(a.kind === 'update') - Number(b.kind === 'update') ||
        ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) ||
        compare(a.name, b.name),
    )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
