import { digest, type OpenpgpSignature } from '@messlatte/bytes'
import type { DigestAlgorithm, Fact, Facts, Place, ReduceOut, Settings } from '../../contract.ts'
import { type DigestOf, digestAsks } from '../package/asks.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import type { Finding } from '../package/finding.ts'
import { verifyOpenpgp } from '../package/openpgp.ts'
import { byPlace, comparedFiles, folderOf } from '../package/repository.ts'
import { keptAt, type World, worldFor } from '../package/world.ts'
import type { ReleaseFact } from './facts.ts'
import { APT } from './scheme.ts'

type Release = Fact<'update.apt.release'>

/** Keys of these places are for all repositories; others are named by `signed-by`. */
const KEYS = /(?:^|\/)etc\/apt\/(?:trusted\.gpg$|(?:trusted\.gpg\.d|keyrings)\/)/
const ASKED: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha256', 'sha384', 'sha512'])

/** Reduce: verifies each release, through it the indexes, and through these the packages that are there. */
export function concludeApt(facts: Facts, out: ReduceOut, settings: Settings): void {
  const digestOf = digestAsks(facts, out)
  const signatures = byPlace(facts.of('update.apt.signature'))
  const releases = facts.of('update.apt.release')
  const inReleases = byPlace(releases.filter(({ data }) => data.form === 'InRelease'))
  for (const release of releases) {
    const { place, data } = release
    const folder = folderOf(place.inner)
    // Clients take the one that has its signature with it.
    if (data.form === 'Release' && inReleases(place.root, `${folder}InRelease`)) continue
    const inWorld = worldFor(place.path, facts, settings)
    const world = keptAt(inWorld, (one) => KEYS.test(one.path) || inWorld.isNamed(one))
    const beside = signatures(place.root, `${folder}Release.gpg`)?.data.signatures
    const signed = data.form === 'InRelease' ? data.signatures : beside
    const one = packageOf(
      release,
      facts,
      signed === undefined ? undefined : verify(release, signed, world, digestOf),
    )
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', place, packageLink(one))
  }
}

function verify({ place, data }: Release, signatures: string, world: World, digestOf: DigestOf): Finding {
  const message = data.message === undefined ? undefined : Buffer.from(data.message, 'base64')
  return verifyOpenpgp(
    signatures,
    (one) => (message ? ofMessage(one, message) : ofFile(one, place, digestOf)),
    world,
  )
}

function ofMessage({ digest: name, before, after }: OpenpgpSignature, message: Uint8Array) {
  return name && digest(name, before, message, after)
}

function ofFile({ digest: name, before, after, type }: OpenpgpSignature, place: Place, digestOf: DigestOf) {
  // Of a text line ends would have to be changed first.
  if (!name || !ASKED.has(name) || type !== 0) return undefined
  const { path, length } = place
  const hex = digestOf(name as DigestAlgorithm, { path, offset: 0, length, before, after })
  return hex === undefined ? undefined : Buffer.from(hex, 'hex')
}

function packageOf({ place, data }: Release, facts: Facts, finding: Finding | undefined): LinkedPackage {
  const files = facts.of('update.apt.file').filter((file) => file.place.root === place.root)
  const folder = folderOf(place.inner)
  const indexes = indexesOf(data, folder, files)
  const repository = folder.replace(/(?:^|\/)dists\/.*$/, (found) => (found.startsWith('/') ? '/' : ''))
  const at = byPlace(files)
  const packages = indexes.listed.flatMap(({ data: { entries } }) => entries ?? [])
  const debs = comparedFiles(packages, (file) => at(place.root, `${repository}${file}`)?.place)
  const { digest: contentDigest } = data
  const unlisted = [
    ...(data.outside ? [{ name: 'text around the signed message' }] : []),
    ...indexes.unlisted.map((file) => ({ name: file.place.inner })),
  ]
  return {
    scheme: APT,
    place,
    finding,
    otherwise: contentDigest === 'sha256' || contentDigest === 'sha512' ? 'E2' : 'E1',
    differing: [...indexes.differing, ...debs.differing],
    uncovered: [...unlisted, ...debs.uncovered.map(({ file }) => ({ name: file }))],
    gaps: debs.uncovered.map(({ gap }) => gap),
    ...(contentDigest === undefined || contentDigest === 'sha512' ? {} : { contentDigest }),
    covers: [
      { path: place.path, stage: 'update', name: data.form },
      ...indexes.listed.map((file) => ({
        path: file.place.path,
        stage: 'update' as const,
        name: file.place.inner,
      })),
      ...debs.covered,
    ],
    rollback: [
      { name: 'date', value: data.fields.Date, signed: finding !== undefined },
      { name: 'valid-until', value: data.fields['Valid-Until'], signed: finding !== undefined },
    ],
    description: {
      ...data.fields,
      digests: contentDigest ?? null,
      files: data.entries.length,
      indexes: indexes.listed.length,
      packages: debs.covered.length + debs.uncovered.length,
      encrypted: false,
      repeat: 'apt-get update -o Dir::Etc::sourcelist=…; sha256sum of the indexes, beside Release',
    },
  }
}

type File = Fact<'update.apt.file'>

/** Indexes that are there: the same as listed, another content than listed, or in a folder of the release and not listed. */
function indexesOf({ entries, digest: name }: ReleaseFact, folder: string, files: readonly File[]) {
  const listed = new Map(entries.map(({ file, digest: value }) => [`${folder}${file}`, value]))
  const indexes = files.filter(({ place }) => /(?:^|\/)Packages(?:\.\w+)?$/.test(place.inner))
  const known = indexes.filter(({ place }) => listed.has(place.inner))
  return {
    listed: known,
    unlisted: indexes.filter(
      ({ place, data }) => data.entries && place.inner.startsWith(folder) && !listed.has(place.inner),
    ),
    differing:
      name === 'sha256'
        ? known
            .filter(({ place }) => listed.get(place.inner) !== place.sha256)
            .map(({ place }) => ({
              name: place.inner,
              sha256: listed.get(place.inner) ?? null,
              found: place.sha256,
            }))
        : [],
  }
}
