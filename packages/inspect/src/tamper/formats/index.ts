import type { Bytes } from '@messlatte/bytes'
import type { Anatomist, Anatomy } from '../contract.ts'
import { gblAnatomy } from './gbl.ts'
import { mcubootAnatomy } from './mcuboot.ts'
import { menderAnatomy } from './mender.ts'
import { raucAnatomy } from './rauc.ts'
import { swuAnatomy } from './swu.ts'
import { sysupgradeAnatomy } from './sysupgrade.ts'
import { zigbeeAnatomy } from './zigbee.ts'

/** Kinds of update files whose parts are known here. */
export const ANATOMISTS: readonly Anatomist[] = [
  raucAnatomy,
  swuAnatomy,
  menderAnatomy,
  sysupgradeAnatomy,
  mcubootAnatomy,
  gblAnatomy,
  zigbeeAnatomy,
]

/** Undefined for files that nothing here knows the parts of. */
export function anatomyOf(bytes: Bytes): Anatomy | undefined {
  for (const anatomist of ANATOMISTS) {
    const anatomy = anatomist(bytes)
    if (anatomy) return anatomy
  }
  return undefined
}
