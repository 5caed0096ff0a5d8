import type { SavedEvidence, SavedResult } from '@messlatte/model'
import { type BootLook, lookAtBoot } from './boot.ts'
import { type ClientSeen, clientsOf, keysOf, problemsOf, SCHEMES, type UpdateSeen } from './seen.ts'

/** A key of a release that verifies something, where it lies, and whether an update client is configured with it. */
export interface Verifier {
  readonly path: string
  readonly configured: boolean
}

/** A public key or certificate of a release. */
export interface Anchor {
  readonly path: string
  readonly sha256: string
  readonly spkiSha256: string
  readonly boot?: 'fit' | 'mcuboot'
}

export type Side = 'new' | 'old'

/** One of the two releases, with what only its files tell. */
export interface Compared {
  readonly result: SavedResult
  /** Its public keys and certificates; undefined for a saved result. */
  readonly anchors: readonly Anchor[] | undefined
  /** Evidence of its updates, verified with the other release's keys as trusted ones; undefined where that was not done. */
  readonly verifiedWithOther: readonly SavedEvidence[] | undefined
}

/** What both releases show of clients and keys. */
export interface Look {
  clients(host: Side, scheme: string): readonly ClientSeen[]
  /** SHA-256 (hex) of what an update verifies with: keys of its own release, and those of the one that would take it. */
  digests(host: Side, update: UpdateSeen): ReadonlySet<string>
  /** The keys of a release that verify an update of the other one. */
  verifiedBy(host: Side, update: UpdateSeen): readonly Verifier[]
  /** Whether it is known of every key of that release that it verifies the update, or that it does not. */
  tried(host: Side, update: UpdateSeen): boolean
  /** What is wrong with the certificates of its signature, by codes. */
  problems(host: Side, update: UpdateSeen): readonly string[]
  /** Whether the keys that the configuration of that client names, or that it looks for where they lie, were found in its release. */
  hasKeys(host: Side, scheme: string, client: ClientSeen): boolean
  /** What the boot loader of a release says of an image of the other one. */
  boot(host: Side, path: string): BootLook
}

/** Where clients look for keys whatever their configuration names: places that their checks know. */
const KEPT: Readonly<Record<string, RegExp>> = {
  apt: /(?:^|\/)etc\/apt\/trusted\.gpg(?:\.d\/|$)/,
  opkg: /(?:^|\/)etc\/opkg\/keys\//,
  payload: /(?:^|\/)(?:otacerts\.zip|update_engine\/[^/]*\.pub\.pem$)/,
  sysupgrade: /(?:^|\/)etc\/opkg\/keys\//,
}

/** update_engine and recovery systems take nothing that their keys do not verify; nothing configures that. */
const IMPLIED: ReadonlySet<string> = new Set(['payload'])

export function lookFor(old: Compared, added: Compared): Look {
  const sides = { old, new: added }
  const clients = { old: clientsOf(old.result), new: clientsOf(added.result) }
  const kept = (host: Side, scheme: string) =>
    (sides[host].anchors ?? []).filter(({ path }) => KEPT[scheme]?.test(path))
  const of = (host: Side, scheme: string): readonly ClientSeen[] => {
    const name = SCHEMES[scheme]?.client
    const told = clients[host].filter(({ client }) => client === name)
    const [key] = IMPLIED.has(scheme) && told.length === 0 ? kept(host, scheme) : []
    return key && name !== undefined ? [impliedBy(key, name)] : told
  }
  const signatureIn = (evidence: readonly SavedEvidence[] | undefined, { path, scheme }: UpdateSeen) =>
    evidence?.find((one) => one.path === path && one.kind === `update.${scheme}.signature`)
  const guest = (host: Side) => sides[host === 'old' ? 'new' : 'old']
  function digestsOf(host: Side, update: UpdateSeen): ReadonlySet<string> {
    const again = signatureIn(guest(host).verifiedWithOther, update)
    // What verified with keys of its own counts by their fingerprints; what the other's keys verified, by these.
    const own = update.signature === 'holds' ? update.keys : []
    return new Set([...own, ...(again?.level === 'E6' ? keysOf(again).keys : [])])
  }
  return {
    clients: of,
    digests: digestsOf,
    verifiedBy(host, update) {
      const digests = digestsOf(host, update)
      const configured = of(host, update.scheme).flatMap(({ keys }) =>
        keys.filter((key) => key.digests.some((digest) => digests.has(digest))).map(({ path }) => path),
      )
      const verifies = ({ sha256, spkiSha256 }: Anchor) => digests.has(sha256) || digests.has(spkiSha256)
      const isNamed = of(host, update.scheme).some(({ keys }) => keys.length > 0)
      if (!isNamed) configured.push(...pathsOf(kept(host, update.scheme).filter(verifies)))
      const others = pathsOf((sides[host].anchors ?? []).filter(verifies)).filter(
        (path) => !configured.includes(path),
      )
      return [
        ...[...new Set(configured)].map((path) => ({ path, configured: true })),
        ...[...new Set(others)].map((path) => ({ path, configured: false })),
      ]
    },
    tried: (host, update) => update.bare || guest(host).verifiedWithOther !== undefined,
    problems: (host, update) =>
      problemsOf(signatureIn(guest(host).verifiedWithOther ?? guest(host).result.evidence, update)),
    hasKeys: (host, scheme, { keys }) => keys.length > 0 || kept(host, scheme).length > 0,
    boot: (host, path) => lookAtBoot(sides[host], guest(host), path),
  }
}

function pathsOf(anchors: readonly Anchor[]): string[] {
  return anchors.map(({ path }) => path)
}

function impliedBy({ path, sha256, spkiSha256 }: Anchor, client: string): ClientSeen {
  return {
    client,
    path,
    verification: 'required',
    installed: true,
    keys: [{ path, digests: [sha256, spkiSha256] }],
    hardware: [],
    details: {},
  }
}
