import type { Edition } from '@messlatte/model'
import type { CatalogueRule } from '../rules.ts'
import { EN303645_2020 } from './en303645-2020/index.ts'
import { EN303645_V3 } from './en303645-v3/index.ts'

/** All catalogues that can be assessed against; one explicit line each. */
export const CATALOGUES: Readonly<Record<Edition, CatalogueRule>> = {
  'en303645-2020': EN303645_2020,
  'en303645-v3.1.3': EN303645_V3,
}

/** The name under which a user asks for an edition alone, without any market's rule over it. */
export const BASELINES = {
  'baseline-2020': EN303645_2020,
  'baseline-v3': EN303645_V3,
} as const satisfies Readonly<Record<string, CatalogueRule>>
