import type { Command } from 'commander'
import type { PackFlags } from '../commands/pack.ts'
import type { End } from './options.ts'

/** `messlatte pack`: what it takes. */
export function addPack(parent: Command, end: End): void {
  parent
    .command('pack')
    .description('sign a stored result as an evidence pack, for whoever may not have the image')
    .argument('<RESULT>', 'what messlatte check --json wrote')
    .requiredOption('--key <FILE>', 'private key in PEM: Ed25519, or ECDSA over P-256, P-384, P-521')
    .requiredOption('-o, --output <FILE>', 'where the pack goes (- for standard output)')
    .addHelpText(
      'after',
      `
Examples:
  openssl genpkey -algorithm ed25519 -out sign.pem
  messlatte check fw.bin --json result.json
  messlatte pack result.json --key sign.pem -o fw.pack.json`,
    )
    .action(async (path: string, flags: PackFlags) => {
      const { packCommand } = await import('../commands/pack.ts')
      end(await packCommand(path, flags))
    })
}
