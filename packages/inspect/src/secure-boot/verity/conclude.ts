import type { Json } from '@messlatte/model'
import type { EvidenceDraft, Facts, Place, ReduceOut, Settings } from '../../contract.ts'
import { mismatchEvidence, otherEvidence, signatureEvidence } from '../outcome/evidence.ts'
import { keyRing } from '../outcome/keys.ts'
import { giveLink, giveSignatureLink, SIGNATURE } from './links.ts'
import * as say from './say.ts'
import { VERITY } from './scheme.ts'
import { type VerifiedRoot, verifyRoot } from './signature.ts'
import { type Tree, treesOf } from './trees.ts'

/** A root hash, and where it is stated. */
export interface Statement {
  readonly value: string
  readonly how: string
  readonly place: Place
}

/** Reduce: computes every tree again, joins root hashes with trees, and verifies signatures of root hashes. */
export function concludeVerity(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  const trees = treesOf(facts, out)
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
    )
    out.evidence(draft)
    giveLink(out, tree, draft, statedFor(rootOf(tree)))
  }
  for (const draft of strayRoots(trees, statements)) out.evidence(draft)
  for (const found of signatures) {
    const observed = {
      rootHash: found.root ?? null,
      certificates: found.certificates.map(({ subject, sha256 }) => `${subject.text} ${sha256}`),
    }
    for (const draft of signatureEvidence(VERITY, found.signed.place, ring, found.outcome, observed)) {
      out.evidence(draft)
      if (draft.kind === SIGNATURE && found.root !== undefined)
        giveSignatureLink(out, found, draft, statedFor(found.root))
    }
  }
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

function treeEvidence(tree: Tree, stated: readonly Statement[]): EvidenceDraft {
  const { superblock, state } = tree
  const { place } = superblock
  const observed = observedTree(tree, stated)
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

function observedTree(tree: Tree, stated: readonly Statement[]): { readonly [key: string]: Json } {
  const { superblock, state } = tree
  const { algorithm, dataBlock, hashBlock, dataBlocks, salt, hashType, uuid, holder, at } = superblock.data
  const answer = 'answer' in state ? state.answer : undefined
  const offset = at === 0 ? '' : ` --hash-offset=${at}`
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
    repeat: `veritysetup verify${offset} DATA TREE ROOTHASH`,
  }
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
