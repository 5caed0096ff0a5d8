import type { Command } from 'commander'
import type { IndexAddFlags, IndexListFlags } from '../commands/index-of-secrets.ts'
import { addLimits, type End, language } from './options.ts'

/** `messlatte index`: what it takes. */
export function addIndex(parent: Command, end: End): void {
  const index = parent
    .command('index')
    .description('keep keyed fingerprints of secrets on this machine, to find one secret in two products')
  const indexAdd = index
    .command('add')
    .description('read releases, and keep fingerprints of their secrets; never the secrets')
    .argument('<image...>', 'each a release of its own: a file, a directory, a zip')
    .option('--name <PRODUCT>', 'the product that they are of (default: the base name of each)')
    .option('--guesses <N>', 'work to spend on passwords in each file, counted in tries of md5crypt', '20000')
    .addOption(language())
    .option('--quiet', 'no lines and no progress', false)
  addLimits(indexAdd)
    .addHelpText(
      'after',
      `
It lies in $XDG_DATA_HOME/messlatte (else ~/.local/share/messlatte), readable by you alone; nothing leaves this machine.

Examples:
  messlatte index add camera-1.bin --name 'Camera 1'
  messlatte index add rootfs-a/ rootfs-b/
  messlatte check camera-2.bin --index --model 'Camera 2'`,
    )
    .action(async (paths: readonly string[], flags: IndexAddFlags) => {
      const { indexAddCommand } = await import('../commands/index-of-secrets.ts')
      end(await indexAddCommand(paths, flags))
    })
  index
    .command('list')
    .description('what is kept: products, days, files, counts')
    .option('--json', 'as JSON', false)
    .addOption(language())
    .action(async (flags: IndexListFlags) => {
      const { indexListCommand } = await import('../commands/index-of-secrets.ts')
      end(await indexListCommand(flags))
    })
  index
    .command('remove')
    .description('take a product out, or the releases with a file of this SHA-256')
    .argument('<PRODUCT|SHA256>')
    .action(async (what: string) => {
      const { indexRemoveCommand } = await import('../commands/index-of-secrets.ts')
      end(await indexRemoveCommand(what))
    })
  index
    .command('forget')
    .description('delete all fingerprints and their key')
    .option('--yes', 'really', false)
    .action(async (flags: { readonly yes?: boolean }) => {
      const { indexForgetCommand } = await import('../commands/index-of-secrets.ts')
      end(await indexForgetCommand(flags))
    })
}
