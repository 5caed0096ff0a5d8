import { type PublicKey, readPublicKey, verifiesPkcs1 } from '@messlatte/bytes'
import type { Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { type DigestOf, digestAsks } from '../package/asks.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import { type Finding, verifyRaw, weakerOf } from '../package/finding.ts'
import { type UpdateKey, type World, worldFor } from '../package/world.ts'
import type { VbootKey, VbootSignature } from './facts.ts'
import { CHROMEOS } from './scheme.ts'

type Kernel = Fact<'update.chromeos.kernel'>

const DIGESTS = ['sha256', 'sha512', 'sha1'] as const
/** Of a block: for developer mode, for recovery, and their opposites. */
const FLAGS = ['not in developer mode', 'in developer mode', 'not in recovery', 'in recovery'] as const

/** Reduce: the block under a key of the firmware, preamble and kernel under the key in the block. */
export function concludeChromeos(facts: Facts, out: ReduceOut, settings: Settings): void {
  const digestOf = digestAsks(facts, out)
  const keys = facts.of('update.chromeos.key')
  for (const kernel of facts.of('update.chromeos.kernel')) {
    const { place } = kernel
    const own = worldFor(place.path, facts, settings)
    const world = { ...own, keys: [...own.keys, ...keys.flatMap(keyOf)] }
    const one = packageOf(kernel, world, digestOf)
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', place, packageLink(one))
  }
}

function keyOf({ place, data }: Fact<'update.chromeos.key'>): readonly UpdateKey[] {
  const key = readPublicKey(Buffer.from(data.spki, 'base64'))
  return key ? [{ key, origin: 'earlier', from: place.path, place, sure: false }] : []
}

function packageOf({ place, data }: Kernel, world: World, digestOf: DigestOf): LinkedPackage {
  const { keyblock, hash, flags, dataKey, body, kernelVersion } = data
  const finding = keyblock.value === '' ? undefined : verify({ place, data } as Kernel, world, digestOf)
  return {
    scheme: CHROMEOS,
    place,
    finding,
    otherwise: hash && hash.stated === hash.computed ? 'E2' : 'E0',
    ...(dataKey ? { contentDigest: dataKey.digest } : {}),
    differing: hash && hash.stated !== hash.computed ? [{ name: 'keyblock', found: hash.computed }] : [],
    uncovered: [],
    gaps: [],
    covers: [
      {
        path: place.path,
        stage: 'kernel',
        name: 'kernel',
        offset: 0,
        length: (body?.at ?? 0) + (body?.length ?? 0) || place.length,
      },
    ],
    rollback: [
      { name: 'key-version', value: dataKey?.version, signed: finding !== undefined },
      { name: 'kernel-version', value: kernelVersion, signed: finding !== undefined },
    ],
    description: {
      keyVersion: dataKey?.version ?? null,
      kernelVersion: kernelVersion ?? null,
      valid: FLAGS.filter((_, bit) => (flags & (1 << bit)) !== 0),
      encrypted: false,
      hardware: 'told by the key that the firmware has',
      repeat: CHROMEOS.repeat,
    },
  }
}

function verify({ place, data }: Kernel, world: World, digestOf: DigestOf): Finding {
  const { keyblock, dataKey, preamble, body } = data
  const key = dataKey && readPublicKey(Buffer.from(dataKey.spki, 'base64'))
  if (!dataKey || key?.type !== 'rsa' || !preamble || !body) return { result: 'unknown', why: 'unreadable' }
  if (preamble.digest === undefined || !holds(key, dataKey, preamble, preamble.digest))
    return { result: 'fails', because: 'signature', observed: { part: 'preamble' } }
  const { path } = place
  const kernel = digestOf(dataKey.digest, { path, offset: body.at, length: body.length })
  if (kernel === undefined) return { result: 'unknown', why: 'missing' }
  if (!holds(key, dataKey, body, kernel))
    return { result: 'fails', because: 'content', observed: { part: 'kernel' } }
  const finding = ofKeyblock(keyblock, path, world, digestOf)
  if (finding.result === 'holds') return { ...finding, signature: weakerOf(finding.signature, key) }
  if (finding.result !== 'unknown' || finding.why !== 'no-key') return finding
  return verifyRaw(
    { ...world, keys: [{ key, origin: 'travelling', from: 'keyblock' }] },
    dataKey.digest,
    'pkcs1',
    ({ spkiSha256 }) => spkiSha256 === key.spkiSha256,
    ({ type }) => type === 'rsa',
  )
}

/** The block does not say with which digest it is signed: that is a matter of the key. */
function ofKeyblock(keyblock: VbootSignature, path: string, world: World, digestOf: DigestOf): Finding {
  const signature = Buffer.from(keyblock.value, 'base64')
  const hashes = DIGESTS.map((name) => ({
    name,
    hex: digestOf(name, { path, offset: 0, length: keyblock.length }),
  }))
  if (hashes.some(({ hex }) => hex === undefined)) return { result: 'unknown', why: 'missing' }
  const found = hashes.map(({ name, hex = '' }) =>
    verifyRaw(
      world,
      name,
      'pkcs1',
      (key) => key.type === 'rsa' && verifiesPkcs1(key.key, signature, Buffer.from(hex, 'hex'), name),
      (key) => key.type === 'rsa' && key.bits === signature.length * 8,
    ),
  )
  return found.find(({ result }) => result === 'holds') ?? (found[0] as Finding)
}

function holds(
  key: PublicKey & { readonly type: 'rsa' },
  { digest }: VbootKey,
  { value }: VbootSignature,
  hex: string,
): boolean {
  return verifiesPkcs1(key.key, Buffer.from(value, 'base64'), Buffer.from(hex, 'hex'), digest)
}
