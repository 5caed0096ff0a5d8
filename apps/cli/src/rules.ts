import {
  BASELINES,
  CATALOGUES,
  type CatalogueRule,
  PROFILE_IDS,
  PROFILES,
  type ProfileRule,
} from '@messlatte/conformity'
import type { Edition } from '@messlatte/model'
import { CliError } from './errors.ts'
import { readProfile } from './profile-file.ts'

export interface Rules {
  readonly catalogue: CatalogueRule
  readonly profiles: readonly ProfileRule[]
}

/**
 * The rules that `--profile` names, separated by commas: profiles of markets, files of users, and editions alone.
 * All of one call stand over one edition, since one assessment is over one catalogue.
 */
export function readRules(text: string, named = `--profile ${text}`): Rules {
  const names = [...new Set(text.split(',').map((name) => name.trim()))]
  const choices = names.map((name) => choicesFor(name, named))
  const edition = EDITIONS.find((one) => choices.every((rules) => rules.some((rule) => rule.edition === one)))
  if (edition === undefined)
    throw new CliError('bad-option', {
      en: `${named}: these stand over different editions of the standard; run once for each`,
      de: `${named}: diese stehen über verschiedenen Ausgaben der Norm; je einmal aufrufen`,
    })
  const profiles = choices.flatMap((rules) => rules.find((rule) => rule.edition === edition)?.profile ?? [])
  const twice = profiles.find(({ id }, at) => profiles.findIndex((one) => one.id === id) !== at)
  if (twice)
    throw new CliError('bad-option', {
      en: `${named}: two of these call themselves ${twice.id}`,
      de: `${named}: zwei davon nennen sich ${twice.id}`,
    })
  return { catalogue: CATALOGUES[edition], profiles }
}

/** Where several would do, the one that most laws and the reported rule name. */
const EDITIONS: readonly Edition[] = ['en303645-2020', 'en303645-v3.1.3']

interface Choice {
  readonly edition: Edition
  readonly profile?: ProfileRule
}

/** What a name may stand for: an edition, a profile of ours over one or two editions, or a file of the user. */
function choicesFor(name: string, named: string): readonly Choice[] {
  if (/[./\\]/.test(name)) {
    const profile = readProfile(name)
    return [{ edition: profile.edition, profile }]
  }
  const baseline = Object.entries(BASELINES).find(([id]) => id === name)
  if (baseline) return [{ edition: baseline[1].edition }]
  const profiles = PROFILES.filter(({ id }) => id === name)
  if (profiles.length === 0)
    throw new CliError('bad-option', {
      en: `${named}: there is no profile "${name}"; there are ${[...PROFILE_IDS, ...Object.keys(BASELINES)].join(', ')}, and files that end in .json`,
      de: `${named}: es gibt kein Profil „${name}“; es gibt ${[...PROFILE_IDS, ...Object.keys(BASELINES)].join(', ')} und Dateien, die auf .json enden`,
    })
  return profiles.map((profile) => ({ edition: profile.edition, profile }))
}
