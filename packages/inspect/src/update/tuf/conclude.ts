import type { PublicKey } from '@messlatte/bytes'
import type { Fact, Facts, Place, ReduceOut, Settings } from '../../contract.ts'
import type { Anchor, Part, Rollback } from '../../secure-boot/chain/facts.ts'
import { type Candidate, type SignerKey, signerKey } from '../../secure-boot/outcome/keys.ts'
import { digestAsks } from '../package/asks.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import { anchorOf, type Finding, signatureOf } from '../package/finding.ts'
import { folderOf, releaseFiles } from '../package/repository.ts'
import { type World, worldFor } from '../package/world.ts'
import type { Role, TufFile } from './facts.ts'
import { TUF } from './scheme.ts'
import { signersOf } from './verify.ts'

type Metadata = Fact<'update.tuf'>

/** Metadata of one folder: the newest of each role, and all roots by their version. */
interface Repository {
  readonly roots: readonly Metadata[]
  readonly newest: Readonly<Partial<Record<Role, Metadata>>>
}

type FileAt = ReturnType<typeof releaseFiles>

const BELOW = ['timestamp', 'snapshot', 'targets'] as const
const MOST_TOLD = 50

/** Reduce: verifies each repository from its root down to the files. */
export function concludeTuf(facts: Facts, out: ReduceOut, settings: Settings): void {
  const fileAt = releaseFiles(facts, digestAsks(facts, out))
  const all = repositoriesIn(facts.of('update.tuf'))
  for (const repository of all) {
    // A root alone is what a device starts from: an anchor, and no update.
    if (!repository.newest.targets) continue
    const others = all.filter((one) => one !== repository).flatMap(({ roots }) => roots)
    const { place } = repository.newest.targets
    const one = packageOf(repository, others, worldFor(place.path, facts, settings), fileAt)
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', place, packageLink(one))
  }
}

function repositoriesIn(all: readonly Metadata[]): readonly Repository[] {
  const folders = Map.groupBy(all, ({ place }) => `${place.root}\n${folderOf(place.inner)}`)
  return [...folders.values()].map((metadata) => {
    const newest: Partial<Record<Role, Metadata>> = {}
    for (const one of metadata) {
      const known = newest[one.data.role]
      if (!known || known.data.version < one.data.version) newest[one.data.role] = one
    }
    const roots = metadata.filter(({ data }) => data.role === 'root')
    return { roots: roots.toSorted((a, b) => a.data.version - b.data.version), newest }
  })
}

function packageOf(
  { roots, newest }: Repository,
  others: readonly Metadata[],
  world: World,
  fileAt: FileAt,
): LinkedPackage {
  const targets = newest.targets as Metadata
  const root = newest.root
  const finding: Finding = root
    ? verify(root, roots, newest, others, world)
    : { result: 'unknown', why: 'no-key' }
  const files = filesOf(targets, fileAt)
  const signed = finding.result === 'holds'
  return {
    scheme: TUF,
    place: targets.place,
    finding,
    otherwise: 'E0',
    differing: [...metadataDiffering(newest), ...files.differing].slice(0, MOST_TOLD),
    uncovered: [],
    gaps: [],
    covers: [{ path: targets.place.path, stage: 'update', name: 'targets.json' }, ...files.covered],
    rollback: BELOW.flatMap((role): readonly Rollback[] => {
      const value = newest[role]?.data.version
      return value === undefined ? [] : [{ name: `${role}-version`, value, signed }]
    }),
    description: {
      roles: Object.values(newest).map(({ data }) => ({
        role: data.role,
        version: data.version,
        expires: data.expires,
        signatures: data.signatures.length,
        ...(root ? { threshold: root.data.roles[data.role]?.threshold ?? null } : {}),
      })),
      missing: (['root', ...BELOW] as const).filter((role) => !newest[role]),
      roots: roots.map(({ data }) => data.version),
      targets: targets.data.files.length,
      beside: files.covered.length,
      uptane: targets.data.files.some(({ custom }) =>
        Object.keys(custom).some((name) => /^(?:ecu|hardware)/.test(name)),
      ),
      hardware: targets.data.files
        .slice(0, MOST_TOLD)
        .flatMap(({ name, custom }) => (Object.keys(custom).length > 0 ? [{ name, ...custom }] : [])),
      encrypted: false,
      repeat: TUF.repeat,
    },
  }
}

