import type { Json } from '@messlatte/model'
import type { EvidenceDraft, Fact, Facts, Place, ReduceOut, Settings } from '../../contract.ts'
import { mismatchEvidence, otherEvidence, signatureEvidence } from '../outcome/evidence.ts'
import { keyRing } from '../outcome/keys.ts'
import { bareTreesOf } from './bare.ts'
import type { SuperblockFact } from './facts.ts'
import { giveLink, giveSignatureLink, SIGNATURE } from './links.ts'
import * as say from './say.ts'
import { VERITY } from './scheme.ts'
import { type VerifiedRoot, verifyRoot } from './signature.ts'
import { type Tree, treesOf } from './trees.ts'

/** Hexadecimal digits of what partitions are called by. */
const UUID_DIGITS = 32

/** A root hash, and where it is stated. */
export interface Statement {
  readonly value: string
  readonly how: string
  readonly place: Place
}

/** Reduce: computes every tree again, joins root hashes with trees, and verifies signatures of root hashes. */
export function concludeVerity(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  const trees = allTrees(facts, out)
  const statements = statementsOf(facts)
  const roots = [...new Set([...trees.map(rootOf), ...statements.map(({ value }) => value)])].filter(
    (one) => one !== '',
  )
  const signatures = facts
    .of('boot.verity.signed-root')
    .flatMap((signed) => verifyRoot(signed, roots, facts, ring) ?? [])
    // A structure that names no root hash of the release and verifies nothing may sign anything.
    .filter(({ root, signed }) => root !== undefined || namesRoot(signed.place))
  const statedFor = (root: string) => statedBy(root, statements, signatures)
  for (const tree of trees) {
    const draft = treeEvidence(
      tree,
      statements.filter(({ value }) => value === rootOf(tree)),
      facts.of('boot.verity.gpt'),
    )
    out.evidence(draft)
    giveLink(out, tree, draft, statedFor(rootOf(tree)))
  }
  for (const draft of strayRoots(trees, statements)) out.evidence(draft)
  for (const found of signatures) {
    const observed = {
      rootHash: found.root ?? null,
      certificates: [
        ...new Set(found.certificates.map(({ subject, sha256 }) => `${subject.text} ${sha256}`)),
      ],
    }
    for (const draft of signatureEvidence(VERITY, found.signed.place, ring, found.outcome, observed)) {
      out.evidence(draft)
      if (draft.kind === SIGNATURE && found.root !== undefined)
        giveSignatureLink(out, found, draft, statedFor(found.root))
    }
  }
}

/** Those that superblocks tell, and those that only tables tell; a superblock in an image of a FIT is told by its node. */
function allTrees(facts: Facts, out: ReduceOut): readonly Tree[] {
  const withSuperblock = treesOf(facts, out)
  const members = new Set(facts.of('boot.verity.table').map(({ data }) => data.image?.member))
  const others = withSuperblock.filter(({ superblock }) => !members.has(superblock.data.holder))
  return [...others, ...bareTreesOf(facts, out, others)]
}

/** A signature that comes without the text of its root hash holds the statement itself. */
function statedBy(
  root: string,
  statements: readonly Statement[],
  signatures: readonly VerifiedRoot[],
): readonly Statement[] {
  const stated = statements.filter(({ value }) => value === root)
  if (stated.length > 0) return stated
  return signatures
    .filter((one) => one.root === root)
    .map(({ signed }) => ({ value: root, how: 'signature', place: signed.place }))
}

function namesRoot({ inner }: Place): boolean {
  return /(?:root-?_?hash|verity)[^/]*$/i.test(inner)
}

function statementsOf(facts: Facts): readonly Statement[] {
  const own = facts
    .of('boot.verity.root-hash')
    .map(({ data, place }): Statement => ({ value: data.value, how: data.how, place }))
  const lines = facts
    .of('boot.command-line')
    .flatMap(({ data, place }): readonly Statement[] =>
      data.rootHash === undefined ? [] : [{ value: data.rootHash, how: 'command-line', place }],
    )
  return [...own, ...lines]
}

/** Hex, of the tree as it is stored; empty where it is not known. */
export function rootOf({ state }: Tree): string {
  return 'answer' in state ? (state.answer.tree?.root ?? state.answer.root) : ''
}

