import type { Facts, ReduceOut } from '../../contract.ts'
import { chainEvidence } from './evidence.ts'
import { folded } from './fold.ts'
import { judge, type UnitKeys } from './judge.ts'
import { type Hardware, pathOf } from './model.ts'
import { nodesOf } from './nodes.ts'
import { pathsOf } from './paths.ts'

/** Reduce: joins the links of all schemes, judges every way of starting, and states what the whole is worth. */
export function concludeChains(facts: Facts, out: ReduceOut): void {
  const units = facts.of('chain.unit').map(({ data }) => data)
  const keys: UnitKeys = {
    burnt: new Set(units.flatMap(({ burnt }) => burnt)),
    revoked: new Set(units.flatMap(({ revoked }) => revoked)),
  }
  const hardware: Hardware = {
    enforced: units.some(({ enforced }) => enforced),
    off: units.some(({ off }) => off),
    answers: new Map(
      units.flatMap(({ answers }) => answers.map(({ id, text }) => [id, text] as const)).toReversed(),
    ),
  }
  for (const kind of ['boot', 'update'] as const) {
    const paths = pathsOf(nodesOf(facts, kind === 'update')).map((nodes) =>
      pathOf(
        nodes.map((node) => judge(node, nodes, keys)),
        kind,
        hardware,
      ),
    )
    for (const path of folded(paths)) {
      const [first] = path.steps
      if (first) out.fact('chain.path', first.node.place, path.chain)
      if (kind === 'boot') for (const draft of chainEvidence(path)) out.evidence(draft)
    }
  }
}
