import { type Command, Option } from 'commander'
import type { DecideFlags, WaiveFlags } from '../commands/decide.ts'
import { collect, type End } from './options.ts'

/** Who says it, why, and how long it holds. */
function addSignature(command: Command): Command {
  return command
    .requiredOption('--by <NAME>', 'the person who decided')
    .requiredOption('--reason <TEXT>', 'why')
    .requiredOption('--until <DATE>', 'last day on which it holds')
    .option('--on <DATE>', 'the day of the decision (default: today)')
    .option('--rule <ID>', 'baseline or a profile of the project', 'baseline')
}

/** `messlatte decide`: what it takes. */
export function addDecide(parent: Command, end: End): void {
  const decide = parent
    .command('decide')
    .description('record what an assessor decided, bound to the evidence that there is now')
    .argument('<DIR>', 'what messlatte init made')
    .argument(
      '<SUBJECT>',
      'a provision (5.4-1), a test case (5.4-1-1), a unit of it (5.4-1-1a), or what the rule asks (CCK-3)',
    )
    .addOption(
      new Option('--verdict <VERDICT>').choices(['pass', 'fail', 'inconclusive']).makeOptionMandatory(),
    )
  addSignature(decide)
    .option('--method <TEXT>', 'how it was found out')
    .option('--attach <ID>', 'a document of documents.json that it rests on, repeatable', collect, [])
    .addHelpText(
      'after',
      `
A pass beside evidence to the contrary is contested, never green; with other evidence, or another file as its attachment, the
decision lapses. Units make cases, and cases groups, by the rules of TS 103 701: a group passes where all of its cases do.

Examples:
  messlatte decide conformity 5.4-1 --verdict pass --by 'A. Example' --reason 'Report 12, test 3' --until 2027-11-30
  messlatte decide conformity 5.7-1-2a --verdict fail --by 'A. Example' --reason 'Flipped byte booted' --method 'esptool write_flash' --until 2027-06-30
  messlatte decide conformity CCK-3 --rule eu-red-2025 --verdict pass --by 'A. Example' --reason 'Report 7' --attach report-7 --until 2027-06-30`,
    )
    .action(async (folder: string, subject: string, flags: DecideFlags) => {
      const { decideCommand } = await import('../commands/decide.ts')
      end(await decideCommand(folder, subject, flags))
    })

  const waive = parent
    .command('waive')
    .description(
      'record that somebody accepts for a time what a rule does not: told beside the verdict, changing none',
    )
    .argument('<DIR>', 'what messlatte init made')
    .argument('<SUBJECT>', 'a provision (5.4-1), or what the rule asks (CCK-3)')
  addSignature(waive)
    .option('--model <NAME>', 'only this model')
    .option('--hardware <NAME>', 'only this hardware')
    .option('--firmware <VERSION>', 'only this firmware')
    .addHelpText(
      'after',
      `
Examples:
  messlatte waive conformity 5.3-13 --by 'A. Example' --reason 'Page goes live with the campaign' --until 2026-12-31 --firmware 1.17.3`,
    )
    .action(async (folder: string, subject: string, flags: WaiveFlags) => {
      const { waiveCommand } = await import('../commands/decide.ts')
      end(await waiveCommand(folder, subject, flags))
    })
}
