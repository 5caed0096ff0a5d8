import type { Check } from '../contract.ts'
import { flashLayoutCheck } from './flash-layout/index.ts'
import { opaqueCheck } from './opaque/index.ts'

export const SCOPE_CHECKS: readonly Check[] = [opaqueCheck, flashLayoutCheck]
