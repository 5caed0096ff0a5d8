import type { EvidenceDraft, ReduceOut } from '../../contract.ts'
import type { LinkHash, Part } from '../chain/facts.ts'
import { linkOf } from '../outcome/link.ts'
import type { Statement } from './conclude.ts'
import { VERITY } from './scheme.ts'
import type { VerifiedRoot } from './signature.ts'
import type { Tree } from './trees.ts'

const HASHES: Readonly<Record<string, LinkHash>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  'sha3-256': 'sha3-256',
  'sha3-384': 'sha3-384',
  'sha3-512': 'sha3-512',
}

/** The link of a tree: its anchors are the places that state its root hash, and the chain goes on with whatever covers them. */
export function giveLink(
  out: ReduceOut,
  { superblock, state }: Tree,
  draft: EvidenceDraft,
  stated: readonly Statement[],
): void {
  if (!('data' in state)) return
  const { algorithm, dataBlock, dataBlocks } = superblock.data
  const hash = HASHES[algorithm]
  out.fact('chain.link', draft.place, {
    scheme: 'dm-verity',
    evidence: draft.kind,
    name: '',
    holder: state.data,
    covers: [
      {
        path: state.data,
        stage: 'root-file-system',
        name: state.data,
        offset: 0,
        length: dataBlocks * dataBlock,
      },
    ],
    gaps: [],
    level: draft.level ?? 'E0',
    ...(hash ? { hash } : {}),
    anchors: stated.map(({ value, place }) => ({
      fingerprints: [{ form: 'content-hash', value }],
      name: '',
      lies: { in: 'release', place },
    })),
    demand: { by: VERITY.chain.demand },
    rollback: [],
    open: VERITY.chain.open,
    repeat: 'veritysetup verify DATA TREE ROOTHASH',
  })
}

export const SIGNATURE = 'boot.verity.signature'

/** The link of a signature over a root hash: it covers the places that state that hash, in which the tree's link is anchored. */
export function giveSignatureLink(
  out: ReduceOut,
  { signed, outcome }: VerifiedRoot,
  draft: EvidenceDraft,
  stated: readonly Statement[],
): void {
  const covers = stated.map(
    ({ place }): Part => ({
      path: place.path,
      stage: 'configuration',
      name: place.path.slice(place.path.lastIndexOf('/') + 1),
      offset: place.offset,
      length: place.length,
    }),
  )
  const keys = outcome.result === 'verified' ? outcome.keys : []
  out.fact(
    'chain.link',
    signed.place,
    linkOf(VERITY, signed.place, { evidence: 'signature', level: draft.level ?? 'E0', covers, keys }),
  )
}
