import { readSignifySignature } from '@messlatte/bytes'
import type { Fact, Facts, Place, ReduceOut, Settings } from '../../contract.ts'
import { type DigestOf, digestAsks } from '../package/asks.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import type { Finding } from '../package/finding.ts'
import { byPlace, comparedFiles, folderOf } from '../package/repository.ts'
import { signifyHolds, verifySignify } from '../package/signify.ts'
import { keptAt, type World, worldFor } from '../package/world.ts'
import './facts.ts'
import { OPKG } from './scheme.ts'

type Index = Fact<'update.opkg.index'>

const KEYS = /(?:^|\/)etc\/opkg\/keys\/[^/]+$/

/** Reduce: verifies the index of each feed, and through it the packages beside it. */
export function concludeOpkg(facts: Facts, out: ReduceOut, settings: Settings): void {
  const digestOf = digestAsks(facts, out)
  const signatures = byPlace(facts.of('update.opkg.signature'))
  const packages = byPlace(facts.of('update.opkg.package'))
  for (const index of facts.of('update.opkg.index')) {
    const { place, data } = index
    const world = keptAt(worldFor(place.path, facts, settings), ({ path }) => KEYS.test(path))
    const signature = signatures(place.root, `${place.inner}.sig`)
    const folder = folderOf(place.inner)
    const files = comparedFiles(data.entries, (file) => packages(place.root, `${folder}${file}`)?.place)
    const one = packageOf(index, files, signature && verify(signature.data.text, place, world, digestOf))
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', place, packageLink(one))
  }
}

function verify(text: string, { path, length }: Place, world: World, digestOf: DigestOf): Finding {
  const signature = readSignifySignature(Buffer.from(text, 'latin1'))
  if (!signature) return { result: 'unknown', why: 'unreadable' }
  return verifySignify(signature.id, world, (key) =>
    signifyHolds(signature, key, (before) => digestOf('sha512', { path, offset: 0, length, before })),
  )
}

function packageOf(
  { place, data }: Index,
  { differing, uncovered, covered }: ReturnType<typeof comparedFiles>,
  finding: Finding | undefined,
): LinkedPackage {
  return {
    scheme: OPKG,
    place,
    finding,
    otherwise: data.entries.some(({ sha256 }) => sha256 !== undefined) ? 'E2' : 'E0',
    differing,
    uncovered: uncovered.map(({ file }) => ({ name: file })),
    gaps: uncovered.map(({ gap }) => gap),
    covers: [{ path: place.path, stage: 'update', name: 'Packages' }, ...covered],
    rollback: [],
    description: {
      packages: data.entries.length,
      beside: covered.length + uncovered.length,
      notRead: data.cut,
      signature: finding === undefined ? 'Packages.sig is missing' : 'Packages.sig',
      encrypted: false,
      rollback: 'none in this format',
      repeat: 'sha256sum -c, with SHA256sum and Filename of Packages',
    },
  }
}
