import { CURVES, type PublicKey, readEcdsaSignature, verifiesEcdsa, verifiesPkcs1 } from '@messlatte/bytes'
import type { Fact, Facts, Place, ReduceOut, Settings } from '../../contract.ts'
import { type DigestOf, digestAsks } from '../package/asks.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import { type Finding, verifyRaw } from '../package/finding.ts'
import { keptAt, type World, worldFor } from '../package/world.ts'
import '../release-files/facts.ts'
import type { AwsFile } from './facts.ts'
import { AWS_IOT } from './scheme.ts'

/** Files of the size that the job tells, of which one may be meant. */
const MOST_TRIED = 8
const WORST = { fails: 0, unknown: 1, holds: 2 } as const

/** Reduce: tries each signature on files of the size that the job tells. */
export function concludeAwsIot(facts: Facts, out: ReduceOut, settings: Settings): void {
  const digestOf = digestAsks(facts, out)
  for (const job of facts.of('update.aws-iot')) {
    const { place } = job
    const one = packageOf(job, worldFor(place.path, facts, settings), facts, digestOf)
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', place, packageLink(one))
  }
}

interface Tried {
  readonly file: AwsFile
  readonly finding: Finding | undefined
  readonly place: Place | undefined
}

function packageOf(
  { place, data }: Fact<'update.aws-iot'>,
  world: World,
  facts: Facts,
  digestOf: DigestOf,
): LinkedPackage {
  const tried = data.files.map((file) => tryFile(file, place, world, facts, digestOf))
  const found = tried.flatMap(({ finding }) => finding ?? [])
  // A job of which one file is unsigned hands out an unsigned file.
  const finding =
    found.length === tried.length ? found.toSorted((a, b) => WORST[a.result] - WORST[b.result])[0] : undefined
  return {
    scheme: AWS_IOT,
    place,
    finding,
    otherwise: 'E0',
    differing: [],
    uncovered: [],
    gaps: [],
    covers: [
      { path: place.path, stage: 'update', name: 'job' },
      ...tried.flatMap(({ file, place: at }) =>
        at ? [{ path: at.path, stage: 'update' as const, name: file.path }] : [],
      ),
    ],
    rollback: [],
    description: {
      stream: data.stream,
      protocols: [...data.protocols],
      files: tried.map(({ file, finding: one, place: at }) => ({
        path: file.path,
        size: file.size ?? null,
        certificate: file.certificate,
        signature: file.signature ? `${file.signature.digest} ${file.signature.key}` : null,
        result: one?.result ?? 'unsigned',
        file: at?.path ?? null,
      })),
      job: 'not signed: paths, sizes and the name of the certificate are under no signature',
      encrypted: false,
      rollback: 'none in this format',
      repeat: AWS_IOT.repeat,
    },
  }
}

function tryFile(file: AwsFile, job: Place, all: World, facts: Facts, digestOf: DigestOf): Tried {
  const { signature, size, certificate } = file
  if (!signature) return { file, finding: undefined, place: undefined }
  const world = keptAt(all, ({ inner }) => certificate !== '' && `/${inner}`.endsWith(certificate))
  const candidates = facts
    .of('update.file')
    .filter((one) => one.place.path !== job.path && (size === undefined || one.data.size === size))
    .slice(0, MOST_TRIED)
  const found = candidates.map(({ place }) => ({ place, finding: verify(signature, place, world, digestOf) }))
  const good = found.find(({ finding }) => finding.result === 'holds')
  if (good) return { file, ...good }
  const [only, ...more] = found
  // Of several files another one may be meant, and without one there is nothing to hold against it.
  if (only && more.length === 0) return { file, finding: only.finding, place: only.place }
  return { file, finding: { result: 'unknown', why: 'missing' }, place: undefined }
}

function verify(
  { digest, key: kind, value }: NonNullable<AwsFile['signature']>,
  { path, length }: Place,
  world: World,
  digestOf: DigestOf,
): Finding {
  const hex = digestOf(digest, { path, offset: 0, length })
  if (hex === undefined) return { result: 'unknown', why: 'missing' }
  const [hashed, signature] = [Buffer.from(hex, 'hex'), Buffer.from(value, 'base64')]
  const holds = (key: PublicKey) => {
    if (key.type === 'rsa') return verifiesPkcs1(key.key, signature, hashed, digest)
    const raw = key.type === 'ec' ? readEcdsaSignature(signature, CURVES[key.curve].size) : undefined
    return key.type === 'ec' && raw !== undefined && verifiesEcdsa(key.curve, key.point, raw, hashed)
  }
  const fits = (key: PublicKey) =>
    key.type === kind && (key.type !== 'rsa' || key.bits === signature.length * 8)
  return verifyRaw(world, digest, 'pkcs1', holds, fits)
}
