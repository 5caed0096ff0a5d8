import type { Edition } from '@messlatte/model'
import type { CatalogueRule } from '../rules.ts'
import { EN303645_2020 } from './en303645-2020/index.ts'

/** All catalogues that can be assessed against; one explicit line each. */
export const CATALOGUES = {
  'en303645-2020': EN303645_2020,
} as const satisfies Readonly<Partial<Record<Edition, CatalogueRule>>>
