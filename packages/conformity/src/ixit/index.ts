import type { Edition } from '@messlatte/model'
import type { IxitTable } from './table.ts'
import { IXIT_V1 } from './v1.ts'
import { IXIT_V2 } from './v2.ts'

/** The IXIT tables by the edition whose test specification asks for them, in its order. */
export const IXIT_TABLES: Readonly<Record<Edition, readonly IxitTable[]>> = {
  'en303645-2020': IXIT_V1,
  'en303645-v3.1.3': IXIT_V2,
}

/** A table by number and name, whatever the case of its letters: `IXIT 20-SECBOOT` and `20-SecBoot` are one. */
export function ixitTable(edition: Edition, name: string): IxitTable | undefined {
  const wanted = name.replace(/^IXIT[\s-]*/i, '').toLowerCase()
  return IXIT_TABLES[edition].find((one) => one.name.toLowerCase() === wanted)
}
