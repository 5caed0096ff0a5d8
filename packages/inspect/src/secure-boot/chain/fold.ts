import type { ChainStep } from '@messlatte/model'
import type { Path } from './model.ts'

/** Ways through the same images that come to the same are one way, which names the others: configurations of one FIT. */
export function folded(paths: readonly Path[]): readonly Path[] {
  const groups = new Map<string, Path[]>()
  for (const path of paths) {
    const key = shapeOf(path)
    const group = groups.get(key)
    if (group) group.push(path)
    else groups.set(key, [path])
  }
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, chain: { ...first.chain, alike: others.map(({ chain }) => chain.name) } }] : [],
  )
}

/** All that is said of a way, without what tells alternatives of one image apart: names, and which parts they start. */
function shapeOf({ chain: { kind, verdict, root, steps }, steps: judged }: Path): string {
  const holders = judged.map(({ node }) => node.link?.data.holder ?? node.place.path)
  return JSON.stringify([kind, verdict, root, holders, steps.map(stepShape)])
}

function stepShape(step: ChainStep) {
  const { title, after, state, scheme, level, algorithm, anchors, demand, rollback } = step
  const parts = step.parts.map(({ stage, encrypted }) => [stage, encrypted])
  const gaps = step.gaps.map(({ stage, why }) => [stage, why.en])
  return [title.en, after, state, parts, gaps, scheme, level, algorithm, anchors, demand.en, rollback]
}
