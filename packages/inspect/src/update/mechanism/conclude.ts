import type { Facts, ReduceOut } from '../../contract.ts'
import { followBoots } from '../../services/boot/graph.ts'
import { knownSystem } from './absence.ts'
import { absentEvidence, noneEvidence, partEvidence } from './evidence.ts'
import { joinParts, systemOf, withoutRepeats } from './join.ts'
import { scheduledByName } from './schedules.ts'

const MOST_LISTED = 100

/** Joins what all checks found, states what they left to it, and says of which systems nothing was found. */
export function concludeMechanisms(facts: Facts, out: ReduceOut): void {
  const known = facts.of('update.part')
  const parts = withoutRepeats([...known, ...scheduledByName(facts, known)])
  for (const part of parts) if (part.data.evidence === undefined) out.evidence(partEvidence(part))
  for (const mechanism of joinParts(parts)) {
    const first = parts.find(({ place }) => place.path === mechanism.parts[0]?.path)
    if (first) out.fact('update.mechanism', first.place, mechanism)
  }
  // What belongs to the device as a whole (a sentence in a page, a watchdog) updates nothing.
  const updated = new Set(parts.flatMap(({ place, data }) => (data.client ? [systemOf(place)] : [])))
  const hasBootLoader = facts.of('boot.u-boot').length > 0
  for (const boot of followBoots(facts)) {
    const place = boot.services.find((one) => one.place)?.place
    if (!place || updated.has(systemOf(place))) continue
    const known = hasBootLoader ? undefined : knownSystem(boot)
    if (known) out.evidence(absentEvidence(known, systemOf(place)))
    else {
      const names = [...new Set(boot.services.map(({ name }) => name))].slice(0, MOST_LISTED)
      out.evidence(noneEvidence(place, systemOf(place), names))
    }
  }
  for (const { place, data } of facts.of('update.system'))
    if (!updated.has(systemOf(place))) out.evidence(noneEvidence(place, systemOf(place), [data.title.en]))
}
