import { writeJunit, writeProjectXlsx } from '@messlatte/exchange'
import type { CheckOptions, Language } from '@messlatte/model'
import { renderProject } from '@messlatte/report'
import { attestations } from '../attestations.ts'
import { exitCode } from '../exit-code.ts'
import { parseDay } from '../options.ts'
import { output } from '../output.ts'
import { assessProject } from '../project.ts'
import { projectJson } from '../project-json.ts'
import { projectSarif } from '../project-sarif.ts'
import { terminalOptions } from '../terminal.ts'

export interface AssessFlags {
  readonly profile?: string
  readonly asOf?: string
  readonly failOn: CheckOptions['failOn']
  readonly json?: string
  readonly sarif?: string
  readonly junit?: string
  readonly xlsx?: string
  readonly cyclonedx?: string
  readonly lang: Language
  readonly quiet: boolean
}

/** Evaluates a project folder: evidence, claims, documents and decisions; the exit code is the verdict's, as that of `check`. */
export function assessCommand(folder: string, flags: AssessFlags): number {
  const asOf = flags.asOf === undefined ? undefined : parseDay('--as-of', flags.asOf)
  const project = assessProject(folder, asOf, flags.profile)
  if (flags.json !== undefined) output(flags.json, projectJson(project))
  if (flags.sarif !== undefined) output(flags.sarif, projectSarif(folder, project, flags.lang))
  if (flags.junit !== undefined) output(flags.junit, writeJunit(project.assessment, flags.lang))
  if (flags.xlsx !== undefined) output(flags.xlsx, writeProjectXlsx(project, flags.lang))
  if (flags.cyclonedx !== undefined) output(flags.cyclonedx, attestations(project, flags.lang))
  const piped = [flags.json, flags.sarif, flags.junit, flags.xlsx, flags.cyclonedx].includes('-')
  if (!flags.quiet && !piped)
    process.stdout.write(
      renderProject({ ...project, product: project.file.product }, terminalOptions(flags.lang)),
    )
  const { assessment } = project
  const options = { failOn: flags.failOn, profiles: assessment.profiles.map(({ id }) => id) }
  return exitCode(options, assessment.provisions, assessment.requirements)
}
