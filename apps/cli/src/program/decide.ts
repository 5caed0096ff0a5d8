import { type Command, Option } from 'commander'
import type { DecideFlags } from '../commands/decide.ts'
import type { End } from './options.ts'

/** `messlatte decide`: what it takes. */
export function addDecide(parent: Command, end: End): void {
  parent
    .command('decide')
    .description('record what an assessor decided, bound to the evidence that there is now')
    .argument('<DIR>', 'what messlatte init made')
    .argument('<PROVISION>', 'such as 5.4-1')
    .addOption(
      new Option('--verdict <VERDICT>').choices(['pass', 'fail', 'inconclusive']).makeOptionMandatory(),
    )
    .requiredOption('--by <NAME>', 'the person who decided')
    .requiredOption('--reason <TEXT>', 'why')
    .requiredOption('--until <DATE>', 'last day on which it holds')
    .option('--on <DATE>', 'the day of the decision (default: today)')
    .option('--rule <ID>', 'baseline or a profile of the project', 'baseline')
    .addHelpText(
      'after',
      `
A pass beside evidence to the contrary is contested, never green; with other evidence the decision lapses.

Examples:
  messlatte decide conformity 5.4-1 --verdict pass --by 'A. Example' --reason 'Report 12, test 3' --until 2027-11-30
  messlatte decide conformity 5.7-1 --rule de-2027 --verdict fail --by 'A. Example' --reason 'Flipped byte booted' --until 2027-06-30`,
    )
    .action(async (folder: string, provision: string, flags: DecideFlags) => {
      const { decideCommand } = await import('../commands/decide.ts')
      end(await decideCommand(folder, provision, flags))
    })
}
