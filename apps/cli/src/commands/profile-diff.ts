import { diffRules, type RuleSet } from '@messlatte/conformity'
import type { Language } from '@messlatte/model'
import { renderDiff } from '@messlatte/report'
import { CliError } from '../errors.ts'
import { readRules } from '../rules.ts'
import { terminalOptions } from '../terminal.ts'

export interface ProfileDiffFlags {
  readonly json: boolean
  readonly lang: Language
}

/** What differs between two profiles or editions; the exit code says nothing about how much. */
export function profileDiffCommand(a: string, b: string, flags: ProfileDiffFlags): number {
  const sides = [ruleSet(a), ruleSet(b)] as const
  const differences = diffRules(...sides)
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ from: sides[0].id, to: sides[1].id, differences }, null, 2)}\n`
      : renderDiff(sides, differences, terminalOptions(flags.lang)),
  )
  return 0
}

function ruleSet(id: string): RuleSet {
  if (id.includes(','))
    throw new CliError('bad-option', {
      en: `${id}: name one profile or edition on each side`,
      de: `${id}: auf jeder Seite ein Profil oder eine Ausgabe nennen`,
    })
  const { catalogue, profiles } = readRules(id, id)
  const [profile] = profiles
  return { id, catalogue, ...(profile && { profile }) }
}
