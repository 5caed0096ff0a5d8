import {
  armoredBlocks,
  type PublicKey,
  readOpenpgpSignatures,
  verifiesPkcs1,
  verifiesPss,
} from '@messlatte/bytes'
import type { DigestAlgorithm, Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { readPkcs7 } from '../../secure-boot/pkcs7/read.ts'
import { digested } from '../../secure-boot/pkcs7/verify.ts'
import { digestAsks } from '../package/asks.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import { type Finding, verifyCms, verifyRaw } from '../package/finding.ts'
import { verifyOpenpgp } from '../package/openpgp.ts'
import { NO_DIGEST } from '../package/say.ts'
import { type World, worldFor } from '../package/world.ts'
import type { SwuFact, SwuMember } from './facts.ts'
import { SWU } from './scheme.ts'

type Swu = Fact<'update.swu'>

const DESCRIPTION = 'sw-description'
const RSA_SIZES: ReadonlySet<number> = new Set([128, 256, 384, 512, 1024])
const MOST_TOLD = 50

/** Reduce: verifies the description, and with it every file that it names. */
export function concludeSwu(facts: Facts, out: ReduceOut, settings: Settings): void {
  const digestOf = digestAsks(facts, out)
  for (const swu of facts.of('update.swu')) {
    const world = worldFor(swu.place.path, facts, settings)
    const { path } = swu.place
    const one = packageOf(swu, world, ({ at, length }, algorithm = 'sha256', before, after) =>
      digestOf(algorithm, {
        path,
        offset: at,
        length,
        ...(before?.length ? { before } : {}),
        ...(after?.length ? { after } : {}),
      }),
    )
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', swu.place, packageLink(one))
  }
}

/** Hex; undefined as long as it is not known. */
type DigestOfMember = (
  member: SwuMember,
  algorithm?: DigestAlgorithm,
  before?: Uint8Array,
  after?: Uint8Array,
) => string | undefined

function packageOf(swu: Swu, world: World, digestOf: DigestOfMember): LinkedPackage {
  const { place, data } = swu
  const compared = compare(data, digestOf)
  const uncovered = data.parts.filter(({ sha256 }) => sha256 === undefined)
  const covered = data.parts.filter(({ sha256 }) => sha256 !== undefined)
  const finding = data.signature === undefined ? undefined : verify(data, data.signature, world, digestOf)
  const pathOf = (name: string) => `${place.path}/${name}`
  const part = (filename: string) => ({ path: pathOf(filename), stage: 'update', name: filename }) as const
  const names = (parts: readonly { readonly filename: string }[]) => [
    ...new Set(parts.map(({ filename }) => filename)),
  ]
  return {
    scheme: SWU,
    place,
    finding,
    otherwise: data.parts.length > 0 && uncovered.length === 0 ? 'E2' : data.sums ? 'E1' : 'E0',
    differing: compared.slice(0, MOST_TOLD),
    uncovered: uncovered.map(({ filename, list }) => ({ name: filename, list })).slice(0, MOST_TOLD),
    gaps: names(uncovered).map((name) => ({ ...part(name), why: NO_DIGEST })),
    covers: [DESCRIPTION, ...names(covered)].map(part),
    rollback: [{ name: 'version', value: data.version, signed: finding !== undefined }],
    description: describe(data),
  }
}

function compare({ parts, members, cut }: SwuFact, digestOf: DigestOfMember): LinkedPackage['differing'] {
  const wanted = new Map<string, Set<string>>()
  for (const { filename, sha256 } of parts) {
    if (sha256 === undefined) continue
    const known = wanted.get(filename)
    if (known) known.add(sha256)
    else wanted.set(filename, new Set([sha256]))
  }
  const there = new Set(members.map(({ name }) => name))
  const missing = parts.filter(({ filename }) => !cut && !there.has(filename))
  return [
    // Each member of that name: the archive is installed as it streams by.
    ...members.flatMap((member) => {
      const digests = [...(wanted.get(member.name) ?? [])]
      const found = digests.length > 0 ? digestOf(member) : undefined
      return found !== undefined && digests.some((one) => one !== found)
        ? [{ name: member.name, sha256: digests, found }]
        : []
    }),
    ...[...new Set(missing.map(({ filename }) => filename))].map((name) => ({ name, found: 'missing' })),
  ]
}

function verify(data: SwuFact, encoded: string, world: World, digestOf: DigestOfMember): Finding {
  // What is signed is the description in the clear.
  if (data.description === 'encrypted') return { result: 'unknown', why: 'encrypted' }
  const signature = Buffer.from(encoded, 'base64')
  const cms = readPkcs7(signature)
  if (cms) return verifyCms(cms, digested(data.digests), world)
  if (!RSA_SIZES.has(signature.length)) {
    const packets = Buffer.concat(armoredBlocks(signature, 'SIGNATURE'))
    return readOpenpgpSignatures(packets).length > 0
      ? ofOpenpgp(packets, data, world, digestOf)
      : { result: 'unknown', why: 'unreadable' }
  }
  const digest = Buffer.from(data.digests.sha256 ?? '', 'hex')
  const fits = (key: PublicKey) => key.type === 'rsa' && key.bits === signature.length * 8
  const plain = verifyRaw(
    world,
    'sha256',
    'pkcs1',
    (key) => key.type === 'rsa' && verifiesPkcs1(key.key, signature, digest),
    fits,
  )
  if (plain.result === 'holds') return plain
  const padded = verifyRaw(
    world,
    'sha256',
    'pss',
    (key) => key.type === 'rsa' && verifiesPss(key.key, signature, digest, { hash: 'sha256', salt: 'any' }),
    fits,
  )
  return padded.result === 'holds' ? padded : plain
}

const ASKED: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha384', 'sha512'])

function ofOpenpgp(packets: Buffer, { members }: SwuFact, world: World, digestOf: DigestOfMember): Finding {
  const description = members.find(({ name }) => name === DESCRIPTION)
  return verifyOpenpgp(
    packets.toString('base64'),
    ({ digest, before, after, type }) => {
      if (!description || !digest || !ASKED.has(digest) || type !== 0) return undefined
      const hex = digestOf(description, digest as DigestAlgorithm, before, after)
      return hex === undefined ? undefined : Buffer.from(hex, 'hex')
    },
    world,
  )
}

function describe(data: SwuFact): LinkedPackage['description'] {
  const { version, hardware, parts, members, description } = data
  const listed = new Set(parts.map(({ filename }) => filename))
  const encrypted = parts.filter((one) => one.encrypted)
  const vectors = encrypted.map(({ ivt }) => ivt ?? '')
  return {
    description,
    version: version ?? null,
    hardware: [...hardware],
    files: parts.slice(0, MOST_TOLD).map(({ filename, list, sha256 }) => ({
      name: filename,
      list,
      sha256: sha256 ?? null,
    })),
    encrypted: encrypted.length,
    vectorsOfTheirOwn: new Set(vectors).size === vectors.length && !vectors.includes(''),
    notListed: members
      .map(({ name }) => name)
      .filter((name) => !name.startsWith(DESCRIPTION) && !listed.has(name))
      .slice(0, MOST_TOLD),
    repeat: 'cpio -i --to-stdout sw-description < IMAGE.swu',
  }
}
