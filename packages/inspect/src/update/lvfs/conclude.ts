import { armoredBlocks, type DigestName, digest, type OpenpgpSignature, pemBlocks } from '@messlatte/bytes'
import type { DigestAlgorithm, Fact, Facts, Place, ReduceOut, Settings } from '../../contract.ts'
import { readPkcs7 } from '../../secure-boot/pkcs7/read.ts'
import { digested } from '../../secure-boot/pkcs7/verify.ts'
import { type DigestOf, digestAsks } from '../package/asks.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import { ANY_PURPOSE, type Finding, verifyCms } from '../package/finding.ts'
import { verifyOpenpgp } from '../package/openpgp.ts'
import { NO_DIGEST } from '../package/say.ts'
import { signifyHolds, verifySignify } from '../package/signify.ts'
import { keptAt, type World, worldFor } from '../package/world.ts'
import type { JcatBlob } from './facts.ts'
import { LVFS } from './scheme.ts'

type File = Fact<'update.lvfs.file'>

/** Where fwupd keeps what it trusts. */
const KEYS = /(?:^|\/)etc\/pki\/fwupd(?:-metadata)?\//
const ASKED: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha256', 'sha384', 'sha512'])

/** Reduce: verifies the files of each cabinet that describes firmware. */
export function concludeLvfs(facts: Facts, out: ReduceOut, settings: Settings): void {
  const digestOf = digestAsks(facts, out)
  const cabinets = Map.groupBy(facts.of('update.lvfs.metainfo'), ({ place }) => place.root)
  for (const [root, [metainfo]] of cabinets) {
    if (!metainfo) continue
    const world = keptAt(worldFor(root, facts, settings), ({ path }) => KEYS.test(path))
    const one = packageOf(root, metainfo, facts, world, digestOf)
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', metainfo.place, packageLink(one))
  }
}

function packageOf(
  root: string,
  metainfo: Fact<'update.lvfs.metainfo'>,
  facts: Facts,
  world: World,
  digestOf: DigestOf,
): LinkedPackage {
  const files = facts.of('update.lvfs.file').filter(({ place }) => place.root === root)
  const items = facts
    .of('update.lvfs.signatures')
    .filter(({ place }) => place.root === root)
    .flatMap(({ data }) => data.items)
  const verified = files.map((file) => {
    const blobs = items.filter(({ names }) => names.includes(file.place.inner)).flatMap((item) => item.blobs)
    return { file, finding: bestOf(blobs.flatMap((blob) => verify(blob, file.place, world, digestOf) ?? [])) }
  })
  const isDescriptionSigned = verified.some(
    ({ file, finding }) => finding && file.place.path === metainfo.place.path,
  )
  const told = (file: File) => metainfo.data.checksums.find((one) => one.file === file.place.inner)?.sha256
  const byDescription = (file: File) => isDescriptionSigned && told(file) === file.place.sha256
  const signed = verified.flatMap(({ finding }) => finding ?? [])
  const open = verified
    .filter(({ file, finding }) => !finding && !byDescription(file))
    .map(({ file }) => file)
  const part = ({ place }: File) => ({ path: place.path, stage: 'update', name: place.inner }) as const
  const uncovered = signed.length > 0 ? open : []
  return {
    scheme: LVFS,
    place: metainfo.place,
    finding: worstOf(signed),
    otherwise: files.some((file) => told(file) === file.place.sha256) ? 'E2' : 'E0',
    // The metadata of a remote is signed, and has the digest of the cabinet.
    unsigned: 'low',
    differing: files.flatMap((file) => {
      const sha256 = told(file)
      return sha256 === undefined || sha256 === file.place.sha256
        ? []
        : [{ name: file.place.inner, sha256, found: file.place.sha256 }]
    }),
    uncovered: uncovered.map(({ place }) => ({ name: place.inner })),
    gaps: uncovered.map((file) => ({ ...part(file), why: NO_DIGEST })),
    covers: (signed.length > 0 ? files.filter((file) => !uncovered.includes(file)) : files).map(part),
    rollback: [{ name: 'version', value: metainfo.data.versions[0], signed: isDescriptionSigned }],
    description: {
      id: metainfo.data.id,
      guids: [...metainfo.data.guids],
      versions: [...metainfo.data.versions],
      requires: [...metainfo.data.requires],
      files: files.map(({ place }) => place.inner),
      signatures: items.map(({ names, blobs }) => ({
        file: names[0] ?? '',
        kinds: blobs.map(({ kind }) => kind),
      })),
      encrypted: false,
      repeat: LVFS.repeat,
    },
  }
}

