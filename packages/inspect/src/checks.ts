import { COMPONENTS_CHECKS } from './components/index.ts'
import type { Check } from './contract.ts'
import { CREDENTIALS_CHECKS } from './credentials/index.ts'
import { SCOPE_CHECKS } from './scope/index.ts'
import { SECURE_BOOT_CHECKS } from './secure-boot/index.ts'
import { SERVICES_CHECKS } from './services/index.ts'
import { UPDATE_CHECKS } from './update/index.ts'

/** Every check; the order is that of the reports. */
export const CHECKS: readonly Check[] = [
  ...SECURE_BOOT_CHECKS,
  ...CREDENTIALS_CHECKS,
  ...UPDATE_CHECKS,
  ...SERVICES_CHECKS,
  ...SCOPE_CHECKS,
  ...COMPONENTS_CHECKS,
]
