import type { ProfileId } from '@messlatte/model'
import type { ProfileRule } from '../rules.ts'
import { BSI_LABEL } from './bsi-label/index.ts'
import { DE_2027 } from './de-2027/index.ts'
import { EU_CRA_2027 } from './eu-cra-2027/index.ts'
import { EU_RED_2025 } from './eu-red-2025/index.ts'
import { UK_PSTI } from './uk-psti/index.ts'

/** All profiles; one explicit line each. One that stands over two editions is there for each, under one id. */
export const PROFILES: readonly ProfileRule[] = [DE_2027, ...EU_RED_2025, ...EU_CRA_2027, UK_PSTI, BSI_LABEL]

/** Ids, each once, in the order of the list. */
export const PROFILE_IDS: readonly ProfileId[] = [...new Set(PROFILES.map(({ id }) => id))]
