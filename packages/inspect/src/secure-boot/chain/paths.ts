import type { Stage } from './facts.ts'
import { firstStage, type Node, stageRank } from './nodes.ts'

/** Ways of starting that are drawn; a development kit holds images for dozens of boards. */
export const MOST_PATHS = 24

/** The ways in which a device can start from these nodes: alternatives of one stage are ways of their own. */
export function pathsOf(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const below = new Map<Node | undefined, Node[]>()
  for (const node of nodes) {
    const known = below.get(node.parent)
    if (known) known.push(node)
    else below.set(node.parent, [node])
  }
  const paths = waysBelow(undefined, below)
    .map(withOneSystem)
    .filter((path) => path.length > 0)
  const distinct = [
    ...new Map(
      paths.map((path) => [
        path.map(({ place, link }) => [place.path, place.offset, link?.data.name]).join(),
        path,
      ]),
    ).values(),
  ]
  const told = new Set(distinct.flat())
  const alone = nodes.filter((node) => !told.has(node) && node.kind === 'bare').map((node) => [node])
  return [...distinct, ...alone].slice(0, MOST_PATHS).map(inOrder)
}

type Below = ReadonlyMap<Node | undefined, readonly Node[]>

function waysBelow(parent: Node | undefined, below: Below): readonly (readonly Node[])[] {
  const groups = alternatives(below.get(parent) ?? [], below).map((group) =>
    group.flatMap((node) => waysBelow(node, below).map((more) => [node, ...more])).slice(0, MOST_PATHS),
  )
  const first = groups.flatMap((ways) => ways[0] ?? [])
  // Not every combination is a way of its own: one thing is taken otherwise at a time.
  const others = groups.flatMap((ways, at) =>
    ways.slice(1).map((way) => groups.flatMap((each, index) => (index === at ? way : (each[0] ?? [])))),
  )
  return [first, ...others].slice(0, MOST_PATHS)
}

/** By what a device has only one of at a time; the first that fits counts. */
const MAIN: readonly Stage[] = ['kernel', 'application', 'root-file-system', 'bootloader']
const STARTED: readonly Stage[] = ['kernel', 'application']

/**
 * What stands for the same thing: configurations of one image, slots, images for other boards, with whatever leads to
 * them. The default comes first.
 */
function alternatives(nodes: readonly Node[], below: Below): readonly (readonly Node[])[] {
  const groups = new Map<string, Node[]>()
  for (const node of nodes) {
    const reached = stagesBelow(node, below)
    const started = STARTED.find((stage) => reached.has(stage))
    const own = new Set(node.parts.map(({ stage }) => stage))
    const key =
      started ?? `${MAIN.find((stage) => own.has(stage)) ?? firstStage(node)} ${node.kind === 'holder'}`
    const known = groups.get(key)
    if (known) known.push(node)
    else groups.set(key, [node])
  }
  return [...groups.values()].map((group) => group.toSorted((a, b) => isDefault(b) - isDefault(a)))
}

function stagesBelow(node: Node, below: Below): ReadonlySet<Stage> {
  const stages = new Set<Stage>()
  const waiting = [node]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const { stage } of next.parts) stages.add(stage)
    for (const child of below.get(next) ?? []) waiting.push(child)
  }
  return stages
}

function isDefault({ link }: Node): number {
  return link?.data.isDefault === true ? 1 : 0
}

/**
 * A way that has a covered root file system does not start another one that merely lies beside; one without anything
 * that starts a system starts none.
 */
function withOneSystem(path: readonly Node[]): readonly Node[] {
  const covers = (wanted: Stage) =>
    path.some(({ link, parts }) => link && parts.some(({ stage }) => stage === wanted))
  const starts = path.some(({ parts }) =>
    parts.some(({ stage }) => stage === 'kernel' || stage === 'initramfs'),
  )
  return path.filter((node) => {
    const stage = firstStage(node)
    if (node.kind !== 'bare' || (stage !== 'root-file-system' && stage !== 'initramfs')) return true
    return starts && !covers(stage)
  })
}

/** What holds a key comes before what verifies with it; beyond that, as devices start. */
function inOrder(path: readonly Node[]): readonly Node[] {
  const waiting = new Set(path.toSorted((a, b) => stageRank(firstStage(a)) - stageRank(firstStage(b))))
  const order: Node[] = []
  while (waiting.size > 0) {
    const next = [...waiting].find(({ parent }) => parent === undefined || !waiting.has(parent)) as Node
    order.push(next)
    waiting.delete(next)
  }
  return order
}
