import type { Command } from 'commander'
import type { VerifyPackFlags } from '../commands/pack.ts'
import { collect, type End, language } from './options.ts'

/** `messlatte verify-pack`: what it takes. */
export function addVerifyPack(parent: Command, end: End): void {
  parent
    .command('verify-pack')
    .description('verify an evidence pack offline, and say who signed it as far as that is known')
    .argument('<PACK>', 'what messlatte pack wrote')
    .option('--trust <FILE>', 'public key or certificate that you trust, repeatable', collect, [])
    .option('-o, --output <FILE>', 'write the result that is in it (- for standard output)')
    .option('--json', 'as JSON', false)
    .addOption(language())
    .addHelpText(
      'after',
      `
Exit codes: 0 signed by a key that you trust, 1 whole but by a key that you do not, 2 no pack, or changed.

Examples:
  messlatte verify-pack fw.pack.json --trust maker.pub
  messlatte verify-pack fw.pack.json --trust maker.pub -o maker-result.json`,
    )
    .action(async (path: string, flags: VerifyPackFlags) => {
      const { verifyPackCommand } = await import('../commands/pack.ts')
      end(await verifyPackCommand(path, flags))
    })
}
