import { type Command, Option } from 'commander'
import type { LetterFlags } from '../commands/letter.ts'
import { collect, type End, language } from './options.ts'
import { addPortfolio } from './plan.ts'

/** `messlatte letter`: what it takes. */
export function addLetter(parent: Command, end: End): void {
  const letter = parent
    .command('letter')
    .description(
      'draft the status of a product or a tender: what is confirmed, what was reported, what is analysis',
    )
    .argument('<FILE>', 'the portfolio, as for plan')
    .addOption(
      new Option('--to <WHOM>', 'who reads it')
        .choices(['customer', 'channel', 'supplier'])
        .makeOptionMandatory(),
    )
    .option('--product <ID>', 'article number or model')
    .option('--tender <ID>', 'tender, contract or order')
    .option('--supplier <NAME>', 'with --to supplier, where several supply modules')
    .option(
      '--basis <SOURCE[,SOURCE]>',
      'sources to cite as law (messlatte sources); refused for what is not law',
    )
    .option('-o, --output <FILE>', 'where it goes: .docx or .pdf, repeatable', collect, [])
  addPortfolio(letter)
    .addOption(language())
    .addHelpText(
      'after',
      `
Exit codes: 0 written, 2 could not be done.

Examples:
  messlatte letter portfolio.csv --to customer --tender AU-1 --results results/ -o letter.docx --lang de
  messlatte letter portfolio.csv --to channel --product T12 -o letter.pdf
  messlatte letter portfolio.csv --to customer --product T12 --basis cra-2024-2847 -o letter.docx -o letter.pdf`,
    )
    .action(async (path: string, flags: LetterFlags) => {
      const { letterCommand } = await import('../commands/letter.ts')
      end(await letterCommand(path, flags))
    })
}
