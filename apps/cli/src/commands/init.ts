import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newProject } from '@messlatte/exchange'
import type { Language } from '@messlatte/model'
import { CliError, cannotBeWritten } from '../errors.ts'
import { readRules } from '../rules.ts'

export interface InitFlags {
  readonly profile: string
  readonly lang: Language
}

/** Makes a project folder in which everything is asked and nothing answered; never writes over anything. */
export function initCommand(folder: string, flags: InitFlags): number {
  const { catalogue } = readRules(flags.profile)
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CliError('not-writable', {
      en: `${folder}: is not empty; name a new folder`,
      de: `${folder}: ist nicht leer; einen neuen Ordner nennen`,
    })
  const profiles = flags.profile.split(',').map((name) => name.trim())
  try {
    for (const name of ['documents', 'results']) mkdirSync(join(folder, name), { recursive: true })
    for (const [name, text] of Object.entries(newProject(catalogue.edition, profiles, flags.lang)))
      writeFileSync(join(folder, name), text, { flag: 'wx' })
  } catch (cause) {
    throw new CliError('not-writable', cannotBeWritten(folder), cause)
  }
  process.stdout.write(`${join(folder, 'README.md')}\n`)
  return 0
}
