import type { MapOut, Place, ReduceOut } from '../../contract.ts'
import type { PartFact } from '../mechanism/facts.ts'

type Given = Omit<PartFact, 'client' | 'polarity'> & Partial<Pick<PartFact, 'client' | 'polarity'>>

/** States a part: neutral, and of the device as a whole, unless more is said. */
export function give(out: MapOut | ReduceOut, place: Place, given: Given): void {
  out.fact('update.part', place, { client: undefined, polarity: 'neutral', ...given })
}
