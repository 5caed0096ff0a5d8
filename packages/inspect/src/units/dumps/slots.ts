import type { ReleaseSecret } from '../../secrets/secret.ts'
import type { UnitSecrets } from './outcome.ts'

/** The secrets of one unit's dump. */
export interface UnitInspected {
  readonly name: string
  readonly secrets: readonly ReleaseSecret[]
}

/** What the units have in the same place; or in different ones, where it is the same secret. In the order of the places. */
export function slotsOf(units: readonly UnitInspected[]): readonly (readonly UnitSecrets[])[] {
  const slots = new Map<string, Map<string, ReleaseSecret[]>>()
  for (const { name, secrets } of units) {
    for (const secret of secrets) {
      const slot = slots.get(secret.slot) ?? new Map<string, ReleaseSecret[]>()
      slots.set(secret.slot, slot)
      const own = slot.get(name)
      if (!own) slot.set(name, [secret])
      else if (!own.some(({ digest }) => digest === secret.digest)) own.push(secret)
    }
  }
  const all = [...slots.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, slot]) => [...slot].map(([unit, secrets]): UnitSecrets => ({ unit, secrets })))
  const [lonely, shared] = [all.filter((slot) => slot.length === 1), all.filter((slot) => slot.length > 1)]
  return [...shared, ...movedOf(lonely)]
}

/** Secrets that each unit has elsewhere: put together by their digests. */
function movedOf(lonely: readonly (readonly UnitSecrets[])[]): readonly (readonly UnitSecrets[])[] {
  const byDigest = Map.groupBy(lonely, (slot) => {
    const first = slot[0]?.secrets[0]
    return `${first?.kind} ${first?.digest}`
  })
  return [...byDigest.values()].flatMap((slots) => {
    const units = slots.flat()
    return new Set(units.map(({ unit }) => unit)).size === units.length ? [units] : slots
  })
}
