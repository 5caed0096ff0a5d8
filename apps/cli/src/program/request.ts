import type { Command } from 'commander'
import type { RequestFlags } from '../commands/request.ts'
import { type End, language } from './options.ts'
import { addPortfolio } from './plan.ts'

/** `messlatte request`: what it takes. */
export function addRequest(parent: Command, end: End): void {
  const request = parent
    .command('request')
    .description(
      'what is missing from a supplier: each line with what would close it; and taking the answers over',
    )
    .argument('<FILE>', 'the portfolio, as for plan')
    .option('--supplier <NAME>', 'what this supplier is to hand in, for all products that carry its modules')
    .option('--product <ID>', 'only for this article number or model')
  addPortfolio(request)
    .option('--docx <FILE>', 'write the request to edit and send')
    .option('--pdf <FILE>', 'write the request as PDF')
    .option('--xlsx <FILE>', 'write the workbook that is filled in and comes back')
    .option('--json <FILE>', 'write it as JSON, texts in both languages (- for standard output)')
    .option(
      '--returned <PATH>',
      'take over what came back: the workbook, or a folder with it and with files (into --results)',
    )
    .addOption(language())
    .addHelpText(
      'after',
      `
Exit codes: 0 written, or all was answered and shown; 1 something is still missing (--returned); 2 could not be done.

Examples:
  messlatte request portfolio.csv --supplier 'Example Modules' --results results/
  messlatte request portfolio.csv --supplier 'Example Modules' --results results/ --docx request.docx --xlsx request.xlsx --lang de
  messlatte request portfolio.csv --product BH-0007 --json - | jq '.[].lines[].id'
  messlatte request portfolio.csv --supplier 'Example Modules' --results results/ --returned answers/`,
    )
    .action(async (path: string, flags: RequestFlags) => {
      const { requestCommand } = await import('../commands/request.ts')
      end(await requestCommand(path, flags))
    })
}
