import type { Facts, ReduceOut } from '../../contract.ts'
import { chainEvidence } from './evidence.ts'
import { judge, type UnitKeys } from './judge.ts'
import { type Answers, pathOf } from './model.ts'
import { nodesOf } from './nodes.ts'
import { pathsOf } from './paths.ts'

/** Reduce: joins the links of all schemes, judges every way of starting, and states what the whole is worth. */
export function concludeChains(facts: Facts, out: ReduceOut): void {
  const keys: UnitKeys = { burnt: new Set(), revoked: new Set() }
  const answers: Answers = new Map()
  for (const kind of ['boot', 'update'] as const) {
    for (const nodes of pathsOf(nodesOf(facts, kind === 'update'))) {
      const path = pathOf(
        nodes.map((node) => judge(node, nodes, keys)),
        kind,
        answers,
      )
      const [first] = nodes
      if (first) out.fact('chain.path', first.place, path.chain)
      if (kind === 'boot') for (const draft of chainEvidence(path)) out.evidence(draft)
    }
  }
}
