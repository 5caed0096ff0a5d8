import type { DigestName, SignedData } from '@messlatte/bytes'
import type { DigestAlgorithm, Fact, Facts, Place, ReduceOut, Settings } from '../../contract.ts'
import { readPkcs7 } from '../../secure-boot/pkcs7/read.ts'
import { digested } from '../../secure-boot/pkcs7/verify.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import { ANY_PURPOSE, EMAIL_PROTECTION, type Finding, verifyCms } from '../package/finding.ts'
import { NO_DIGEST } from '../package/say.ts'
import { type World, worldFor } from '../package/world.ts'
import type { RaucFact, RaucManifest } from './facts.ts'
import { RAUC } from './scheme.ts'

type Bundle = Fact<'update.rauc'>

const BLOCK = 4096
const PAYLOAD = 'payload.squashfs'
const ENCRYPTED = 'payload.encrypted'
const FILES = `${PAYLOAD}@0x0:squashfs`
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3'
const MOST_TOLD = 50
const DIGESTS: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha256', 'sha384', 'sha512'])

/** Reduce: verifies bundles, their hash trees and their images, and tells manifests that lie in no bundle. */
export function concludeRauc(facts: Facts, out: ReduceOut, settings: Settings): void {
  const bundles = facts.of('update.rauc')
  const packages = [
    ...bundles.map((bundle) => ofBundle(bundle, worldFor(bundle.place.path, facts, settings), facts, out)),
    ...facts
      .of('update.rauc.manifest')
      .filter(({ place }) => !bundles.some((bundle) => place.path.startsWith(`${bundle.place.path}/`)))
      .map(ofBareManifest),
  ]
  for (const one of packages) {
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', one.place, packageLink(one))
  }
}

function ofBundle(bundle: Bundle, world: World, facts: Facts, out: ReduceOut): LinkedPackage {
  const { place, data } = bundle
  const root = `${place.path}/${FILES}`
  const manifest =
    data.manifest ?? facts.of('update.rauc.manifest').find((one) => one.place.root === root)?.data
  const tree = data.verity && treeOf(bundle, facts, out)
  const name = data.encrypted ? ENCRYPTED : PAYLOAD
  const part = {
    path: `${place.path}/${name}`,
    stage: 'update',
    name,
    ...(data.encrypted ? { encrypted: true } : {}),
  } as const
  // A manifest that is signed and says nothing of the payload leaves it open.
  const isOpen = data.manifest !== undefined && data.verity === undefined
  const finding =
    tree === 'unknown' ? ({ result: 'unknown', why: 'missing' } as const) : verify(bundle, world, facts, out)
  return {
    scheme: RAUC,
    place,
    finding,
    otherwise: 'E0',
    differing: [...(tree && tree !== 'unknown' ? tree : []), ...differingImages(root, manifest, facts)].slice(
      0,
      MOST_TOLD,
    ),
    uncovered: isOpen ? [{ name }] : [],
    gaps: isOpen ? [{ ...part, why: NO_DIGEST }] : [],
    covers: isOpen
      ? [{ path: `${place.path}/manifest.raucm`, stage: 'update', name: 'manifest.raucm' }]
      : [part],
    rollback: [{ name: 'version', value: manifest?.version, signed: true }],
    description: describe(data, manifest),
  }
}

function verify({ place, data }: Bundle, world: World, facts: Facts, out: ReduceOut): Finding {
  if (data.enveloped) return { result: 'unknown', why: 'encrypted' }
  const cms = data.signature === undefined ? undefined : readPkcs7(Buffer.from(data.signature, 'base64'))
  if (!cms) return { result: 'unknown', why: 'unreadable' }
  const purpose = purposeOf(facts)
  if (cms.content) return verifyCms(cms, undefined, world, purpose)
  const id = `rauc ${place.path}`
  out.ask({ id, path: place.path, offset: 0, length: data.payload, algorithms: digestsOf(cms) })
  const digests = facts.of('answer.digest').find((one) => one.data.ask === id)?.data.digests ?? {}
  return verifyCms(cms, digested(digests), world, purpose)
}

