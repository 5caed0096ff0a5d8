import type { Fact, Facts, HashTreeAsk, ReduceOut, TreeAlgorithm, TreeAnswer } from '../../contract.ts'

export type Superblock = Fact<'boot.verity.superblock'>
export type Partition = Fact<'boot.partition'>

/** What became of a stored tree: with the data that it is the tree of, or with those that it could be. */
export interface Tree {
  readonly superblock: Superblock
  readonly state:
    | { readonly result: 'match'; readonly data: string; readonly answer: TreeAnswer }
    | { readonly result: 'mismatch'; readonly data: string; readonly answer: TreeAnswer }
    /**
     * `no-data` nothing in the release fits · `cut` the tree ends too early · `no-tree` one block of data has none ·
     * `unsupported` algorithm · `pending` not answered
     */
    | { readonly result: 'no-data' | 'cut' | 'no-tree' | 'unsupported' | 'pending' }
}

/** Trees of one release. */
const MOST_TREES = 256
/** Files that are tried as the data of one tree. */
const MOST_TRIED = 8
const ALGORITHMS: ReadonlySet<string> = new Set([
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha3-256',
  'sha3-384',
  'sha3-512',
] satisfies TreeAlgorithm[])

/** The trees of the release, each told once, with what is known by now. */
export function treesOf(facts: Facts, out: ReduceOut): readonly Tree[] {
  const told = new Map<string, Superblock>()
  for (const one of facts.of('boot.verity.superblock')) {
    const key = `${one.data.holder}@${one.data.at}`
    if (!told.has(key)) told.set(key, one)
  }
  const all = [...told.values()].slice(0, MOST_TREES)
  const innermost = all.filter((one) => !all.some((other) => liesWithin(other, one)))
  return innermost.map((superblock) => treeOf(superblock, facts, out))
}

/** The same superblock, found in a part of what holds it: a partition of a disk. */
function liesWithin({ data: inner }: Superblock, { data: outer }: Superblock): boolean {
  const isSame =
    inner.uuid === outer.uuid && inner.salt === outer.salt && inner.dataBlocks === outer.dataBlocks
  return isSame && inner.holder.startsWith(`${outer.holder}@0x`)
}

/** The tree of one superblock, with the data that fit it. */
export function treeOf(superblock: Superblock, facts: Facts, out: ReduceOut): Tree {
  const { data } = superblock
  if (!ALGORITHMS.has(data.algorithm)) return { superblock, state: { result: 'unsupported' } }
  const candidates = candidatesOf(superblock, facts)
  const answers = candidates.map((partition) => ({
    partition,
    answer: ask(superblock, partition, facts, out),
  }))
  if (answers.length === 0) return { superblock, state: { result: 'no-data' } }
  const known = answers.flatMap(({ partition, answer }) =>
    answer ? [{ data: partition.place.path, answer }] : [],
  )
  return { superblock, state: stateOf(known, data.bare !== true && isOnly(superblock, candidates)) }
}

/** What the answers for all that could be the data come to; `only`: the first of them has to be it. */
export function stateOf(
  known: readonly { readonly data: string; readonly answer: TreeAnswer }[],
  only: boolean,
): Tree['state'] {
  if (known.some(({ answer }) => answer.treeBlocks === 0)) return { result: 'no-tree' }
  if (known.some(({ answer }) => !answer.tree)) return { result: 'cut' }
  const match = known.find(({ answer }) => isRight(answer))
  if (match) return { result: 'match', ...match }
  // What differs in a few blocks is the data that was meant; of files that differ wholly, only one of the same length is.
  const meant = known.find(({ answer }) => isNear(answer)) ?? (only ? known[0] : undefined)
  if (meant) return { result: 'mismatch', ...meant }
  return { result: known.length === 0 ? 'pending' : 'no-data' }
}

function isOnly({ data }: Superblock, [only, ...others]: readonly Partition[]): boolean {
  if (!only || others.length > 0) return false
  return only.place.path === data.holder || only.data.size === data.dataBlocks * data.dataBlock
}

function isRight({ root, data, tree }: TreeAnswer): boolean {
  return data?.differing === 0 && tree?.differing === 0 && tree.root === root
}

function isNear({ data, dataBlocks }: TreeAnswer): boolean {
  return data !== undefined && data.differing * 2 <= dataBlocks
}

/** In one file the data stand in front of the superblock; else they are another file, of the same holder first. */
function candidatesOf({ data, place }: Superblock, facts: Facts): readonly Partition[] {
  const length = data.dataBlocks * data.dataBlock
  const partitions = facts.of('boot.partition').filter((one) => one.data.size >= length)
  const own = partitions.find((one) => one.place.path === data.holder)
  if (own && data.at >= length) return [own]
  const others = partitions.filter((one) => one.place.path !== data.holder)
  const holder = data.holder.slice(0, data.holder.lastIndexOf('/') + 1)
  const rank = (one: Partition) =>
    (one.data.size === length ? 0 : 1) +
    (one.place.path.startsWith(holder) ? 0 : 2) +
    (one.place.path === place.root ? 4 : 0)
  const exact = others.filter((one) => one.data.size === length)
  return [...(exact.length > 0 ? exact : others)].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_TRIED)
}

function ask(
  { data }: Superblock,
  partition: Partition,
  facts: Facts,
  out: ReduceOut,
): TreeAnswer | undefined {
  const { path } = partition.place
  const { holder, at, hashBlock, dataBlock, dataBlocks, salt } = data
  const question: HashTreeAsk = {
    kind: 'hash-tree',
    id: `verity:${data.bare ? `bare:${salt}:${dataBlocks}:` : ''}${holder}@${at}:${path}`,
    path,
    offset: 0,
    length: dataBlocks * dataBlock,
    algorithm: data.algorithm as TreeAlgorithm,
    dataBlock,
    hashBlock,
    salt,
    hashType: data.hashType === 0 ? 0 : 1,
    // The tree begins with the hash block behind that of the superblock, where there is one.
    tree: { path: holder, offset: data.bare ? at : (Math.floor(at / hashBlock) + 1) * hashBlock },
  }
  if (facts.of('boot.partition').some((one) => one.place.path === holder)) out.ask(question)
  return facts.of('answer.hash-tree').find((one) => one.data.ask === question.id)?.data.tree
}
