import type { Command } from 'commander'
import type { SourcesFlags } from '../commands/sources.ts'
import { type End, language } from './options.ts'

/** `messlatte sources`: what it takes. */
export function addSources(parent: Command, end: End): void {
  parent
    .command('sources')
    .description('list what the rules rest on: status, when last looked at, what would change it')
    .option('--as-of <DATE>', 'calendar day on which age counts (default: today in Berlin)')
    .option('--json', 'as JSON, with texts in both languages', false)
    .addOption(language())
    .action(async (flags: SourcesFlags) => {
      const { sourcesCommand } = await import('../commands/sources.ts')
      end(await sourcesCommand(flags))
    })
}
