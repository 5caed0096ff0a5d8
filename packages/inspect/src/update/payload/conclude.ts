import { CURVES, type PublicKey, readEcdsaSignature, verifiesEcdsa, verifiesPkcs1 } from '@messlatte/bytes'
import type { Fact, Facts, Place, ReduceOut, Settings } from '../../contract.ts'
import { readPkcs7 } from '../../secure-boot/pkcs7/read.ts'
import { digested } from '../../secure-boot/pkcs7/verify.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import { ANY_PURPOSE, type Finding, verifyCms, verifyRaw } from '../package/finding.ts'
import { NO_DIGEST } from '../package/say.ts'
import { keptAt, type World, worldFor } from '../package/world.ts'
import type { SignedStretch } from './facts.ts'
import { PAYLOAD } from './scheme.ts'

type Update = Fact<'update.payload'>
type Archive = Fact<'update.payload.archive'>

/** Where update_engine and recovery systems keep their keys. */
const NAMED = /(?:^|\/)(?:otacerts\.zip|update_engine\/[^/]*\.pub\.pem)/

/** Reduce: verifies updates and archives. */
export function concludePayload(facts: Facts, out: ReduceOut, settings: Settings): void {
  const packages = [
    ...facts.of('update.payload').map((one) => ofUpdate(one, worldOf(one.place, facts, settings))),
    ...facts
      .of('update.payload.archive')
      .flatMap((one) => ofArchive(one, worldOf(one.place, facts, settings), facts, out) ?? []),
  ]
  for (const one of packages) {
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', one.place, packageLink(one))
  }
}

/** An archive brings a certificate beside its payload, which vouches for nothing. Keys are kept as certificates, too. */
function worldOf(place: Place, facts: Facts, settings: Settings): World {
  const holder = place.root.endsWith(':zip') ? place.root : place.path
  return keptAt(worldFor(holder, facts, settings), ({ path }) => NAMED.test(path))
}

function ofUpdate({ place, data }: Update, world: World): LinkedPackage {
  const metadata = data.metadata && verify(data.metadata, world)
  const payload = data.payload && verify(data.payload, world)
  const { finding, other } = joined(metadata, payload)
  const isOpen = payload === undefined && data.withoutDigest > 0
  return {
    scheme: PAYLOAD,
    place,
    finding,
    otherwise: data.withoutDigest === 0 ? 'E2' : 'E0',
    differing: [
      ...(other === undefined ? [] : [{ name: other, found: 'not what its signature is over' }]),
      ...(data.differing > 0 ? [{ name: 'data', operations: data.differing }] : []),
    ],
    uncovered: isOpen ? [{ name: 'data', operations: data.withoutDigest }] : [],
    gaps: isOpen ? [{ path: place.path, stage: 'update', name: 'data', why: NO_DIGEST }] : [],
    covers: [{ path: place.path, stage: 'update', name: 'payload.bin' }],
    rollback: [{ name: 'max-timestamp', value: data.maxTimestamp, signed: finding !== undefined }],
    description: {
      maxTimestamp: data.maxTimestamp ?? null,
      securityPatchLevel: data.securityPatchLevel ?? null,
      delta: data.isDelta,
      partitions: data.partitions.map(({ name, version, size }) => ({ name, version, size })),
      metadata: metadata?.result ?? 'unsigned',
      payload: payload?.result ?? 'unsigned',
      operationsWithoutDigest: data.withoutDigest,
      repeat: 'payload_info.py payload.bin',
    },
  }
}

/** Both are made with one key: where it verifies the one and not the other, that one was changed. */
function joined(
  metadata: Finding | undefined,
  payload: Finding | undefined,
): { readonly finding: Finding | undefined; readonly other?: 'metadata' | 'data' } {
  if (!metadata || !payload) return { finding: metadata ?? payload }
  if (metadata.result === 'holds' && payload.result !== 'holds')
    return { finding: metadata, ...differs(payload, 'data') }
  if (payload.result === 'holds' && metadata.result !== 'holds')
    return { finding: payload, ...differs(metadata, 'metadata') }
  return { finding: metadata }
}

/** Where the other one holds: signed by somebody else, or nothing that is a signature. */
const REFUSED: ReadonlySet<string> = new Set(['no-key', 'unreadable'])

function differs(finding: Finding, other: 'metadata' | 'data') {
  const isTried = finding.result === 'fails' || (finding.result === 'unknown' && REFUSED.has(finding.why))
  return isTried ? { other } : {}
}

/** RSA with PKCS #1, or ECDSA in DER, over SHA-256; one of them is enough, as keys are changed with two. */
function verify({ signatures, digest }: SignedStretch, world: World): Finding {
  if (digest === undefined) return { result: 'unknown', why: 'missing' }
  const all = signatures.map((one) => Buffer.from(one, 'base64'))
  if (all.length === 0) return { result: 'unknown', why: 'unreadable' }
  const hashed = Buffer.from(digest, 'hex')
  return verifyRaw(
    world,
    'sha256',
    'pkcs1',
    (key) => all.some((one) => holds(key, one, hashed)),
    (key) => all.some((one) => fits(key, one)),
  )
}

function fits(key: PublicKey, signature: Uint8Array): boolean {
  if (key.type === 'rsa') return key.bits === signature.length * 8
  return key.type === 'ec' && signature[0] === 0x30
}

function holds(key: PublicKey, signature: Uint8Array, digest: Uint8Array): boolean {
  if (key.type === 'rsa') return verifiesPkcs1(key.key, signature, digest)
  const raw = key.type === 'ec' ? readEcdsaSignature(signature, CURVES[key.curve].size) : undefined
  return key.type === 'ec' && raw !== undefined && verifiesEcdsa(key.curve, key.point, raw, digest)
}

/** Undefined for archives whose comment only looks like one. */
function ofArchive(
  { place, data }: Archive,
  world: World,
  facts: Facts,
  out: ReduceOut,
): LinkedPackage | undefined {
  const cms = readPkcs7(Buffer.from(data.signature, 'base64'))
  if (!cms) return undefined
  const id = `android archive ${place.path}`
  out.ask({ id, path: place.path, offset: 0, length: data.signed, algorithms: ['sha1', 'sha256'] })
  const digests = facts.of('answer.digest').find((one) => one.data.ask === id)?.data.digests ?? {}
  return {
    scheme: PAYLOAD,
    place,
    // Recovery systems compare keys, and look at nothing else in a certificate.
    finding: verifyCms(cms, digested(digests), world, ANY_PURPOSE),
    otherwise: 'E0',
    differing: [],
    uncovered: [],
    gaps: [],
    covers: [{ path: place.path, stage: 'update', name: 'archive', offset: 0, length: data.signed }],
    rollback: [],
    description: { archive: true, signed: data.signed, repeat: 'tail -c 6 ARCHIVE.zip | xxd' },
  }
}
