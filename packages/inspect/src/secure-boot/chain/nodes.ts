import type { Fact, Facts, Place } from '../../contract.ts'
import { type LinkFact, type Part, STAGES, type Stage } from './facts.ts'

export type Link = Fact<'chain.link'>

/** Something in a chain, before it is judged. */
export interface Node {
  readonly kind: /** What a scheme says of it. */
    | 'link'
    /** Holds a key or a hash, or is a boot loader, and no scheme says anything of it. */
    | 'holder'
    /** Starts, and nothing in the release verifies it. */
    | 'bare'
  readonly place: Place
  readonly link: Link | undefined
  readonly parts: readonly Part[]
  readonly writable: boolean
  /** What verifies it; undefined where that is the hardware, or nothing. */
  parent: Node | undefined
}

/** Kinds of links of which a system has thousands, and whose worst speaks for all. */
const MANY: ReadonlySet<Stage> = new Set(['modules', 'files', 'coprocessor', 'data'])
/** Things that are joined: each is compared with each. Signed ones come first. */
const MOST_LINKS = 1000
const MOST_REGIONS = 1000
const RANK = ['EX', 'E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6'] as const

/** Whether `path` lies in what `within` names: it, or something inside of it. */
export function liesIn(path: string, within: string): boolean {
  return path === within || path.startsWith(`${within}/`) || path.startsWith(`${within}@`)
}

export function stageRank(stage: Stage): number {
  return STAGES.indexOf(stage)
}

/** The stage by which a node stands in order: its earliest. */
export function firstStage({ parts }: Node): Stage {
  return parts.map(({ stage }) => stage).toSorted((a, b) => stageRank(a) - stageRank(b))[0] ?? 'data'
}

export function isUpdate({ data }: Link): boolean {
  return data.covers.every(({ stage }) => stage === 'update')
}

/** All that one way of starting can be made of, each with what verifies it. */
export function nodesOf(facts: Facts, update: boolean): readonly Node[] {
  const links = distinct(facts.of('chain.link').filter((link) => isUpdate(link) === update))
  const nodes: Node[] = links.map((link) => ({
    kind: 'link',
    place: link.place,
    link,
    parts: link.data.covers,
    writable: false,
    parent: undefined,
  }))
  if (!update) for (const node of partsOf(facts, nodes)) nodes.push(node)
  const holders = new Map<string, Node>()
  for (const node of nodes) if (node.link) node.parent = parentOf(node, node.link.data, nodes, holders, facts)
  return withoutCircles([...nodes, ...holders.values()])
}

/** One link for each thing and name: of several signatures, that which is worth most; of thousands of files, the worst. */
function distinct(links: readonly Link[]): readonly Link[] {
  const best = new Map<string, Link>()
  for (const link of links) {
    const { scheme, holder, name, covers, level } = link.data
    const stage = covers[0]?.stage ?? 'data'
    const many = MANY.has(stage)
    const key = JSON.stringify(
      many ? [scheme, stage, link.place.root] : [holder, name, covers.map(({ path }) => path)],
    )
    const known = best.get(key)
    const difference = known === undefined ? 0 : RANK.indexOf(level) - RANK.indexOf(known.data.level)
    if (known === undefined || (many ? difference < 0 : difference > 0)) best.set(key, link)
  }
  const signed = ({ data }: Link) => Number(data.signature !== undefined)
  return [...best.values()].toSorted((a, b) => signed(b) - signed(a)).slice(0, MOST_LINKS)
}

