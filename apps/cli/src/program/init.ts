import type { Command } from 'commander'
import type { InitFlags } from '../commands/init.ts'
import { type End, language } from './options.ts'

/** `messlatte init`: what it takes. */
export function addInit(parent: Command, end: End): void {
  parent
    .command('init')
    .description('make a project folder: product, ICS and IXIT tables, documents, decisions, results')
    .argument('<DIR>', 'a new or empty folder, such as conformity/')
    .option('--profile <ID[,ID]>', 'rules that it will be assessed under', 'de-2027')
    .addOption(language())
    .addHelpText(
      'after',
      `
Examples:
  messlatte init conformity
  messlatte init conformity --profile baseline-v3 --lang de`,
    )
    .action(async (folder: string, flags: InitFlags) => {
      const { initCommand } = await import('../commands/init.ts')
      end(await initCommand(folder, flags))
    })
}
