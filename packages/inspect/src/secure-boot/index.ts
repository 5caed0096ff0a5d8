import type { Check } from '../contract.ts'
import { ahabCheck } from './ahab/index.ts'
import { avbCheck } from './avb/index.ts'
import { chainCheck } from './chain/index.ts'
import { espCheck } from './esp/index.ts'
import { fipCheck } from './fip/index.ts'
import { fitCheck } from './fit/index.ts'
import { fsVerityCheck } from './fs-verity/index.ts'
import { fusesCheck } from './fuses/index.ts'
import { habCheck } from './hab/index.ts'
import { linuxCommandLineCheck } from './linux-command-line/index.ts'
import { linuxConfigCheck } from './linux-config/index.ts'
import { linuxIntegrityCheck } from './linux-integrity/index.ts'
import { linuxModulesCheck } from './linux-modules/index.ts'
import { mcubootCheck } from './mcuboot/index.ts'
import { nordicCheck } from './nordic/index.ts'
import { nxpMbiCheck } from './nxp-mbi/index.ts'
import { opteeCheck } from './optee/index.ts'
import { otherHeadersCheck } from './other-headers/index.ts'
import { raspberryPiCheck } from './raspberry-pi/index.ts'
import { rockchipCheck } from './rockchip/index.ts'
import { silabsCheck } from './silabs/index.ts'
import { stm32Check } from './stm32/index.ts'
import { sunxiCheck } from './sunxi/index.ts'
import { tiK3Check } from './ti-k3/index.ts'
import { uBootCheck } from './u-boot/index.ts'
import { uefiCheck } from './uefi/index.ts'
import { uefiCapsuleCheck } from './uefi-capsule/index.ts'
import { uefiKeysCheck } from './uefi-keys/index.ts'
import { uefiSbatCheck } from './uefi-sbat/index.ts'
import { uimageCheck } from './uimage/index.ts'
import { verityCheck } from './verity/index.ts'

/** The checks of secure boot, in the order of the reports. */
export const SECURE_BOOT_CHECKS: readonly Check[] = [
  chainCheck,
  fusesCheck,
  fitCheck,
  espCheck,
  mcubootCheck,
  uimageCheck,
  avbCheck,
  verityCheck,
  fsVerityCheck,
  linuxConfigCheck,
  linuxCommandLineCheck,
  linuxModulesCheck,
  linuxIntegrityCheck,
  uBootCheck,
  uefiKeysCheck,
  uefiCheck,
  uefiCapsuleCheck,
  uefiSbatCheck,
  nordicCheck,
  silabsCheck,
  stm32Check,
  habCheck,
  ahabCheck,
  nxpMbiCheck,
  opteeCheck,
  fipCheck,
  rockchipCheck,
  sunxiCheck,
  raspberryPiCheck,
  tiK3Check,
  otherHeadersCheck,
]
