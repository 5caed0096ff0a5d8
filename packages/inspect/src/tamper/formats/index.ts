import type { Bytes } from '@messlatte/bytes'
import { type Anatomist, type Anatomy, isOfReader } from '../contract.ts'
import { androidArchiveAnatomy } from './android-archive.ts'
import { apkAnatomy, apkV3Anatomy } from './apk.ts'
import { capsuleAnatomy } from './capsule.ts'
import { espAnatomy } from './esp.ts'
import { fitAnatomy } from './fit.ts'
import { gblAnatomy } from './gbl.ts'
import { inReleaseAnatomy } from './in-release.ts'
import { matterAnatomy } from './matter.ts'
import { mcubootAnatomy } from './mcuboot.ts'
import { menderAnatomy } from './mender.ts'
import { nordicAnatomy } from './nordic.ts'
import { payloadAnatomy } from './payload.ts'
import { raucAnatomy } from './rauc.ts'
import { suitAnatomy } from './suit.ts'
import { swuAnatomy } from './swu.ts'
import { sysupgradeAnatomy } from './sysupgrade.ts'
import { VENDOR_ANATOMISTS } from './vendor.ts'
import { zigbeeAnatomy } from './zigbee.ts'

/** Kinds of update files whose parts are known here; what stands at the end of a file is looked for last. */
export const ANATOMISTS: readonly Anatomist[] = [
  raucAnatomy,
  swuAnatomy,
  menderAnatomy,
  mcubootAnatomy,
  espAnatomy,
  gblAnatomy,
  zigbeeAnatomy,
  matterAnatomy,
  payloadAnatomy,
  nordicAnatomy,
  androidArchiveAnatomy,
  fitAnatomy,
  suitAnatomy,
  apkAnatomy,
  apkV3Anatomy,
  inReleaseAnatomy,
  capsuleAnatomy,
  sysupgradeAnatomy,
  ...VENDOR_ANATOMISTS,
]

/** Undefined for files that nothing here knows the parts of. */
export function anatomyOf(bytes: Bytes): Anatomy | undefined {
  for (const anatomist of ANATOMISTS) {
    try {
      const anatomy = anatomist(bytes)
      if (anatomy) return anatomy
    } catch (error) {
      if (!isOfReader(error)) throw error
    }
  }
  return undefined
}
