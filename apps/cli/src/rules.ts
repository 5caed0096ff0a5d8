import { BASELINES, CATALOGUES, type CatalogueRule, PROFILES, type ProfileRule } from '@messlatte/conformity'
import { CliError } from './errors.ts'

export interface Rules {
  readonly catalogue: CatalogueRule
  readonly profiles: readonly ProfileRule[]
}

/**
 * The rules that `--profile` names, separated by commas: profiles of markets, and editions of the standard alone.
 * All of one call stand over one edition, since one assessment is over one catalogue.
 */
export function readRules(text: string, named = `--profile ${text}`): Rules {
  const ids = [...new Set(text.split(',').map((id) => id.trim()))]
  const profiles = ids.flatMap((id) => Object.values(PROFILES).find((one) => one.id === id) ?? [])
  const baselines = Object.entries(BASELINES).filter(([id]) => ids.includes(id))
  const known = [...Object.keys(PROFILES), ...Object.keys(BASELINES)]
  const stray = ids.find((id) => !known.includes(id))
  if (stray !== undefined)
    throw new CliError('bad-option', `${named}: there is no such profile; there are ${known.join(', ')}`)
  const [edition, ...others] = new Set([
    ...baselines.map(([, catalogue]) => catalogue.edition),
    ...profiles.map((profile) => profile.edition),
  ])
  if (edition === undefined || others.length > 0)
    throw new CliError(
      'bad-option',
      `${named}: these stand over different editions of the standard; run once for each`,
    )
  return { catalogue: CATALOGUES[edition], profiles }
}
