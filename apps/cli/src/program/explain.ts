import type { Command } from 'commander'
import type { ExplainFlags } from '../commands/explain.ts'
import { collect, type End, language } from './options.ts'

/** `messlatte explain`: what it takes. */
export function addExplain(parent: Command, end: End): void {
  parent
    .command('explain')
    .description(
      'what a provision, requirement, test case, profile, checklist, kind of evidence or check is about, with sources',
    )
    .argument('<SUBJECT>', '5.7-1, CCK-3, 5.7-1-2, de-2027, cra-article-19, account.password.weak …')
    .option('--profile <FILE>', 'a profile of your own that is looked into too, repeatable', collect, [])
    .option('--json', 'as JSON, with texts in both languages', false)
    .addOption(language())
    .addHelpText(
      'after',
      `
Examples:
  messlatte explain 5.7-1
  messlatte explain AUM-5-1 --lang de
  messlatte explain 'I(2)(c)'
  messlatte explain account.password.weak
  messlatte explain cra-article-19`,
    )
    .action(async (subject: string, flags: ExplainFlags) => {
      const { explainCommand } = await import('../commands/explain.ts')
      end(await explainCommand(subject, flags))
    })
}
