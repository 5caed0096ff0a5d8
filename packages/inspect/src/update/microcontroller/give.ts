import type { PartData } from '@messlatte/model'
import type { MapOut, Place, ReduceOut } from '../../contract.ts'
import { FILE_SYSTEM } from '../file-systems.ts'
import type { Client } from '../mechanism/facts.ts'
import { type Given, giveNeutral } from '../mechanism/give.ts'

/** States a part: neutral, and of the device as a whole, unless more is said. */
export function givePart(
  out: MapOut | ReduceOut,
  place: Place,
  part: PartData,
  given: Omit<Given, 'part'>,
): void {
  giveNeutral(out, place, { ...given, part, client: given.client ?? otherProcessor(place) })
}

/** Firmware in a file system is that of another processor, and answers no question about the system. */
function otherProcessor({ path, root }: Place): Client | undefined {
  if (!FILE_SYSTEM.test(root)) return undefined
  const file = path.slice(root.length).replace(/@0x.*$/, '')
  return { id: `firmware:${file}`, title: { en: file, de: file } }
}
