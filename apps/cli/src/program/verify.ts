import type { Command } from 'commander'
import type { VerifyFlags } from '../commands/verify.ts'
import { collect, type End, language } from './options.ts'

/** `messlatte verify`: what it takes. */
export function addVerify(parent: Command, end: End): void {
  parent
    .command('verify')
    .description(
      'verify a bundle offline: every file against its signed manifest, and who signed as far as that is known',
    )
    .argument('<FILE>', 'what messlatte bundle or messlatte pack wrote')
    .option('--trust <FILE>', 'public key or certificate that you trust, repeatable', collect, [])
    .option('--json', 'as JSON', false)
    .addOption(language())
    .addHelpText(
      'after',
      `
Exit codes: 0 signed by a key that you trust, 1 whole but by a key that you do not, 2 refused: changed, hostile, or no bundle.

Examples:
  messlatte verify gateway-1.2.0.zip
  messlatte verify gateway-1.2.0.zip --trust maker.pub --json`,
    )
    .action(async (path: string, flags: VerifyFlags) => {
      const { verifyCommand } = await import('../commands/verify.ts')
      end(await verifyCommand(path, flags))
    })
}
