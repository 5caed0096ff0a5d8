import type { MapOut, Place, ReduceOut } from '../../contract.ts'
import type { PartFact } from './facts.ts'

export type Given = Omit<PartFact, 'client' | 'polarity'> & Partial<Pick<PartFact, 'client' | 'polarity'>>

/** States a part: neutral, and of the device as a whole, unless more is said. */
export function giveNeutral(out: MapOut | ReduceOut, place: Place, given: Given): void {
  out.fact('update.part', place, { client: undefined, polarity: 'neutral', ...given })
}
