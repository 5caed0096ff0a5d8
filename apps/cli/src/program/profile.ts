import type { Command } from 'commander'
import type { ProfileDiffFlags } from '../commands/profile-diff.ts'
import { type End, language } from './options.ts'

/** `messlatte profile`: what it takes. */
export function addProfile(parent: Command, end: End): void {
  const profile = parent.command('profile').description('profiles of markets and editions of the standard')
  profile
    .command('diff')
    .description('what differs between two of them, and whom it hits')
    .argument('<A>', 'a profile, a file with one, baseline-2020 or baseline-v3')
    .argument('<B>', 'what A is compared with: what changes for those who are assessed under B instead')
    .option('--json', 'as JSON, with texts in both languages', false)
    .addOption(language())
    .action(async (a: string, b: string, flags: ProfileDiffFlags) => {
      const { profileDiffCommand } = await import('../commands/profile-diff.ts')
      end(await profileDiffCommand(a, b, flags))
    })
}
