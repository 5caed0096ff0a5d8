import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type ClaimOrigins,
  NO_ORIGINS,
  projectClaimFiles,
  readDutFile,
  readIcsFile,
  readIxitFile,
  readOriginsFile,
  readSelfAssessmentFile,
  writeOriginsFile,
} from '@messlatte/exchange'
import type { ClaimSet, Language } from '@messlatte/model'
import { CliError, cannotBeWritten } from '../errors.ts'
import { readTextFile, refuseProblems } from '../text-file.ts'

const MOST_FILE = 16 * 1024 * 1024
const ORIGINS = 'origins.json'

/** The claims of a project folder. Folders from before there were `dut.json` and `self-assessment.json` have neither. */
export function readProjectClaims(folder: string): ClaimSet {
  const read = <Value>(name: string, reader: (name: string, text: string) => Value): Value => {
    const path = join(folder, name)
    return refuseProblems(() => reader(path, readTextFile(path, MOST_FILE)))
  }
  const optional = <Value>(
    name: string,
    none: Value,
    reader: (name: string, text: string) => Value,
  ): Value => (existsSync(join(folder, name)) ? read(name, reader) : none)
  const { edition, claims } = read('ics.json', readIcsFile)
  return {
    edition,
    ics: claims,
    tables: read('ixit.json', readIxitFile),
    ...optional('dut.json', { identification: [], securityContext: '', conditions: [] }, readDutFile),
    ...optional('self-assessment.json', { groups: [], summaries: [] }, (name, text) =>
      readSelfAssessmentFile(name, text, edition),
    ),
  }
}

/** Where the claims of a project folder stood in the files from which they were imported, as far as they are still the same. */
export function readProjectOrigins(folder: string, claims: ClaimSet): ClaimOrigins {
  const path = join(folder, ORIGINS)
  if (!existsSync(path)) return NO_ORIGINS
  return refuseProblems(() => readOriginsFile(path, readTextFile(path, MOST_FILE), claims))
}

/** @throws CliError */
export function writeProjectClaims(
  folder: string,
  claims: ClaimSet,
  origins: ClaimOrigins,
  language: Language,
): void {
  const files = { ...projectClaimFiles(claims, language), [ORIGINS]: writeOriginsFile(claims, origins) }
  for (const [name, text] of Object.entries(files)) {
    try {
      writeFileSync(join(folder, name), text)
    } catch (cause) {
      throw new CliError('not-writable', cannotBeWritten(join(folder, name)), cause)
    }
  }
}
