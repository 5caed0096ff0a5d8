import type { ProfileId } from '@messlatte/model'
import type { ProfileRule } from '../rules.ts'
import { DE_2027 } from './de-2027/index.ts'

/** All profiles; one explicit line each. */
export const PROFILES: Readonly<Record<ProfileId, ProfileRule>> = {
  'de-2027': DE_2027,
}
