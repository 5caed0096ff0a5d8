import { type Command, Option } from 'commander'
import type { ClaimsExportFlags, ClaimsImportFlags } from '../commands/claims.ts'
import type { ClaimsCheckFlags } from '../commands/claims-check.ts'
import { type End, language } from './options.ts'

const edition = () =>
  new Option('--edition <EDITION>', 'where the files do not tell it').choices([
    'en303645-2020',
    'en303645-v3.1.3',
  ])

/** `messlatte claims import` and `export`: what they take. */
export function addClaims(parent: Command, end: End): void {
  const claims = parent
    .command('claims')
    .description('ICS and IXIT tables and self-assessments of suppliers, in and out')

  claims
    .command('import')
    .description(
      'take claims into a project folder; a mistake is told with its sheet, row and cell, or file and line',
    )
    .argument('<PATH...>', "the laboratories' workbook (.xlsx), Markdown, JSON, or folders with them")
    .requiredOption('--into <DIR>', 'what messlatte init made')
    .addOption(edition())
    .option('--dry-run', 'say what would change, and write nothing', false)
    .addOption(language())
    .addHelpText(
      'after',
      `
Markdown is known by its first heading: "# IXIT 20-SecBoot", "# ICS" or "# Test group 5.7-1". What the files say takes the
place of what the folder said, row by row and table by table. With a mistake anywhere nothing is taken over.
Workbooks are read in a sandbox.

Examples:
  messlatte claims import ICS-IXIT.xlsx --into conformity
  messlatte claims import cra/303645 --into conformity --dry-run`,
    )
    .action(async (paths: readonly string[], flags: ClaimsImportFlags) => {
      const { claimsImportCommand } = await import('../commands/claims.ts')
      end(claimsImportCommand(paths, flags))
    })

  claims
    .command('check')
    .description('say what does not hold together in claims by themselves, without a project folder')
    .argument('<PATH...>', "the laboratories' workbook (.xlsx), Markdown, JSON, or folders with them")
    .addOption(edition())
    .option('--json <FILE>', 'as JSON, texts in both languages (- for standard output)')
    .addOption(language())
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing found, 1 something found (in papers: it says nothing about the product), 2 not readable.

Examples:
  messlatte claims check ICS-IXIT.xlsx
  messlatte claims check cra/303645 --lang de`,
    )
    .action(async (paths: readonly string[], flags: ClaimsCheckFlags) => {
      const { claimsCheckCommand } = await import('../commands/claims-check.ts')
      end(claimsCheckCommand(paths, flags))
    })

  claims
    .command('export')
    .description("write claims as the laboratories' workbook, Markdown or JSON")
    .argument('<PATH...>', 'a project folder, or files with claims')
    .option('--xlsx <FILE>', 'as a workbook (- for standard output)')
    .option('--markdown <DIR>', 'as Markdown, one file for each table, in a new folder')
    .option('--json <FILE>', 'as one JSON file (- for standard output)')
    .addOption(edition())
    .addHelpText(
      'after',
      `
Examples:
  messlatte claims export conformity --xlsx ICS-IXIT.xlsx
  messlatte claims export ICS-IXIT.xlsx --markdown cra`,
    )
    .action(async (paths: readonly string[], flags: ClaimsExportFlags) => {
      const { claimsExportCommand } = await import('../commands/claims.ts')
      end(claimsExportCommand(paths, flags))
    })
}
