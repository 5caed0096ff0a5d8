import type { Command } from 'commander'
import type { BundleFlags } from '../commands/bundle.ts'
import { asOf, type End, language } from './options.ts'

/** `messlatte bundle`: what it takes. */
export function addBundle(parent: Command, end: End): void {
  parent
    .command('bundle')
    .description('a project folder with its assessment and documents as one ZIP with a signed manifest')
    .argument('<DIR>', 'what messlatte init made')
    .requiredOption('--key <FILE>', 'private key in PEM: Ed25519, or ECDSA over P-256, P-384, P-521')
    .requiredOption('-o, --output <FILE>', 'where the ZIP goes')
    .option(
      '--under <RULE[,RULE]>',
      'with the draft of a declaration: eu-cra-2027, eu-red-2025 or both; or uk-psti',
    )
    .option('--with <FORM[,FORM]>', 'also for machines: sarif, junit or both')
    .addOption(asOf())
    .addOption(language())
    .addHelpText(
      'after',
      `
Exit codes: 0 written, 2 could not be done.

Examples:
  openssl genpkey -algorithm ed25519 -out sign.pem
  messlatte bundle conformity --key sign.pem -o gateway-1.2.0.zip
  messlatte bundle conformity --key sign.pem --with sarif,junit -o gateway-1.2.0.zip
  messlatte bundle conformity --key sign.pem --under eu-cra-2027 --lang de -o gateway-1.2.0.zip`,
    )
    .action(async (folder: string, flags: BundleFlags) => {
      const { bundleCommand } = await import('../commands/bundle.ts')
      end(await bundleCommand(folder, flags))
    })
}
