import type { DigestAlgorithm, Fact, Facts, HashTreeAsk, ReduceOut, TreeAlgorithm } from '../../contract.ts'
import { treeLayout } from '../../engine/answers/tree-layout.ts'
import { type Partition, type Superblock, stateOf, type Tree, treeOf } from './trees.ts'

export type Table = Pick<Fact<'boot.verity.table'>, 'place' | 'data'>

/** Partitions that are tried as the holder of one tree; where none of them has its root, those that are read whole. */
const MOST_HOLDERS = 32
const MOST_READ = 4
const MOST_TABLES = 32
const DIGESTS: ReadonlySet<string> = new Set([
  'md5',
  'sha1',
  'sha256',
  'sha384',
  'sha512',
] satisfies DigestAlgorithm[])

/** The trees that tables speak of and that no superblock tells, each once. */
export function bareTreesOf(facts: Facts, out: ReduceOut, known: readonly Tree[]): readonly Tree[] {
  const told = new Map<string, Table>()
  const ofLines = facts
    .of('boot.command-line')
    .flatMap(({ place, data }) => data.tables.map((table): Table => ({ place, data: table })))
  for (const one of [...facts.of('boot.verity.table'), ...ofLines]) {
    const { root, treeAt, image } = one.data
    const key = JSON.stringify([root, treeAt, image?.member])
    if (!told.has(key) && told.size < MOST_TABLES) told.set(key, one)
  }
  return [...told.values()].flatMap((table): readonly Tree[] => {
    if (known.some((tree) => isTold(tree, table))) return []
    const { image } = table.data
    return [image ? ofImage(table, image, facts, out) : ofPartition(table, facts, out)]
  })
}

/** The tree behind a superblock in the same device, found by that. */
function isTold({ superblock, state }: Tree, { data }: Table): boolean {
  return (
    state.result === 'match' &&
    'answer' in state &&
    state.answer.root === data.root &&
    superblock.data.bare !== true
  )
}

/** Data and tree lie in one image of a FIT: what is there has to fit. */
function ofImage(
  table: Table,
  image: NonNullable<Table['data']['image']>,
  facts: Facts,
  out: ReduceOut,
): Tree {
  const { data, place } = table
  const superblock = superblockOf(table, image.member, place)
  const length = data.dataBlocks * data.dataBlock
  const ask: HashTreeAsk = {
    kind: 'hash-tree',
    id: `verity:image:${image.member}`,
    path: image.path,
    offset: image.offset,
    length,
    algorithm: data.algorithm as TreeAlgorithm,
    dataBlock: data.dataBlock,
    hashBlock: data.hashBlock,
    salt: data.salt,
    hashType: data.hashType,
    tree: { path: image.path, offset: image.offset + data.treeAt },
  }
  const layout = treeLayout(ask)
  const end = data.treeAt + (layout?.treeBlocks ?? 0) * data.hashBlock
  if (!layout || length > image.length || end > image.length) return { superblock, state: { result: 'cut' } }
  out.ask(ask)
  const answer = facts.of('answer.hash-tree').find((one) => one.data.ask === ask.id)?.data.tree
  const known = answer ? [{ data: image.member, answer }] : []
  const state = stateOf(known, true)
  // Of one block only, its digest is the root.
  if (state.result === 'no-tree' && answer)
    return {
      superblock,
      state: { result: answer.root === data.root ? 'match' : 'mismatch', data: image.member, answer },
    }
  const isOther = state.result === 'match' && state.answer.root !== data.root
  return { superblock, state: isOther ? { ...state, result: 'mismatch' } : state }
}

/** The device is named as the unit knows it: so the tree is looked for by its root in every partition. */
function ofPartition(table: Table, facts: Facts, out: ReduceOut): Tree {
  const { data } = table
  const holders = holdersOf(table, facts)
  const lone = superblockOf(table, '', table.place)
  if (!DIGESTS.has(data.algorithm)) return { superblock: lone, state: { result: 'unsupported' } }
  const asked = holders.map((holder) => ({ holder, root: rootAt(holder, table, facts, out) }))
  if (asked.some(({ root }) => root === undefined)) return { superblock: lone, state: { result: 'pending' } }
  const found = asked.find(({ root }) => root === data.root)
  if (found) return treeIn(found.holder, table, facts, out)
  // A tree whose own root was changed still fits its data below it.
  const read = data.together ? holders.slice(0, MOST_READ) : []
  const near = read.map((holder) => treeIn(holder, table, facts, out))
  return (
    near.find(({ state }) => state.result === 'mismatch') ?? {
      superblock: lone,
      state: { result: 'no-data' },
    }
  )
}

function treeIn(holder: Partition, table: Table, facts: Facts, out: ReduceOut): Tree {
  const { treeAt, hashBlock, root } = table.data
  const place = { ...holder.place, offset: treeAt, length: hashBlock }
  const tree = treeOf(superblockOf(table, holder.place.path, place), facts, out)
  const isOther = tree.state.result === 'match' && tree.state.answer.root !== root
  return isOther ? { ...tree, state: { result: 'no-data' } } : tree
}

function holdersOf({ data }: Table, facts: Facts): readonly Partition[] {
  const { treeAt, hashBlock, dataBlocks, dataBlock, algorithm, hashType } = data
  const layout = treeLayout({
    algorithm: algorithm as TreeAlgorithm,
    hashType,
    dataBlock,
    hashBlock,
    length: dataBlocks * dataBlock,
  })
  const end = treeAt + Math.max(1, layout?.treeBlocks ?? 1) * hashBlock
  return facts
    .of('boot.partition')
    .filter(({ data: { size } }) => size >= end)
    .sort((a, b) => a.data.size - b.data.size)
    .slice(0, MOST_HOLDERS)
}

function rootAt(holder: Partition, { data }: Table, facts: Facts, out: ReduceOut): string | undefined {
  const { treeAt, hashBlock, algorithm, salt, hashType, root } = data
  const id = `verity:root:${root}:${treeAt}:${holder.place.path}`
  const salted = Buffer.from(salt, 'hex').toString('base64')
  out.ask({
    id,
    path: holder.place.path,
    offset: treeAt,
    length: hashBlock,
    algorithms: [algorithm as DigestAlgorithm],
    ...(hashType === 1 ? { before: salted } : { after: salted }),
  })
  return facts.of('answer.digest').find((one) => one.data.ask === id)?.data.digests[algorithm]
}

/** What a superblock in front of the tree would say. */
function superblockOf({ data }: Table, holder: string, place: Superblock['place']): Superblock {
  const { hashType, algorithm, dataBlock, hashBlock, dataBlocks, salt, treeAt } = data
  return {
    kind: 'boot.verity.superblock',
    place,
    data: {
      holder,
      at: treeAt,
      bare: true,
      hashType,
      uuid: '',
      algorithm,
      dataBlock,
      hashBlock,
      dataBlocks,
      salt,
    },
  }
}
