import type { Command } from 'commander'
import type { PlanFlags } from '../commands/plan.ts'
import { asOf, collect, type End, language } from './options.ts'

/** What reading a portfolio takes, for every command that begins with one. */
export function addPortfolio(command: Command): Command {
  return command
    .option('--market <ID>', 'only supplies to this market; rows that name none are of it (without it: DE)')
    .option(
      '--role <ROLE>',
      'what you are in rows that say neither a role nor a kind of supply: maker, importer, distributor …',
    )
    .addOption(asOf())
    .option(
      '--results <DIR>',
      'results of check --json and conformity folders, found by release digest or version',
    )
    .option('--rule <FILE>', 'a further rule (.json), beside those that we bring, repeatable', collect, [])
}

/** `messlatte plan`: what it takes. */
export function addPlan(parent: Command, end: End): void {
  const plan = parent
    .command('plan')
    .description('which products may still be supplied, batch by batch, and what is missing from whom')
    .argument('[FILE]', 'the portfolio: CSV or XLSX with headers in English or German')
  addPortfolio(plan)
    .option('--template [FILE]', 'write an empty portfolio instead, .csv or .xlsx (standard output)')
    .option('--csv <FILE>', 'write the plan as CSV, a line for each row (- for standard output)')
    .option('--xlsx <FILE>', 'write the plan as a workbook')
    .option('--json <FILE>', 'write the plan as JSON (- for standard output)')
    .option('--html <FILE>', 'write the plan as one HTML file with the heat map (- for standard output)')
    .option('--errors <FILE>', 'write the rows that could not be read, with what is wrong, .csv or .xlsx')
    .addOption(language())
    .option('--quiet', 'no summary on the terminal', false)
    .addHelpText(
      'after',
      `
Exit codes: 0 every row was read and none is barred, 1 a row is barred or was left out, 2 could not be read or used wrongly.

Examples:
  messlatte plan --template portfolio.xlsx --lang de
  messlatte plan portfolio.csv --results results/
  messlatte plan portfolio.csv --market DE --as-of 2026-12-15 --html plan.html --xlsx plan.xlsx
  messlatte plan portfolio.csv --errors to-mend.csv --json - | jq '.counts'`,
    )
    .action(async (path: string | undefined, flags: PlanFlags) => {
      const { planCommand } = await import('../commands/plan.ts')
      end(planCommand(path, flags))
    })
}
