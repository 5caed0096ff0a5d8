import type { Check } from '../contract.ts'
import { packagesCheck } from './packages/index.ts'
import { programsCheck } from './programs/index.ts'

export const COMPONENTS_CHECKS: readonly Check[] = [packagesCheck, programsCheck]
