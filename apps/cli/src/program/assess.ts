import type { Command } from 'commander'
import type { AssessFlags } from '../commands/assess.ts'
import { asOf, type End, failOn, language } from './options.ts'

/** `messlatte assess`: what it takes. */
export function addAssess(parent: Command, end: End): void {
  parent
    .command('assess')
    .description('evaluate a project folder: evidence of stored results, claims, documents and decisions')
    .argument('<DIR>', 'what messlatte init made')
    .option('--profile <ID[,ID]>', 'other rules than those of project.json')
    .addOption(asOf())
    .addOption(failOn())
    .option('--json <FILE>', 'write it as JSON, texts in both languages (- for standard output)')
    .option(
      '--sarif <FILE>',
      'write findings in evidence, claims and documents as SARIF 2.1.0, for code hosts and editors',
    )
    .option('--junit <FILE>', 'write the verdicts as JUnit XML, for CI servers')
    .option(
      '--cyclonedx <FILE>',
      'write the claims as CycloneDX 1.6 attestations, with evidence and counter-evidence',
    )
    .option('--xlsx <FILE>', 'write verdicts, test plan and requirements as a workbook')
    .addOption(language())
    .option('--quiet', 'no report on the terminal', false)
    .addHelpText(
      'after',
      `
Exit codes: as those of check.

Examples:
  messlatte check fw.bin --json conformity/results/1.2.0.json
  messlatte assess conformity
  messlatte assess conformity --as-of 2027-01-02 --json - | jq '.assessment.counts'`,
    )
    .action(async (folder: string, flags: AssessFlags) => {
      const { assessCommand } = await import('../commands/assess.ts')
      end(await assessCommand(folder, flags))
    })
}
