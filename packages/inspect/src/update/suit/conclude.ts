import { CURVES, digest, type PublicKey, verifiesEcdsa, verifiesEd25519 } from '@messlatte/bytes'
import type { Fact, Facts, Place, ReduceOut, Settings } from '../../contract.ts'
import { digestAsks } from '../package/asks.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import { type Finding, verifyRaw } from '../package/finding.ts'
import { folderOf, releaseFiles } from '../package/repository.ts'
import { NO_DIGEST } from '../package/say.ts'
import { type World, worldFor } from '../package/world.ts'
import { SUIT_DIGESTS } from './envelope.ts'
import type { SuitFact, SuitPayload, SuitSignature } from './facts.ts'
import { SUIT } from './scheme.ts'

/** Algorithms of COSE: the curve and the digest; RFC 9053 and RFC 9864. Undefined curve: Ed25519. */
const ALGORITHMS = {
  [-7]: { curve: undefined, digest: 'sha256' },
  [-9]: { curve: 'P-256', digest: 'sha256' },
  [-35]: { curve: undefined, digest: 'sha384' },
  [-51]: { curve: 'P-384', digest: 'sha384' },
  [-36]: { curve: undefined, digest: 'sha512' },
  [-52]: { curve: 'P-521', digest: 'sha512' },
} as const
const EDDSA: ReadonlySet<number> = new Set([-8, -19])
type FileAt = ReturnType<typeof releaseFiles>

const ORDER = { holds: 0, fails: 1, unknown: 2 } as const

/** Reduce: verifies the wrapper of each envelope, and through it manifest and contents. */
export function concludeSuit(facts: Facts, out: ReduceOut, settings: Settings): void {
  const fileAt = releaseFiles(facts, digestAsks(facts, out))
  for (const envelope of facts.of('update.suit')) {
    const world = worldFor(envelope.place.path, facts, settings)
    const one = packageOf(envelope, world, fileAt)
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', envelope.place, packageLink(one))
  }
}

function packageOf({ place, data }: Fact<'update.suit'>, world: World, fileAt: FileAt): LinkedPackage {
  const found = contentsOf(data, place, fileAt)
  const uncovered = [
    ...data.severed.filter(({ result }) => result === 'not-covered').map(({ name }) => name),
    ...found.uncovered,
  ]
  const isManifestOther = data.computed !== undefined && data.computed !== data.digest?.value
  const finding = verify(data, world)
  return {
    scheme: SUIT,
    place,
    finding,
    otherwise: data.computed !== undefined && !isManifestOther ? 'E2' : 'E0',
    differing: [
      ...(isManifestOther
        ? [{ name: 'manifest', digest: data.digest?.value ?? null, found: data.computed ?? null }]
        : []),
      ...data.severed.filter(({ result }) => result === 'other').map(({ name }) => ({ name })),
      ...found.differing,
    ],
    uncovered: uncovered.map((name) => ({ name })),
    gaps: uncovered.map((name) => ({ path: place.path, stage: 'update', name, why: NO_DIGEST })),
    covers: [
      { path: place.path, stage: 'update', name: 'manifest' },
      ...found.covered.map(({ path, name }) => ({ path, stage: 'update' as const, name })),
    ],
    rollback: [{ name: 'sequence-number', value: data.sequence, signed: finding !== undefined }],
    description: {
      version: data.version ?? null,
      sequence: data.sequence ?? null,
      components: data.components,
      vendors: [...data.vendors],
      classes: [...data.classes],
      payloads: data.payloads.map(({ name }) => name),
      notHere: found.elsewhere,
      encrypted: data.encrypted,
      repeat: SUIT.repeat,
    },
  }
}

function verify({ signatures, digest: stated }: SuitFact, world: World): Finding | undefined {
  if (signatures.length === 0) return undefined
  if (!stated) return { result: 'unknown', why: 'unreadable' }
  const found = signatures.map((one) => verifyOne(one, world))
  return found.toSorted((a, b) => ORDER[a.result] - ORDER[b.result])[0]
}

function verifyOne({ algorithm, message, value, isMac }: SuitSignature, world: World): Finding {
  const [signed, signature] = [Buffer.from(message, 'base64'), Buffer.from(value, 'base64')]
  if (!isMac && algorithm !== undefined && EDDSA.has(algorithm))
    return verifyRaw(
      world,
      undefined,
      'pkcs1',
      (key) => key.type === 'ed25519' && verifiesEd25519(key, signed, signature),
      ({ type }) => type === 'ed25519',
    )
  const known = ALGORITHMS[algorithm as keyof typeof ALGORITHMS]
  if (isMac || !known) return { result: 'unknown', why: 'algorithm' }
  const hashed = digest(known.digest, signed)
  const fits = (key: PublicKey) =>
    key.type === 'ec' &&
    2 * CURVES[key.curve].size === signature.length &&
    (known.curve === undefined || known.curve === key.curve)
  return verifyRaw(
    world,
    known.digest,
    'pkcs1',
    (key) => key.type === 'ec' && verifiesEcdsa(key.curve, key.point, signature, hashed),
    fits,
  )
}

/** Contents in the envelope, or beside it by the last part of where they are fetched. */
function contentsOf({ payloads, digests }: SuitFact, place: Place, fileAt: FileAt) {
  const beside = ({ name }: SuitPayload) =>
    fileAt(
      place.root,
      `${folderOf(place.inner)}${name
        .replace(/^#/, '')
        .replace(/[?#].*$/, '')
        .split('/')
        .at(-1)}`,
    )
  const there = payloads.flatMap((payload) => {
    const file = payload.digests ? undefined : beside(payload)
    const found = payload.digests ?? (file && { sha256: file.sha256 })
    return found ? [{ name: payload.name, path: file?.path ?? place.path, found }] : []
  })
  const names = new Set(there.map(({ name }) => name))
  const isTold = ({ found }: (typeof there)[number]) =>
    digests.some(({ algorithm, value }) => found[SUIT_DIGESTS[algorithm] as 'sha256'] === value)
  const [told, other] = [there.filter(isTold), there.filter((one) => !isTold(one))]
  return {
    covered: told,
    // Without any digest of a content in the manifest nothing speaks of it.
    differing:
      digests.length > 0 ? other.map(({ name, found }) => ({ name, found: found.sha256 ?? null })) : [],
    uncovered: digests.length > 0 ? [] : other.map(({ name }) => name),
    elsewhere: payloads.filter(({ name }) => !names.has(name)).map(({ name }) => name),
  }
}
