import type { ReleasedSecret, ReleasedSecretPlace, SecretChange } from '@messlatte/model'
import type { ReleaseSecret } from '../secrets/secret.ts'
import { surelyDiffer } from '../units/dumps/outcome.ts'
import { pairBy } from './paths.ts'

const WEIGHT: Readonly<Record<SecretChange, number>> = {
  new: 0,
  stayed: 1,
  'not-comparable': 2,
  changed: 3,
  went: 4,
}

/** Secrets of both releases: by value wherever they lie, then by place. Digests of both have to be under one key. */
export function compareSecrets(
  old: readonly ReleaseSecret[],
  added: readonly ReleaseSecret[],
): readonly ReleasedSecret[] {
  const here = pairBy(old, added, ({ slot, digest }) => `${slot}\0${digest}`)
  // That no password is asked for is nothing that moves.
  const moved = pairBy(here.went, here.added, ({ slot, kind, digest, form }) =>
    form === 'empty' ? `${slot}\0empty` : `${kind}\0${digest}`,
  )
  const replaced = pairBy(moved.went, moved.added, ({ slot }) => slot)
  const all = [
    ...[...here.both, ...moved.both].map((pair) => told('stayed', pair.old, pair.new)),
    ...replaced.both.map((pair) =>
      told(surelyDiffer(pair.old, pair.new) ? 'changed' : 'not-comparable', pair.old, pair.new),
    ),
    ...replaced.went.map((one) => told('went', one, undefined)),
    ...replaced.added.map((one) => told('new', undefined, one)),
  ]
  return all.sort((a, b) => WEIGHT[a.change] - WEIGHT[b.change] || compare(placeOf(a), placeOf(b)))
}

function told(
  change: SecretChange,
  old: ReleaseSecret | undefined,
  added: ReleaseSecret | undefined,
): ReleasedSecret {
  const { kind, subject, opens, name, known } = (added ?? old) as ReleaseSecret
  return { change, kind, subject, opens, name, known, old: lies(old), new: lies(added) }
}

function lies(secret: ReleaseSecret | undefined): ReleasedSecretPlace | null {
  if (!secret) return null
  const { place, form, publicSha256 } = secret
  return { path: place.path, offset: place.offset, length: place.length, form, publicSha256 }
}

function placeOf({ old, new: added }: ReleasedSecret): string {
  return (added ?? old)?.path ?? ''
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
