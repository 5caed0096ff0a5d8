import { createHash } from 'node:crypto'
import { type DigestName, digest, type PublicKey, type SignatureScheme, verifies } from '@messlatte/bytes'
import type { DigestAlgorithm, Facts, Place, ReduceOut, Settings } from '../../contract.ts'
import { type DigestOf, digestAsks } from '../package/asks.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import { type Finding, verifyRaw } from '../package/finding.ts'
import { NO_DIGEST } from '../package/say.ts'
import { keptAt, type UpdateKey, type World, worldFor } from '../package/world.ts'
import type { ApkFact } from './facts.ts'
import { APK } from './scheme.ts'

type Control = ApkFact & { readonly version: 2 }
type Tree = ApkFact & { readonly version: 3 }

const KEYS = /(?:^|\/)etc\/apk\/keys\/[^/]+$/
/** By the names of version 2. */
const KINDS: Readonly<Record<string, DigestAlgorithm & DigestName>> = {
  RSA: 'sha1',
  RSA256: 'sha256',
  RSA512: 'sha512',
}
/** By the numbers of version 3; apk-tools, apk_crypto.h. */
const NUMBERS: Readonly<Record<number, DigestAlgorithm & DigestName>> = {
  2: 'sha1',
  3: 'sha256',
  4: 'sha512',
}
const SCHEMAS = { package: 'pckg', index: 'indx' } as const
const ID = 16
const HEADER = 2 + ID
const ORDER = { holds: 0, fails: 1, unknown: 2 } as const

/** Reduce: verifies packages and indexes with the keys that apk would take. */
export function concludeApk(facts: Facts, out: ReduceOut, settings: Settings): void {
  const digestOf = digestAsks(facts, out)
  for (const file of facts.of('update.apk')) {
    const world = keptAt(worldFor(file.place.path, facts, settings), ({ path }) => KEYS.test(path))
    const one =
      file.data.version === 2
        ? ofControl(file.place, file.data, world, digestOf)
        : ofTree(file.place, file.data, world, digestOf)
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', file.place, packageLink(one))
  }
}

function ofControl(place: Place, fact: Control, world: World, digestOf: DigestOf): LinkedPackage {
  const { data, signed } = fact
  const stretch = ({ at, length }: { at: number; length: number }) => ({
    path: place.path,
    offset: at,
    length,
  })
  const found = data && digestOf('sha256', stretch(data))
  const isOpen = data !== undefined && data.sha256 === undefined
  const part = (name: string, { at, length }: { at: number; length: number }) =>
    ({ path: place.path, stage: 'update', name, offset: at, length }) as const
  return {
    scheme: APK,
    place,
    finding: best(fact.signatures.map((one) => verifyControl(one, fact, place, world, digestOf))),
    otherwise: data?.sha256 === undefined ? 'E1' : 'E2',
    differing:
      data?.sha256 !== undefined && found !== undefined && found !== data.sha256
        ? [{ name: 'data.tar', sha256: data.sha256, found }]
        : [],
    uncovered: isOpen ? [{ name: 'data.tar' }] : [],
    gaps: isOpen ? [{ ...part('data.tar', data), why: NO_DIGEST }] : [],
    covers: [
      part(data ? 'control.tar' : 'index.tar', signed),
      ...(data && !isOpen ? [part('data.tar', data)] : []),
    ],
    rollback: [],
    description: {
      version: 2,
      signatures: fact.signatures.map(({ kind, key }) => `${kind} ${key}`),
      files: data === undefined ? 'an index' : 'by one SHA-256 in the signed part',
      encrypted: false,
      rollback: 'none in this format',
      repeat: APK.repeat,
    },
  }
}

function verifyControl(
  { kind, key: name, signature }: Control['signatures'][number],
  { signed }: Control,
  { path }: Place,
  world: World,
  digestOf: DigestOf,
): Finding {
  const algorithm = KINDS[kind]
  if (!algorithm) return { result: 'unknown', why: 'algorithm' }
  const hashed = digestOf(algorithm, { path, offset: signed.at, length: signed.length })
  if (hashed === undefined) return { result: 'unknown', why: 'missing' }
  const scheme = { kind: 'rsa-pkcs1', digest: algorithm } as const
  const holds = (key: PublicKey) =>
    holdsOver(scheme, key, Buffer.from(hashed, 'hex'), Buffer.from(signature, 'base64'))
  // apk looks for a file with the name that the signature has.
  return byNamedKey(world, ({ from }) => from.slice(from.lastIndexOf('/') + 1) === name, algorithm, holds)
}

