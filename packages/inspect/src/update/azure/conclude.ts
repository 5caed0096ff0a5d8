import { digest, type PublicKey, readPublicKey, rsaSpki, verifiesPkcs1 } from '@messlatte/bytes'
import type { Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { digestAsks } from '../package/asks.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import { type Finding, verifyRaw, weakerOf } from '../package/finding.ts'
import { memberOf, parseObject } from '../package/json.ts'
import { type Jws, parseJws } from '../package/jws.ts'
import { comparedFiles, folderOf, releaseFiles } from '../package/repository.ts'
import { type World, worldFor } from '../package/world.ts'
import type { AzureFact } from './facts.ts'
import { AZURE } from './scheme.ts'

/** Reduce: verifies each manifest, and the files of it that are there. */
export function concludeAzure(facts: Facts, out: ReduceOut, settings: Settings): void {
  const fileAt = releaseFiles(facts, digestAsks(facts, out))
  for (const manifest of facts.of('update.azure')) {
    const { place } = manifest
    const one = packageOf(manifest, worldFor(place.path, facts, settings), fileAt)
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', place, packageLink(one))
  }
}

function packageOf(
  { place, data }: Fact<'update.azure'>,
  world: World,
  fileAt: ReturnType<typeof releaseFiles>,
): LinkedPackage {
  const folder = folderOf(place.inner)
  const entries = data.files.map(({ name, sha256 }) => ({ file: name, sha256 }))
  const files = comparedFiles(entries, (file) => fileAt(place.root, `${folder}${file}`))
  const { finding, kid, root } = data.form === 'signed' ? verify(data, world) : {}
  return {
    scheme: AZURE,
    place,
    finding,
    otherwise: data.files.some(({ sha256 }) => sha256) ? 'E2' : 'E0',
    // What makers hand to the service is signed by the service.
    unsigned: data.form === 'import' ? 'elsewhere' : 'medium',
    differing: files.differing,
    uncovered: files.uncovered.map(({ file }) => ({ name: file })),
    gaps: files.uncovered.map(({ gap }) => gap),
    covers: [{ path: place.path, stage: 'update', name: 'manifest' }, ...files.covered],
    rollback: [{ name: 'version', value: data.version, signed: finding !== undefined }],
    description: {
      form: data.form,
      update: data.update,
      version: data.version,
      compatibility: [...data.compatibility],
      handlers: [...data.handlers],
      files: data.files.map(({ name }) => name),
      beside: files.covered.length,
      signedBy: kid ?? null,
      root: root ?? null,
      testRoot: root?.endsWith('.T') ?? false,
      encrypted: false,
      repeat: AZURE.repeat,
    },
  }
}

interface Verified {
  readonly finding?: Finding | undefined
  /** Names of keys. */
  readonly kid?: string
  readonly root?: string
}

/** The manifest's digest under a signing key, whose JWK is under a root key. Azure, "Device Update security model". */
function verify({ signature, digest: manifest }: AzureFact, world: World): Verified {
  if (signature === undefined) return {}
  const jws = parseJws(signature)
  const stated = jws && memberOf(parseObject(jws.payload.toString('utf8')), 'sha256')
  if (!jws || typeof stated !== 'string') return { finding: { result: 'unknown', why: 'unreadable' } }
  const signer = parseJws(jws.header.sjwk)
  const key = signer && keyIn(signer.payload)
  const [kid, root] = [key?.kid ?? textOf(jws.header.kid), textOf(signer?.header.kid)]
  const names = { ...(kid ? { kid } : {}), ...(root ? { root } : {}) }
  if (Buffer.from(stated, 'base64').toString('hex') !== manifest)
    return { ...names, finding: { result: 'fails', because: 'content', observed: { stated, manifest } } }
  return { ...names, finding: key && signer ? ofChain(jws, key.key, signer, world) : ofKeys(jws, world) }
}

function ofChain(jws: Jws, key: PublicKey, signer: Jws, world: World): Finding {
  const holds = holdsWith(jws)
  if (!holds) return { result: 'unknown', why: 'algorithm' }
  if (!holds(key)) return { result: 'fails', because: 'signature', observed: { key: key.spkiSha256 } }
  const finding = ofKeys(signer, world)
  if (finding.result === 'holds') return { ...finding, signature: weakerOf(finding.signature, key) }
  if (finding.result !== 'unknown' || finding.why !== 'no-key') return finding
  return verifyRaw(
    { ...world, keys: [{ key, origin: 'travelling', from: 'sjwk' }] },
    'sha256',
    'pkcs1',
    ({ spkiSha256 }) => spkiSha256 === key.spkiSha256,
    ({ type }) => type === 'rsa',
  )
}

function ofKeys(jws: Jws, world: World): Finding {
  const holds = holdsWith(jws)
  if (!holds) return { result: 'unknown', why: 'algorithm' }
  const fits = (key: PublicKey) => key.type === 'rsa' && key.bits === jws.signature.length * 8
  return verifyRaw(world, 'sha256', 'pkcs1', holds, fits)
}

/** RS256 is all that the agent takes. */
function holdsWith({ header, signed, signature }: Jws): ((key: PublicKey) => boolean) | undefined {
  if (header.alg !== 'RS256') return undefined
  const hashed = digest('sha256', signed)
  return (key) => key.type === 'rsa' && verifiesPkcs1(key.key, signature, hashed)
}

function keyIn(
  payload: Uint8Array,
): { readonly key: PublicKey; readonly kid: string | undefined } | undefined {
  const jwk = parseObject(Buffer.from(payload).toString('utf8'))
  if (typeof jwk?.n !== 'string' || typeof jwk.e !== 'string') return undefined
  const spki = rsaSpki(Buffer.from(jwk.n, 'base64url'), Buffer.from(jwk.e, 'base64url'))
  const key = spki && readPublicKey(spki)
  return key && { key, kid: textOf(jwk.kid) }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, 100) : undefined
}
