import type { Check } from '../contract.ts'
import { bootCheck } from './boot/index.ts'
import { debugCheck } from './debug/index.ts'
import { rtosCheck } from './rtos/index.ts'
import { shellsCheck } from './shells/index.ts'
import { webCheck } from './web/index.ts'

export const SERVICES_CHECKS: readonly Check[] = [shellsCheck, bootCheck, debugCheck, rtosCheck, webCheck]
