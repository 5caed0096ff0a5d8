import { explain, PROFILES, type ProfileRule } from '@messlatte/conformity'
import type { Language } from '@messlatte/model'
import { renderExplanations } from '@messlatte/report'
import { CliError } from '../errors.ts'
import { readProfile } from '../profile-file.ts'
import { loadProgram } from '../program-file.ts'
import { INSPECTION } from '../sandbox/files.ts'
import type * as Inspection from '../sandbox/inspection.ts'
import { terminalOptions } from '../terminal.ts'

export interface ExplainFlags {
  readonly profile: readonly string[]
  readonly json: boolean
  readonly lang: Language
}

/** Says what goes by a name, in our own words and with its sources; the exit code says whether anything does. */
export function explainCommand(subject: string, flags: ExplainFlags): number {
  const { CHECKS } = loadProgram<typeof Inspection>(INSPECTION.main).program
  const own: readonly ProfileRule[] = flags.profile.map(readProfile)
  const explanations = explain(subject, [...PROFILES, ...own])
  const named = CHECKS.filter(({ id }) => id === subject)
  if (explanations.length + named.length === 0)
    throw new CliError('bad-option', {
      en: `${subject}: nothing goes by this name; try a provision (5.7-1), a requirement (CCK-3), a test case (5.7-1-2), a profile (de-2027), a checklist (cra-article-19), a kind of evidence (account.password.weak), a finding in papers (claims.missing) or a check (credentials.accounts)`,
      de: `${subject}: so heißt nichts; versuchen Sie eine Anforderung (5.7-1 oder CCK-3), einen Prüffall (5.7-1-2), ein Profil (de-2027), eine Checkliste (cra-article-19), eine Art von Befund (account.password.weak), einen Befund in Unterlagen (claims.missing) oder eine Prüfung (credentials.accounts)`,
    })
  const checks = CHECKS.map(({ id, title, canShow, cannotShow, states }) => ({
    id,
    title,
    canShow,
    cannotShow,
    states,
  }))
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ subject, explanations, checks: checks.filter(({ id }) => id === subject) }, null, 2)}\n`
      : renderExplanations(
          explanations,
          { all: checks, named: checks.filter(({ id }) => id === subject) },
          terminalOptions(flags.lang),
        ),
  )
  return 0
}