function treeEvidence(
  tree: Tree,
  stated: readonly Statement[],
  disks: readonly Fact<'boot.verity.gpt'>[],
): EvidenceDraft {
  const { superblock, state } = tree
  const { place } = superblock
  const observed = { ...observedTree(tree, stated), ...calledByRoot(tree, disks) }
  switch (state.result) {
    case 'match':
      return otherEvidence(VERITY, 'tree', place, {
        polarity: 'neutral',
        level: 'E2',
        title: say.MATCH,
        observation: observed,
        confidence: { grade: 'high', reason: say.MATCH_REASON },
      })
    case 'mismatch':
      return otherEvidence(VERITY, 'tree', place, {
        polarity: 'against',
        level: 'EX',
        title: say.MISMATCH,
        observation: observed,
        confidence: { grade: 'high', reason: say.MISMATCH_REASON },
        overturnedBy: say.OTHER_DATA,
      })
    case 'no-data':
    case 'cut':
    case 'no-tree':
    case 'unsupported':
    case 'pending':
      return otherEvidence(VERITY, 'tree', place, {
        polarity: 'neutral',
        title: say.NOT_COMPUTED,
        observation: observed,
        confidence: { grade: 'medium', reason: say.NOT_COMPUTED_REASON[state.result] },
      })
  }
}

/** Partitions of a disk that are called by the halves of the root hash: so systemd finds them. */
function calledByRoot(
  tree: Tree,
  disks: readonly Fact<'boot.verity.gpt'>[],
): { readonly [key: string]: Json } {
  const root = rootOf(tree)
  const disk = disks.find(({ place }) => tree.superblock.data.holder.startsWith(`${place.path}/`))
  if (!disk || root.length < 2 * UUID_DIGITS) return {}
  const called = (uuid: string) => disk.data.parts.find((part) => part.uuid === uuid)?.name ?? null
  return {
    partitions: { data: called(root.slice(0, UUID_DIGITS)), tree: called(root.slice(-UUID_DIGITS)) },
  }
}

function observedTree(tree: Tree, stated: readonly Statement[]): { readonly [key: string]: Json } {
  const { superblock, state } = tree
  const { algorithm, dataBlock, hashBlock, dataBlocks, salt, hashType, uuid, holder, at } = superblock.data
  const answer = 'answer' in state ? state.answer : undefined
  const offset = at === 0 ? '' : ` --hash-offset=${at}`
  const { bare } = superblock.data
  const told = bare ? bareOptions(superblock.data) : ''
  return {
    result: state.result,
    algorithm,
    hashType,
    dataBlock,
    hashBlock,
    dataBlocks,
    salt,
    uuid,
    tree: holder,
    data: 'data' in state ? state.data : null,
    rootHash: rootOf(tree),
    computed: answer?.root ?? null,
    differingDataBlocks: answer?.data?.differing ?? null,
    firstDataBlock: answer?.data?.first ?? null,
    differingTreeBlocks: answer?.tree?.differing ?? null,
    stated: stated.map(({ how, place }) => `${how}: ${place.path}`),
    superblock: bare !== true,
    repeat: `veritysetup verify${told}${offset} DATA TREE ROOTHASH`,
  }
}

/** What veritysetup has to be told where no superblock tells it. */
function bareOptions({
  algorithm,
  hashType,
  dataBlock,
  hashBlock,
  dataBlocks,
  salt,
}: SuperblockFact): string {
  return ` --no-superblock --format=${hashType} --hash=${algorithm} --data-block-size=${dataBlock} --hash-block-size=${hashBlock} --data-blocks=${dataBlocks} --salt=${salt || '-'}`
}

/** A file with a root hash beside the only tree, whose root is another one. */
function strayRoots(trees: readonly Tree[], statements: readonly Statement[]): readonly EvidenceDraft[] {
  const [only, ...others] = trees
  if (only?.state.result !== 'match' || others.length > 0) return []
  const root = rootOf(only)
  const files = statements.filter(({ how }) => how === 'file' || how === 'signature-partition')
  if (files.some(({ value }) => value === root)) return []
  return files.map(({ value, place }) => ({
    ...mismatchEvidence(
      VERITY,
      place,
      { en: '', de: '' },
      { stated: value, tree: root, repeat: 'veritysetup verify DATA TREE ROOTHASH' },
    ),
    title: say.OTHER_ROOT,
    confidence: { grade: 'medium', reason: say.OTHER_ROOT_REASON },
    overturnedBy: say.BELONGS_ELSEWHERE,
  }))
}
