import type { Fact, Facts, ReduceOut, TreeAlgorithm } from '../../contract.ts'
import type { DescriptorFact, VbmetaFact } from './facts.ts'

export type VbmetaOf = Fact<'boot.avb.vbmeta'> & { readonly data: VbmetaFact }
export type Partition = Fact<'boot.partition'>
export type Bound = DescriptorFact & { readonly type: 'hash' | 'hashtree' }

/** What became of a digest, or a root hash, that a vbmeta states of a partition. */
export type Recomputed =
  /** `stored`: hex of the root of the tree that is stored, where it is not the one that is stated. */
  | {
      readonly result: 'match' | 'mismatch'
      readonly partition: Partition
      readonly computed: string
      readonly firstBlock?: number
    }
  /**
   * `absent` no such partition in the release · `short` it has fewer bytes · `persistent` the digest is one of the unit, not of the
   * release · `unsupported` another algorithm · `pending` not answered yet, or not within the budget
   */
  | {
      readonly result: 'absent' | 'short' | 'persistent' | 'unsupported' | 'pending'
      readonly partition?: Partition
    }

/** The partition that a descriptor names: that of the same holder and slot first. */
export function partitionNamed(name: string, vbmeta: VbmetaOf, facts: Facts): Partition | undefined {
  const { root, inner } = vbmeta.place
  // A vbmeta that is all of its file is told as the file; one within a partition as a part of that.
  const holder = inner === '' ? holderOf(root) : holderOfPartition(root)
  const fits = facts.of('boot.partition').filter(({ data }) => fullName(data) === name || data.name === name)
  const rank = ({ place, data }: Partition) =>
    (holderOfPartition(place.root) === holder ? 0 : 2) +
    (data.slot === vbmeta.data.slot || data.slot === undefined ? 0 : 1)
  return [...fits].sort((a, b) => rank(a) - rank(b))[0]
}

function fullName({ name, slot }: Partition['data']): string {
  return slot === undefined ? name : `${name}_${slot}`
}

/** The folder or disk of a file, whether its structures were opened or not. */
function holderOf(root: string): string {
  return root.includes('/') ? root.slice(0, root.lastIndexOf('/')) : ''
}

/** A disk or an archive holds its partitions right within; a sparse image stands for the file that it is. */
function holderOfPartition(root: string): string {
  return root.endsWith(':android-sparse') ? holderOf(root) : root
}

/** Asks for what a descriptor states, and gives what is known by now. */
export function recompute(one: Bound, vbmeta: VbmetaOf, facts: Facts, out: ReduceOut): Recomputed {
  const partition = partitionNamed(one.partition, vbmeta, facts)
  if (one.digest === '') return { result: 'persistent' }
  if (!partition) return { result: 'absent' }
  if (partition.data.size < one.size) return { result: 'short', partition }
  return one.type === 'hash' ? hashed(one, partition, facts, out) : treed(one, partition, facts, out)
}

function hashed(
  { algorithm, salt, size, digest }: Bound,
  partition: Partition,
  facts: Facts,
  out: ReduceOut,
): Recomputed {
  if (algorithm !== 'sha256' && algorithm !== 'sha512') return { result: 'unsupported', partition }
  const { path } = partition.place
  const id = `avb:hash:${path}:${size}:${algorithm}:${salt}`
  const before = Buffer.from(salt, 'hex').toString('base64')
  out.ask({ id, path, offset: 0, length: size, algorithms: [algorithm], before })
  const computed = facts.of('answer.digest').find(({ data }) => data.ask === id)?.data.digests[algorithm]
  if (computed === undefined) return { result: 'pending', partition }
  return { result: computed === digest ? 'match' : 'mismatch', partition, computed }
}

const TREE_ALGORITHMS: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha512'])

function treed(
  one: Bound & { readonly type: 'hashtree' },
  partition: Partition,
  facts: Facts,
  out: ReduceOut,
): Recomputed {
  const { algorithm, salt, size, digest, dataBlock, hashBlock, version, treeAt } = one
  if (!TREE_ALGORITHMS.has(algorithm) || version !== 1) return { result: 'unsupported', partition }
  const { path } = partition.place
  const id = `avb:tree:${path}:${size}:${treeAt}:${algorithm}:${salt}:${dataBlock}:${hashBlock}`
  out.ask({
    kind: 'hash-tree',
    id,
    path,
    offset: 0,
    length: size,
    algorithm: algorithm as TreeAlgorithm,
    dataBlock,
    hashBlock,
    salt,
    hashType: 1,
    tree: { path, offset: treeAt },
  })
  const answer = facts.of('answer.hash-tree').find(({ data }) => data.ask === id)?.data.tree
  if (!answer) return { result: 'pending', partition }
  // A partition is read by its stored tree: that one has to be right, too.
  const stored = answer.tree ? answer.tree.root === digest && answer.tree.differing === 0 : true
  const matches = answer.root === digest && stored
  const first = answer.data?.first
  return {
    result: matches ? 'match' : 'mismatch',
    partition,
    computed: answer.root === digest ? (answer.tree?.root ?? answer.root) : answer.root,
    ...(first === undefined ? {} : { firstBlock: first }),
  }
}

/** Partitions of Android that hold what starts. Source: Android documentation, "Partitions overview". */
const STARTED =
  /^(?:boot|init_boot|vendor_boot|vendor_kernel_boot|recovery|dtbo|pvmfw|system|system_ext|system_dlkm|vendor|vendor_dlkm|product|odm|odm_dlkm)$/

/** Partitions of the release that start and that no signed vbmeta speaks of. */
export function uncovered(facts: Facts, all: readonly VbmetaOf[]): readonly Partition[] {
  const signed = all.filter(({ data }) => data.algorithm.state !== 'none')
  const named = new Set(
    signed.flatMap(({ data }) =>
      data.descriptors.flatMap((one) => ('partition' in one ? [one.partition] : [])),
    ),
  )
  return facts
    .of('boot.partition')
    .filter(({ data }) => STARTED.test(data.name) && !named.has(data.name) && !named.has(fullName(data)))
}
