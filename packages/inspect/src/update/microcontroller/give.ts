import type { PartData } from '@messlatte/model'
import type { MapOut, Place, ReduceOut } from '../../contract.ts'
import type { Client, PartFact } from '../mechanism/facts.ts'
import { FILE_SYSTEMS } from './device.ts'

type Given = Omit<PartFact, 'polarity' | 'client' | 'part'> & Partial<Pick<PartFact, 'polarity' | 'client'>>

/** States a part: neutral, and of the device as a whole, unless more is said. */
export function givePart(out: MapOut | ReduceOut, place: Place, part: PartData, given: Given): void {
  out.fact('update.part', place, {
    polarity: 'neutral',
    part,
    ...given,
    client: given.client ?? otherProcessor(place),
  })
}

/** Firmware in a file system is that of another processor, and answers no question about the system. */
function otherProcessor({ path, root }: Place): Client | undefined {
  if (!FILE_SYSTEMS.test(root)) return undefined
  const file = path.slice(root.length).replace(/@0x.*$/, '')
  return { id: `firmware:${file}`, title: { en: file, de: file } }
}