function ofTree(place: Place, fact: Tree, world: World, digestOf: DigestOf): LinkedPackage {
  const part = (name: string) => ({ path: place.path, stage: 'update', name }) as const
  return {
    scheme: APK,
    place,
    finding: best(fact.signatures.map((one) => verifyTree(one, fact, place, world, digestOf))),
    otherwise: 'E2',
    differing: fact.differing.map((name) => ({ name })),
    uncovered: fact.withoutHash.map((name) => ({ name })),
    gaps: fact.withoutHash.map((name) => ({ ...part(name), why: NO_DIGEST })),
    covers: [part(fact.schema)],
    rollback: [],
    description: {
      version: 3,
      schema: fact.schema,
      signatures: fact.signatures.map((one) => Buffer.from(one, 'base64').toString('hex', 2, HEADER)),
      files: fact.files,
      compared: fact.whole,
      encrypted: false,
      rollback: 'none in this format',
      repeat: APK.repeat,
    },
  }
}

/** u8 0, u8 digest, 16 bytes that name the key, the signature; over the schema, all of this but the signature, and the digest of the tree. apk-tools, adb.c. */
function verifyTree(
  encoded: string,
  { schema, signed }: Tree,
  { path }: Place,
  world: World,
  digestOf: DigestOf,
): Finding {
  const block = Buffer.from(encoded, 'base64')
  const algorithm = NUMBERS[block[1] ?? 0]
  if (!algorithm) return { result: 'unknown', why: 'algorithm' }
  const tree = digestOf(algorithm, { path, offset: signed.at, length: signed.length })
  if (tree === undefined) return { result: 'unknown', why: 'missing' }
  const [header, signature] = [block.subarray(0, HEADER), block.subarray(HEADER)]
  const hashed = digest(algorithm, Buffer.from(SCHEMAS[schema]), header, Buffer.from(tree, 'hex'))
  const id = header.toString('hex', 2)
  return byNamedKey(
    world,
    ({ key }) => idOf(key) === id,
    algorithm,
    (key) =>
      holdsOver(
        { kind: key.type === 'ec' ? 'ecdsa' : 'rsa-pkcs1', digest: algorithm },
        key,
        hashed,
        signature,
      ),
  )
}

/** SHA-512 of the key without its algorithm: a point, or the numbers of RSA. */
function idOf(key: PublicKey): string {
  const bare =
    key.type === 'ec'
      ? Buffer.concat([Buffer.from([4]), key.point])
      : key.type === 'rsa'
        ? key.key.export({ type: 'pkcs1', format: 'der' })
        : key.spki.subarray(-32)
  return createHash('sha512')
    .update(bare)
    .digest('hex')
    .slice(0, 2 * ID)
}

function holdsOver(scheme: SignatureScheme, key: PublicKey, hashed: Uint8Array, signature: Uint8Array) {
  return verifies(scheme, key, { message: undefined, digest: () => hashed }, signature)
}

/** Keys that the signature names, where the release has them; all that are there otherwise, and never to tell a forgery. */
function byNamedKey(
  world: World,
  isNamed: (key: UpdateKey) => boolean,
  algorithm: DigestName,
  holds: (key: PublicKey) => boolean | undefined,
): Finding {
  const named = world.keys.filter(isNamed)
  const finding = verifyRaw(
    { ...world, keys: named.length > 0 ? named : world.keys.map((key) => ({ ...key, sure: false })) },
    algorithm,
    'pkcs1',
    holds,
    ({ type }) => type !== 'ed25519',
  )
  if (finding.result === 'holds' || !named.some(({ origin }) => origin === 'earlier')) return finding
  return { result: 'fails', because: 'signature', observed: { keys: named.map(({ from }) => from) } }
}

/** One good signature is enough for apk. */
function best(found: readonly Finding[]): Finding | undefined {
  return found.toSorted((a, b) => ORDER[a.result] - ORDER[b.result])[0]
}
