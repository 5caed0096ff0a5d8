import { PROFILE_IDS, type ProfileRule } from '@messlatte/conformity'
import { readProfileFile } from '@messlatte/exchange'
import { CliError } from './errors.ts'
import { readTextFile, refuseProblems } from './text-file.ts'

const MOST_PROFILE = 4 * 1024 * 1024

/** A profile that the user wrote; one that calls itself like one of ours would be taken for it in reports. */
export function readProfile(path: string): ProfileRule {
  const text = readTextFile(path, MOST_PROFILE)
  const profile = refuseProblems(() => readProfileFile(path, text))
  if (PROFILE_IDS.includes(profile.id))
    throw new CliError('bad-file', {
      en: `${path}: id: ${profile.id} is one of ours; give it a name of its own`,
      de: `${path}: id: ${profile.id} ist eines von unseren; einen eigenen Namen wählen`,
    })
  return profile
}
