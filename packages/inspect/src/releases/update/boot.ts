import type { SavedEvidence } from '@messlatte/model'
import { isRecord, textsIn } from '../parts.ts'
import type { Compared } from './look.ts'

/** What the boot loader of one release says of an image of the other one. */
export type BootLook =
  /** No boot loader with keys for it is in that release, or the image is of no such kind. */
  | { readonly result: 'no-loader' }
  /** It was not verified with the other release's keys. */
  | { readonly result: 'not-tried' }
  | { readonly result: 'starts' | 'refuses'; readonly loaders: readonly string[] }
  /** Fuses may hold other keys than the one that signed the boot loader. */
  | { readonly result: 'other-key'; readonly loaders: readonly string[] }

const KINDS = /^boot\.(fit|mcuboot|esp)\.(?:signature|unsigned)$/

/** @param path nest path of the image */
export function lookAtBoot(host: Compared, guest: Compared, path: string): BootLook {
  const own = guest.result.evidence.filter((one) => one.path === path && KINDS.test(one.kind))
  const scheme = KINDS.exec(own[0]?.kind ?? '')?.[1]
  if (scheme === 'esp') return lookAtEsp(host, own)
  const loaders = (host.anchors ?? []).filter(({ boot }) => boot === scheme).map(({ path: at }) => at)
  if (scheme === undefined || loaders.length === 0) return { result: 'no-loader' }
  if (!guest.verifiedWithOther) return { result: 'not-tried' }
  const again = guest.verifiedWithOther.filter((one) => one.path === path && KINDS.test(one.kind))
  const starts = again.some(({ level, polarity }) => level === 'E6' && polarity !== 'against')
  return { result: starts ? 'starts' : 'refuses', loaders: [...new Set(loaders)] }
}

/** The ROM starts a boot loader whose key is in the fuses, and that one wants the application signed with one of these. */
function lookAtEsp({ result }: Compared, own: readonly SavedEvidence[]): BootLook {
  const loaders = result.evidence.filter(
    ({ kind, observation }) =>
      kind === 'boot.esp.signature' && isRecord(observation) && observation.role === 'boot-loader',
  )
  const known = new Set(loaders.flatMap(fusesOf))
  if (known.size === 0) return { result: 'no-loader' }
  const paths = [...new Set(loaders.map(({ path }) => path))]
  const holds = own.filter(
    ({ level }) => level !== null && level !== undefined && level !== 'EX' && level >= 'E4',
  )
  return {
    result: holds.flatMap(fusesOf).some((one) => known.has(one)) ? 'starts' : 'other-key',
    loaders: paths,
  }
}

function fusesOf({ observation }: SavedEvidence): readonly string[] {
  const key = isRecord(observation) ? observation.key : undefined
  return isRecord(key) ? textsIn(key.fuseDigest) : []
}

/** Trees with signed configurations, which no update format wraps: their nest paths. */
export function fitsOf({ result }: Compared): readonly string[] {
  const found = result.evidence.filter(({ kind }) => kind === 'boot.fit.signature').map(({ path }) => path)
  return [...new Set(found)]
}
