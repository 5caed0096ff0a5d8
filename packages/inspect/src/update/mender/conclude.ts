import { createHash } from 'node:crypto'
import { type PublicKey, verifiesEcdsa, verifiesPkcs1 } from '@messlatte/bytes'
import type { Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import { type Finding, verifyRaw } from '../package/finding.ts'
import { NO_DIGEST } from '../package/say.ts'
import { type World, worldFor } from '../package/world.ts'
import type { MenderFact } from './facts.ts'
import { MENDER } from './scheme.ts'

type Artifact = Fact<'update.mender'>

const PAYLOAD = /^(data\/\d{4})\.tar(?:\.\w+)?$/
const RAW_P256 = 64
const MOST_TOLD = 50

/** Reduce: verifies the manifest, and with it all that it lists. */
export function concludeMender(facts: Facts, out: ReduceOut, settings: Settings): void {
  const answers = new Map(facts.of('answer.digest').map(({ data }) => [data.ask, data.digests]))
  for (const artifact of facts.of('update.mender')) {
    const { place } = artifact
    const world = worldFor(place.path, facts, settings)
    const header = facts
      .of('update.mender.header')
      .find((one) => one.place.path.startsWith(`${place.path}/header.tar`))?.data
    const one = packageOf(artifact, world, header, ({ at, length }) => {
      const id = `mender ${place.path} ${at}`
      out.ask({ id, path: place.path, offset: at, length, algorithms: ['sha256'] })
      return answers.get(id)?.sha256
    })
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', place, packageLink(one))
  }
}

type Member = MenderFact['members'][number]

function packageOf(
  { place, data }: Artifact,
  world: World,
  header: Fact<'update.mender.header'>['data'] | undefined,
  digestOf: (member: Member) => string | undefined,
): LinkedPackage {
  const finding = data.signature === undefined ? undefined : verify(data, data.signature, world)
  const uncovered = uncoveredOf(data)
  const part = (name: string) => ({ path: `${place.path}/${name}`, stage: 'update', name }) as const
  const covered = data.members.filter(({ name }) => !uncovered.includes(name) && isInstalled(name))
  return {
    scheme: MENDER,
    place,
    finding,
    otherwise: 'E2',
    differing: compare(data, digestOf).slice(0, MOST_TOLD),
    uncovered: uncovered.slice(0, MOST_TOLD).map((name) => ({ name })),
    gaps: uncovered.map((name) => ({ ...part(name), why: NO_DIGEST })),
    covers: [part('manifest'), ...covered.map(({ name }) => part(name))],
    rollback: [{ name: 'artifact', value: header?.artifact, signed: finding !== undefined }],
    description: {
      artifact: header?.artifact ?? null,
      devices: [...(header?.devices ?? [])],
      after: [...(header?.after ?? [])],
      scripts: data.scripts.slice(0, MOST_TOLD),
      augmented: data.augmented.slice(0, MOST_TOLD).map(({ name }) => name),
      notRead: [...data.unread],
      repeat: 'mender-artifact read ARTIFACT.mender',
    },
  }
}

function isInstalled(name: string): boolean {
  return PAYLOAD.test(name) || name.startsWith('header.tar')
}

/** What the client installs or runs, and the signed manifest does not list. */
function uncoveredOf({ lines, files, members }: MenderFact): readonly string[] {
  const listed = new Set(lines.map(({ name }) => name))
  return [
    ...members.map(({ name }) => name).filter((name) => name.startsWith('header.tar') && !listed.has(name)),
    ...files.map(({ name }) => name).filter((name) => !listed.has(name)),
  ]
}

function compare(
  { lines, files, members, unread, cut }: MenderFact,
  digestOf: (member: Member) => string | undefined,
): LinkedPackage['differing'] {
  const inside = new Map(files.map(({ name, sha256 }) => [name, sha256]))
  const byName = new Map(members.map((member) => [member.name, member]))
  const notRead = new Set(unread.flatMap((name) => PAYLOAD.exec(name)?.[1] ?? []))
  return lines.flatMap(({ name, sha256 }) => {
    const member = byName.get(name)
    const found = member ? digestOf(member) : inside.get(name)
    if (found !== undefined) return found === sha256 ? [] : [{ name, sha256, found }]
    // What could not be read, or was not hashed within the limits, is not missing.
    const isOpen = cut || member !== undefined || notRead.has(name.slice(0, 'data/0000'.length))
    return isOpen ? [] : [{ name, sha256, found: 'missing' }]
  })
}

/** RSA with PKCS #1, or r and s of ECDSA on P-256 one behind the other. Mender artifact, artifact-format-v3.md. */
function verify(data: MenderFact, encoded: string, world: World): Finding {
  const signature = Buffer.from(encoded, 'base64')
  if (data.unread.length > 0) return { result: 'unknown', why: 'missing' }
  const digest = createHash('sha256').update(Buffer.from(data.manifest, 'base64')).digest()
  if (signature.length === RAW_P256)
    return verifyRaw(
      world,
      'sha256',
      'pkcs1',
      (key) => key.type === 'ec' && verifiesEcdsa(key.curve, key.point, signature, digest),
      (key) => key.type === 'ec' && key.curve === 'P-256',
    )
  if (signature.length < RAW_P256) return { result: 'unknown', why: 'unreadable' }
  const fits = (key: PublicKey) => key.type === 'rsa' && key.bits === signature.length * 8
  return verifyRaw(
    world,
    'sha256',
    'pkcs1',
    (key) => key.type === 'rsa' && verifiesPkcs1(key.key, signature, digest),
    fits,
  )
}