/** Each root is signed by the one before it and by itself, the others by the newest one. TUF specification, section 5.3. */
function verify(
  root: Metadata,
  roots: readonly Metadata[],
  newest: Repository['newest'],
  others: readonly Metadata[],
  world: World,
): Finding {
  const fails = (role: string): Finding => ({ result: 'fails', because: 'signature', observed: { role } })
  for (const [index, one] of roots.entries()) {
    const before = roots[index - 1]
    if (!signersOf(one.data, 'root', one.data).met) return fails(`root ${one.data.version}`)
    const follows = before && before.data.version + 1 === one.data.version
    if (follows && !signersOf(before.data, 'root', one.data).met) return fails(`root ${one.data.version}`)
  }
  for (const role of BELOW) {
    const metadata = newest[role]
    if (metadata && !signersOf(root.data, role, metadata.data).met) return fails(role)
  }
  return holdsBy(root, roots, others, world)
}

/** Who vouches for the root: enough keys that the user trusts, or a root that a device has. */
function holdsBy(
  root: Metadata,
  roots: readonly Metadata[],
  others: readonly Metadata[],
  world: World,
): Finding {
  const { keys, threshold } = signersOf(root.data, 'root', root.data)
  const earlier = others.find((one) => roots.some((mine) => signersOf(one.data, 'root', mine.data).met))
  const signers = keys.map((key) => signerKey(world.ring, candidateOf(key, earlier?.place)))
  const trusted = signers.filter(({ origin }) => origin === 'trusted')
  const isTrusted = trusted.length >= threshold
  const [first] = keys
  if (!first) return { result: 'unknown', why: 'unreadable' }
  const used = isTrusted ? trusted : signers.map((one) => (earlier ? one : travelling(one)))
  return {
    result: 'holds',
    level: isTrusted ? 'E6' : earlier ? 'E5' : 'E4',
    anchors: used.map((one): Anchor => anchorOf(one)),
    signature: signatureOf(first, 'pss'),
    digest: first.type === 'ed25519' ? undefined : 'sha256',
    sure: isTrusted || earlier !== undefined,
    known: used.flatMap(({ known }) => known ?? []),
    leaked: used.some(({ leaked }) => leaked),
    problems: [],
    observed: {
      threshold,
      keys: used.map(({ origin, from, spkiSha256 }) => ({ origin, from, spkiSha256 })),
    },
  }
}

function candidateOf(key: PublicKey, place: Place | undefined): Candidate {
  return place
    ? { key, origin: 'earlier', from: place.path, place, sure: true }
    : { key, origin: 'travelling', from: 'root.json' }
}

function travelling(one: SignerKey): SignerKey {
  return { ...one, origin: 'travelling' }
}

/** timestamp speaks of snapshot, snapshot of targets. */
function metadataDiffering(newest: Repository['newest']): LinkedPackage['differing'] {
  return (['snapshot', 'targets'] as const).flatMap((role) => {
    const [above, one] = [newest[role === 'snapshot' ? 'timestamp' : 'snapshot'], newest[role]]
    const told = above?.data.files.find(({ name }) => name === `${role}.json`)
    if (!told || !one) return []
    const isOther =
      (told.version !== undefined && told.version !== one.data.version) || isDifferent(told, one.place)
    return isOther
      ? [
          {
            name: `${role}.json`,
            version: told.version ?? null,
            sha256: told.sha256 ?? null,
            found: { version: one.data.version, sha256: one.place.sha256 },
          },
        ]
      : []
  })
}

function isDifferent({ sha256, length }: TufFile, place: Place): boolean {
  return (
    (sha256 !== undefined && sha256 !== place.sha256) || (length !== undefined && length !== place.length)
  )
}

/** Files lie beside the metadata, or in `targets` there or one folder up, with their digest in front where snapshots are kept. */
function filesOf(targets: Metadata, fileAt: FileAt) {
  const { root, inner } = targets.place
  const folder = folderOf(inner)
  const places = [folder, `${folder}targets/`, `${folderOf(folder.slice(0, -1))}targets/`]
  const there = targets.data.files.flatMap((file) => {
    const folderIn = folderOf(file.name)
    const base = file.name.slice(folderIn.length)
    const names = [file.name, `${folderIn}${file.sha256 ?? ''}.${base}`]
    const place = places.flatMap((one) => names.flatMap((name) => fileAt(root, `${one}${name}`) ?? []))[0]
    return place ? [{ file, place }] : []
  })
  return {
    differing: there
      .filter(({ file, place }) => isDifferent(file, place))
      .map(({ file, place }) => ({ name: file.name, sha256: file.sha256 ?? null, found: place.sha256 })),
    covered: there.map(({ file, place }): Part => ({ path: place.path, stage: 'update', name: file.name })),
  }
}
