import type { KeyObject } from 'node:crypto'
import type { Fact, Facts, Place, Settings } from '../../contract.ts'
import { type KnownKey, knownKey } from '../../known-keys/index.ts'
import { fingerprintsOf, trustedAs } from '../chain/trust.ts'
import type { ControlFact, ControlKey } from './facts.ts'
import { publicKey } from './verify.ts'

/** A key that a signature may verify with. */
export interface Candidate {
  /** `trusted` by the user, of an `earlier` stage of the release, or `travelling` within what it is to verify. */
  readonly origin: 'trusted' | 'earlier' | 'travelling'
  /** Where it comes from: the user's name for it, or the nest path of the device tree. */
  readonly from: string
  readonly node: string | undefined
  readonly hint: string
  readonly required: string | undefined
  readonly spkiSha256: string
  readonly key: KeyObject
  readonly known: KnownKey | undefined
}

/** A control device tree of an earlier stage, with its usable keys. */
export interface Control {
  readonly place: Place
  readonly mode: ControlFact['mode']
  readonly keys: readonly Candidate[]
}

const MAX_CANDIDATES = 128

/** The user's keys, and keys of device trees whose digest the user states. */
export function trustedKeys(settings: Settings, controls: readonly Control[]): readonly Candidate[] {
  const stated = settings.trusted.slice(0, MAX_CANDIDATES).flatMap(({ name, spki, sha256 }) => {
    const key = publicKey(spki)
    const hint = (name.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '')
    const common = { origin: 'trusted', from: name, node: undefined, required: undefined } as const
    return key ? [{ ...common, hint, spkiSha256: sha256, key, known: knownKey(sha256) }] : []
  })
  const digests = { trusted: [], trustedDigests: settings.trustedDigests }
  const named = controls.flatMap(({ keys }) =>
    keys.flatMap((one) => {
      const spki = one.key.export({ type: 'spki', format: 'der' })
      return trustedAs(fingerprintsOf(spki), digests).map(
        (from) => ({ ...one, origin: 'trusted', from }) as const,
      )
    }),
  )
  return [...stated, ...named]
}

/** The control device trees as one FIT sees them: those inside of it, or of something that boots no earlier, travel along. */
export function controlsFor(fit: Fact<'boot.fit'>, facts: Facts): readonly Control[] {
  const late = facts.of('boot.fit').filter((other) => other === fit || startsKernel(other))
  return facts.of('boot.control').map((control) => {
    const inside = late.some(({ place }) => control.place.path.startsWith(`${place.path}/`))
    const keys = control.data.keys.flatMap((key) =>
      candidate(control, key, inside ? 'travelling' : 'earlier'),
    )
    return { place: control.place, mode: control.data.mode, keys }
  })
}

function startsKernel({ data }: Fact<'boot.fit'>): boolean {
  return data.state === 'read' && data.images.some(({ type }) => type.startsWith('kernel'))
}

function candidate(
  { place }: Fact<'boot.control'>,
  { spki, spkiSha256, node, hint, required }: ControlKey,
  origin: Candidate['origin'],
): readonly Candidate[] {
  const key = spki === undefined ? undefined : publicKey(Buffer.from(spki, 'base64'))
  if (!key || spkiSha256 === undefined) return []
  return [{ origin, from: place.path, node, hint, required, spkiSha256, key, known: knownKey(spkiSha256) }]
}

export function candidatesOf(
  trusted: readonly Candidate[],
  controls: readonly Control[],
): readonly Candidate[] {
  return [...trusted, ...controls.flatMap(({ keys }) => keys)].slice(0, MAX_CANDIDATES)
}
