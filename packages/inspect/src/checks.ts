import type { Check } from './contract.ts'
import { CREDENTIALS_CHECKS } from './credentials/index.ts'

/** Every check; the order is that of the reports. */
export const CHECKS: readonly Check[] = [...CREDENTIALS_CHECKS]
