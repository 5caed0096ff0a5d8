import type { Fact, Facts, HashTreeAsk, ReduceOut, TreeAnswer } from '../../contract.ts'
import type { VerityDescriptor } from './facts.ts'

export type VerityFile = Fact<'boot.fs-verity.file'>

/**
 * `match` content and tree are those of the descriptor · `content` the content is; the tree lies in pieces, is none, or was
 * not at hand · `tree-differs` the content is, and the stored tree is another one · `differs` the content is another one ·
 * `broken` no kernel opens the file · `pending` not computed
 */
export type FileState = 'match' | 'content' | 'tree-differs' | 'differs' | 'broken' | 'pending'

export interface CheckedFile {
  readonly file: VerityFile
  readonly state: FileState
}

/** Files whose trees are computed again; of the others that is told. */
const MOST_COMPUTED = 4096
/** What the salt is filled to: the block of the digest, in bytes. */
const DIGEST_BLOCK = { sha256: 64, sha512: 128 } as const

/** Every file, with its tree computed again where its bytes are at hand. */
export function checkFiles(facts: Facts, out: ReduceOut): readonly CheckedFile[] {
  const answers = new Map(facts.of('answer.hash-tree').map(({ data }) => [data.ask, data.tree]))
  return facts.of('boot.fs-verity.file').map((file, index) => {
    const { descriptor, size } = file.data
    if (!descriptor || descriptor.size !== size) return { file, state: 'broken' }
    if (size === 0) return { file, state: /^0*$/.test(descriptor.root) ? 'match' : 'differs' }
    if (index >= MOST_COMPUTED) return { file, state: 'pending' }
    const ask = askOf(file, descriptor)
    out.ask(ask)
    const answer = answers.get(ask.id)
    return { file, state: answer ? stateOf(answer, descriptor) : 'pending' }
  })
}

function stateOf({ root, treeBlocks, data, tree }: TreeAnswer, descriptor: VerityDescriptor): FileState {
  if (root !== descriptor.root) return 'differs'
  if (treeBlocks === 0) return 'match'
  if (!data || !tree) return 'content'
  const right = tree.root === root && tree.differing === 0 && data.differing === 0
  return right ? 'match' : 'tree-differs'
}

function askOf({ place, data }: VerityFile, descriptor: VerityDescriptor): HashTreeAsk {
  const { tree } = data
  return {
    ...treeAsk(`fs-verity:${place.path}`, place.path, descriptor),
    ...(tree === undefined ? {} : { tree: { path: place.root, offset: tree } }),
  }
}

/** What computes the tree of a file with these parameters. */
export function treeAsk(
  id: string,
  path: string,
  { algorithm, block, salt, size }: Pick<VerityDescriptor, 'algorithm' | 'block' | 'salt' | 'size'>,
): HashTreeAsk {
  const filled = salt === '' ? '' : salt.padEnd(2 * DIGEST_BLOCK[algorithm], '0')
  return {
    kind: 'hash-tree',
    id,
    path,
    offset: 0,
    length: size,
    algorithm,
    dataBlock: block,
    hashBlock: block,
    salt: filled,
    hashType: 1,
  }
}
