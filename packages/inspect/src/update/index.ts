import type { Check } from '../contract.ts'
import { anchorsCheck } from './anchors/index.ts'
import { apkCheck } from './apk/index.ts'
import { aptCheck } from './apt/index.ts'
import { awsIotCheck } from './aws-iot/index.ts'
import { azureCheck } from './azure/index.ts'
import { bootImageCheck } from './boot-image/index.ts'
import { casyncCheck } from './casync/index.ts'
import { chromeosCheck } from './chromeos/index.ts'
import { clientsCheck } from './clients/index.ts'
import { installCheck } from './install/index.ts'
import { lvfsCheck } from './lvfs/index.ts'
import { matterOtaCheck } from './matter-ota/index.ts'
import { mechanismCheck } from './mechanism/index.ts'
import { menderCheck } from './mender/index.ts'
import { microcontrollerCheck } from './microcontroller/index.ts'
import { notificationCheck } from './notification/index.ts'
import { opkgCheck } from './opkg/index.ts'
import { payloadCheck } from './payload/index.ts'
import { programsCheck } from './programs/index.ts'
import { raucCheck } from './rauc/index.ts'
import { reachCheck } from './reach/index.ts'
import { releaseFilesCheck } from './release-files/index.ts'
import { scriptsCheck } from './scripts/index.ts'
import { suitCheck } from './suit/index.ts'
import { swuCheck } from './swu/index.ts'
import { sysupgradeCheck } from './sysupgrade/index.ts'
import { tufCheck } from './tuf/index.ts'
import { vendorImageCheck } from './vendor-image/index.ts'
import { zigbeeOtaCheck } from './zigbee-ota/index.ts'

export const UPDATE_CHECKS: readonly Check[] = [
  anchorsCheck,
  apkCheck,
  aptCheck,
  awsIotCheck,
  azureCheck,
  bootImageCheck,
  casyncCheck,
  chromeosCheck,
  clientsCheck,
  lvfsCheck,
  matterOtaCheck,
  mechanismCheck,
  menderCheck,
  notificationCheck,
  opkgCheck,
  payloadCheck,
  raucCheck,
  releaseFilesCheck,
  scriptsCheck,
  suitCheck,
  swuCheck,
  sysupgradeCheck,
  tufCheck,
  vendorImageCheck,
  zigbeeOtaCheck,
  microcontrollerCheck,
  installCheck,
  programsCheck,
  reachCheck,
]
