import { checkClaims, effectiveClaims } from '@messlatte/conformity'
import { problemText, withOrigins } from '@messlatte/exchange'
import type { Edition, Language } from '@messlatte/model'
import { renderClaims } from '@messlatte/report'
import { readClaims } from '../claims/read.ts'
import { CliError } from '../errors.ts'
import { output } from '../output.ts'
import { terminalOptions } from '../terminal.ts'

export interface ClaimsCheckFlags {
  readonly edition?: Edition
  readonly json?: string
  readonly lang: Language
}

/** Says what does not hold together in claims, without a project folder; the exit code is 1 where there is anything. */
export function claimsCheckCommand(paths: readonly string[], flags: ClaimsCheckFlags): number {
  const { claims, problems, files, origins } = readClaims(paths, flags.edition ?? null)
  for (const problem of problems) process.stderr.write(`messlatte: ${problemText(problem, flags.lang)}\n`)
  if (!claims)
    throw new CliError('bad-file', {
      en: `${problems.length} to mend before the claims can be checked`,
      de: `${problems.length} zu beheben, bevor die Angaben geprüft werden können`,
    })
  const findings = withOrigins(checkClaims(claims, { traits: {} }), origins)
  const effective = effectiveClaims(claims, claims.edition)
  if (flags.json !== undefined)
    output(
      flags.json,
      `${JSON.stringify({ edition: claims.edition, files, claims: effective, findings }, null, 2)}\n`,
    )
  if (flags.json !== '-')
    process.stdout.write(
      renderClaims(
        { edition: claims.edition, files: files.length, claims: effective, findings },
        terminalOptions(flags.lang),
      ),
    )
  return findings.length > 0 ? 1 : 0
}
