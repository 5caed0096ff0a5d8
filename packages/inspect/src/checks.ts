import type { Check } from './contract.ts'
import { CREDENTIALS_CHECKS } from './credentials/index.ts'
import { SECURE_BOOT_CHECKS } from './secure-boot/index.ts'

/** Every check; the order is that of the reports. */
export const CHECKS: readonly Check[] = [...SECURE_BOOT_CHECKS, ...CREDENTIALS_CHECKS]