const BEST = { holds: 0, fails: 1, unknown: 2 } as const
const WORST = { fails: 0, unknown: 1, holds: 2 } as const

/** Of several signatures of a file the best: another keeper of keys may have signed it as well. */
function bestOf(found: readonly Finding[]): Finding | undefined {
  return found.toSorted((a, b) => BEST[a.result] - BEST[b.result] || levelOf(b) - levelOf(a))[0]
}

function worstOf(found: readonly Finding[]): Finding | undefined {
  return found.toSorted((a, b) => WORST[a.result] - WORST[b.result] || levelOf(a) - levelOf(b))[0]
}

function levelOf(finding: Finding): number {
  return finding.result === 'holds' ? Number(finding.level[1]) : 0
}

/** Undefined for checksums, which nobody signs. */
function verify(
  { kind, target, data }: JcatBlob,
  place: Place,
  world: World,
  digestOf: DigestOf,
): Finding | undefined {
  const over = (name: DigestName, before?: Uint8Array, after?: Uint8Array) =>
    hashOf(name, place, target, digestOf, before, after)
  const content = Buffer.from(data, 'base64')
  switch (kind) {
    case 'gpg': {
      const blocks = Buffer.concat(armoredBlocks(content, 'SIGNATURE')).toString('base64')
      return verifyOpenpgp(
        blocks,
        (one: OpenpgpSignature) => one.digest && over(one.digest, one.before, one.after),
        world,
      )
    }
    case 'pkcs7': {
      const cms = pemBlocks(content, 'PKCS7').flatMap((der) => readPkcs7(der) ?? [])[0]
      if (!cms) return { result: 'unknown', why: 'unreadable' }
      const names = [...new Set(cms.signers.flatMap((signer) => signer.digest ?? []))]
      const digests = names.flatMap((name) => {
        const hash = over(name)
        return hash ? [[name, hash.toString('hex')] as const] : []
      })
      return verifyCms(cms, digested(Object.fromEntries(digests)), world, ANY_PURPOSE)
    }
    case 'ed25519':
      return verifySignify('', world, (key) =>
        signifyHolds({ id: '', signature: content }, key, (before) =>
          over('sha512', before)?.toString('hex'),
        ),
      )
    case 'checksum':
      return undefined
    case 'other':
      return { result: 'unknown', why: 'algorithm' }
  }
}

/** Of the file; or of its checksum as a text, where that is what is signed. */
function hashOf(
  name: DigestName,
  { path, length, sha256 }: Place,
  target: JcatBlob['target'],
  digestOf: DigestOf,
  before: Uint8Array = new Uint8Array(0),
  after: Uint8Array = new Uint8Array(0),
): Buffer | undefined {
  const whole = { path, offset: 0, length }
  if (target) {
    const text = target === 'sha256' ? sha256 : digestOf('sha512', whole)
    return text === undefined ? undefined : digest(name, before, Buffer.from(text, 'latin1'), after)
  }
  if (!ASKED.has(name)) return undefined
  const hex = digestOf(name as DigestAlgorithm, {
    ...whole,
    ...(before.length > 0 ? { before } : {}),
    ...(after.length > 0 ? { after } : {}),
  })
  return hex === undefined ? undefined : Buffer.from(hex, 'hex')
}
