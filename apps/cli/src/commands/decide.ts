import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Decision } from '@messlatte/model'
import { CliError } from '../errors.ts'
import { parseDay, today } from '../options.ts'
import { assessProject } from '../project.ts'

export interface DecideFlags {
  readonly rule: string
  readonly verdict: Decision['verdict']
  readonly by: string
  readonly reason: string
  readonly until: string
  readonly on?: string
}

/** Adds a decision to a project folder, bound to the evidence that there is now; it takes none away. */
export function decideCommand(folder: string, provision: string, flags: DecideFlags): number {
  const on = flags.on === undefined ? today('UTC') : parseDay('--on', flags.on)
  const until = parseDay('--until', flags.until)
  if (until < on)
    throw new CliError('bad-option', `--until ${until}: lies before the day of the decision, ${on}`)
  for (const name of ['by', 'reason'] as const)
    if (flags[name].trim() === '') throw new CliError('bad-option', `--${name}: must not be empty`)
  const project = assessProject(folder, on, undefined)
  const { assessment } = project
  if (!assessment.provisions.some(({ id }) => id === provision))
    throw new CliError('bad-option', `${provision}: is no provision of ${assessment.catalogue.id}`)
  const rules = ['baseline', ...assessment.profiles.map(({ id }) => id)]
  if (!rules.includes(flags.rule))
    throw new CliError('bad-option', `--rule ${flags.rule}: must be one of ${rules.join(', ')}`)
  const decision: Decision = {
    id: randomUUID(),
    provision,
    rule: flags.rule,
    verdict: flags.verdict,
    by: flags.by,
    on,
    reason: flags.reason,
    until,
    evidence: project.evidenceOn(provision),
  }
  const path = join(folder, 'decisions.json')
  const before = JSON.parse(readFileSync(path, 'utf8')) as readonly unknown[]
  try {
    writeFileSync(path, `${JSON.stringify([...before, decision], null, 2)}\n`)
  } catch (cause) {
    throw new CliError('not-writable', `${path}: cannot be written`, cause)
  }
  process.stdout.write(`${decision.id}\n`)
  return 0
}