/** File systems, kernels and boot loaders: those that a link covers are parts of it, the others stand by themselves. */
function partsOf(facts: Facts, nodes: Node[]): readonly Node[] {
  const roots = new Set(facts.of('chain.first-program').map(({ place }) => place.root))
  const regions = facts
    .of('chain.region')
    .filter(({ place, data }) => data.stage === 'kernel' || roots.has(place.path))
    .map(({ place, data }) => ({
      place,
      writable: data.writable,
      stage: data.stage,
      name: data.format,
      kind: 'bare' as const,
    }))
  const loaders = facts.of('boot.u-boot').map(({ place }) => ({
    place,
    writable: false,
    stage: 'bootloader' as const,
    name: 'U-Boot',
    kind: 'holder' as const,
  }))
  const all = [...loaders, ...regions].slice(0, MOST_REGIONS)
  const bare: Node[] = []
  for (const { place, writable, stage, name, kind } of all) {
    // A system within a system starts later, whatever starts it.
    if (
      all.some(
        (other) =>
          other.place.path !== place.path && other.stage === stage && liesIn(place.path, other.place.path),
      )
    )
      continue
    const part: Part = { path: place.path, stage, name }
    const at = covering(place.path, nodes)
    if (!at) bare.push({ kind, place, link: undefined, parts: [part], writable, parent: undefined })
    else if (!at.node.parts.some((known) => known.stage === stage && liesIn(place.path, known.path)))
      nodes[at.index] = { ...at.node, parts: [...at.node.parts, part] }
  }
  return bare
}

/** The node that covers a path: by its narrowest part, and of several by the best level. */
function covering(
  path: string,
  nodes: readonly Node[],
  but?: Node,
): { readonly node: Node; readonly index: number } | undefined {
  let best: { readonly node: Node; readonly index: number; readonly weight: number } | undefined
  for (const [index, node] of nodes.entries()) {
    if (
      !node.link ||
      (but?.link && but.link.data.holder === node.link.data.holder && but.place === node.place)
    )
      continue
    const narrowest = Math.max(
      -1,
      ...node.parts.filter((part) => liesIn(path, part.path)).map((part) => part.path.length),
    )
    const weight = narrowest * RANK.length + RANK.indexOf(node.link.data.level)
    if (narrowest >= 0 && (best === undefined || weight > best.weight)) best = { node, index, weight }
  }
  return best
}

/** The node that holds a key or hash of the link; a new one for a place that nothing covers. */
function parentOf(
  node: Node,
  link: LinkFact,
  nodes: readonly Node[],
  holders: Map<string, Node>,
  facts: Facts,
): Node | undefined {
  const anchors = link.anchors.flatMap(({ lies, fingerprints }) =>
    lies.in === 'release'
      ? [{ place: lies.place, isHash: fingerprints.some(({ form }) => form === 'content-hash') }]
      : [],
  )
  const demand = link.demand.by === 'release' ? [{ place: link.demand.place, isHash: false }] : []
  const places = [...anchors, ...demand]
  for (const { place } of places) {
    const found = covering(place.path, nodes, node)
    if (found) return found.node
    const bare = nodes.find((one) => !one.link && one.parts.some((part) => liesIn(place.path, part.path)))
    if (bare) return bare
  }
  const [first] = places
  if (!first) return undefined
  const known = holders.get(first.place.path)
  if (known) return known
  const system = facts.of('chain.region').find(({ place }) => liesIn(first.place.path, place.path))
  const stage: Stage = system?.data.stage ?? (first.isHash ? 'configuration' : 'bootloader')
  const name = first.place.path.slice(first.place.path.lastIndexOf('/') + 1)
  const holder: Node = {
    kind: first.isHash ? 'bare' : 'holder',
    place: first.place,
    link: undefined,
    parts: [{ path: first.place.path, stage, name }],
    writable: false,
    parent: undefined,
  }
  holders.set(first.place.path, holder)
  return holder
}

/** Things that vouch for each other have no beginning: the chain is cut there. */
function withoutCircles(nodes: readonly Node[]): readonly Node[] {
  for (const node of nodes) {
    const seen = new Set([node])
    for (let at = node; at.parent; at = at.parent) {
      if (seen.has(at.parent)) {
        at.parent = undefined
        break
      }
      seen.add(at.parent)
    }
  }
  return nodes
}
