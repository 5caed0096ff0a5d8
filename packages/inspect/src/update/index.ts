import type { Check } from '../contract.ts'
import { clientsCheck } from './clients/index.ts'

export const UPDATE_CHECKS: readonly Check[] = [clientsCheck]