function digestsOf({ signers }: SignedData): readonly DigestAlgorithm[] {
  const named = signers.flatMap(({ digest, scheme }): readonly (DigestName | undefined)[] => [
    digest,
    scheme && 'digest' in scheme ? scheme.digest : undefined,
  ])
  const known = named.filter(
    (one): one is DigestName & DigestAlgorithm => one !== undefined && DIGESTS.has(one),
  )
  return known.length > 0 ? [...new Set(known)] : ['sha256']
}

/** `check-purpose` of system.conf; S/MIME where it says nothing. */
function purposeOf(facts: Facts): string {
  const told = facts.of('update.client').flatMap(({ data }) => data.details.checkPurpose ?? [])
  if (told.includes('any')) return ANY_PURPOSE
  return told.includes('codesign') ? CODE_SIGNING : EMAIL_PROTECTION
}

/** What of the payload is not as the signed root hash says. */
function treeOf(
  { place, data }: Bundle,
  facts: Facts,
  out: ReduceOut,
): LinkedPackage['differing'] | 'unknown' {
  const { verity, data: length } = data
  if (!verity || length === undefined) return 'unknown'
  const id = `rauc tree ${place.path}`
  out.ask({
    kind: 'hash-tree',
    id,
    path: place.path,
    offset: 0,
    length,
    algorithm: 'sha256',
    dataBlock: BLOCK,
    hashBlock: BLOCK,
    salt: verity.salt,
    hashType: 1,
    ...(length < data.payload ? { tree: { path: place.path, offset: length } } : {}),
  })
  const answer = facts.of('answer.hash-tree').find((one) => one.data.ask === id)?.data.tree
  if (!answer) return 'unknown'
  // Devices read by the stored tree: that one has to be right, too.
  const stored = answer.tree ? answer.tree.root === verity.root && answer.tree.differing === 0 : true
  const isSame = answer.root === verity.root && stored && (answer.data?.differing ?? 0) === 0
  if (isSame) return []
  return [
    {
      name: PAYLOAD,
      root: verity.root,
      found: answer.root,
      storedTree: answer.tree?.root ?? null,
      blocks: answer.dataBlocks,
      differing: answer.data?.differing ?? null,
      first: answer.data?.first ?? null,
    },
  ]
}

function differingImages(
  root: string,
  manifest: RaucManifest | undefined,
  facts: Facts,
): LinkedPackage['differing'] {
  const files = facts.of('update.rauc.file').filter(({ place }) => place.root === root)
  return (manifest?.images ?? []).flatMap(({ filename, sha256 }) => {
    const file = files.find(({ data }) => data.name === filename)
    return file && sha256 !== undefined && file.place.sha256 !== sha256
      ? [{ name: filename, sha256, found: file.place.sha256 }]
      : []
  })
}

/** The payload of a bundle whose signature was taken away, or never made: nothing but a file system. */
function ofBareManifest({ place, data }: Fact<'update.rauc.manifest'>): LinkedPackage {
  const at: Place = place
  const hashed = data.images.length > 0 && data.images.every(({ sha256 }) => sha256 !== undefined)
  return {
    scheme: RAUC,
    place: at,
    finding: undefined,
    otherwise: hashed ? 'E2' : 'E0',
    differing: [],
    uncovered: [],
    gaps: [],
    covers: [{ path: at.root, stage: 'update', name: 'payload' }],
    rollback: [{ name: 'version', value: data.version, signed: false }],
    description: describeManifest(data),
  }
}

function describe(
  { enveloped, encrypted, verity }: RaucFact,
  manifest: RaucManifest | undefined,
): LinkedPackage['description'] {
  const format = manifest?.format ?? (enveloped || encrypted ? 'crypt' : 'plain')
  return {
    ...(manifest ? describeManifest(manifest) : {}),
    format,
    encrypted,
    enveloped,
    root: verity?.root ?? null,
    repeat: 'rauc info --dump-manifest --no-verify BUNDLE.raucb',
  }
}

function describeManifest({
  compatible,
  version,
  programs,
  images,
}: RaucManifest): LinkedPackage['description'] {
  return {
    compatible: compatible ?? null,
    version: version ?? null,
    programs: [...programs],
    images: images.slice(0, MOST_TOLD).map(({ slot, filename, sha256, hooks }) => ({
      slot,
      name: filename,
      sha256: sha256 ?? null,
      hooks: hooks ?? null,
    })),
  }
}
