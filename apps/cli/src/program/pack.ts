import { type Command, Option } from 'commander'
import type { PackFlags } from '../commands/pack.ts'
import type { End } from './options.ts'

/** `messlatte pack`: what it takes. */
export function addPack(parent: Command, end: End): void {
  parent
    .command('pack')
    .description('sign a stored result as an evidence pack, for whoever may not have the image')
    .argument('<RESULT>', 'what messlatte check --json wrote')
    .requiredOption('--key <FILE>', 'private key in PEM: Ed25519, or ECDSA over P-256, P-384, P-521')
    .addOption(
      new Option('--as <KIND>', 'the whole result, or an in-toto predicate that other tools know')
        .choices(['evidence-pack', 'svr', 'scai', 'test-result'])
        .default('evidence-pack'),
    )
    .requiredOption('-o, --output <FILE>', 'where the pack goes (- for standard output)')
    .addHelpText(
      'after',
      `
Examples:
  openssl genpkey -algorithm ed25519 -out sign.pem
  messlatte check fw.bin --json result.json
  messlatte pack result.json --key sign.pem -o fw.pack.json
  messlatte pack result.json --key sign.pem --as test-result -o fw.test-result.json`,
    )
    .action(async (path: string, flags: PackFlags) => {
      const { packCommand } = await import('../commands/pack.ts')
      end(await packCommand(path, flags))
    })
}
