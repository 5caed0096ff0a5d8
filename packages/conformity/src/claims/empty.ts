import type { ClaimSet } from '@messlatte/model'

/** What a set of claims holds that claims nothing, whatever its edition. */
export const EMPTY_CLAIMS: Omit<ClaimSet, 'edition'> = {
  identification: [],
  securityContext: '',
  conditions: [],
  ics: [],
  tables: {},
  groups: [],
  summaries: [],
}
