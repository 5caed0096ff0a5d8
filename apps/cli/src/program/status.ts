import type { Command } from 'commander'
import type { StatusSignFlags, StatusVerifyFlags } from '../commands/status.ts'
import { collect, type End, language } from './options.ts'
import { addPortfolio } from './plan.ts'

/** `messlatte status`: what it takes. */
export function addStatus(parent: Command, end: End): void {
  const status = parent
    .command('status')
    .description('a signed statement about a release and its units, which a buyer verifies offline')
  const sign = status
    .command('sign')
    .description('sign the status of a batch: file, text and QR code')
    .argument('<FILE>', 'the portfolio, as for plan')
    .requiredOption('--product <ID>', 'article number, GTIN of 14 digits, or model')
    .option('--batch <ID>', 'where a product has several')
    .requiredOption('--by <NAME>', 'who says so: the name or the address of the signer')
    .requiredOption('--key <FILE>', 'private key in PEM: Ed25519, or ECDSA over P-256, P-384 or P-521')
    .option('--from <DATE>', 'first day on which it is valid (default: the day of the question)')
    .requiredOption('--until <DATE>', 'last day on which it is valid')
    .requiredOption(
      '-o, --output <FILE>',
      'the statement: in-toto SVR in a DSSE envelope (- for standard output)',
    )
    .option('--text <FILE>', 'the same as one line of text')
    .option('--qr <FILE>', 'the text as a QR code, SVG')
    .option('--show', 'the QR code on the terminal', false)
  addPortfolio(sign)
    .addOption(language())
    .addHelpText(
      'after',
      `
Exit codes: 0 signed, 2 could not be done.

Examples:
  openssl genpkey -algorithm ed25519 -out status.key && openssl pkey -in status.key -pubout -out status.pub
  messlatte status sign portfolio.csv --results results/ --product BH-0007 --batch L7A --by 'Example GmbH' --key status.key --until 2027-05-31 -o status.json --qr status.svg`,
    )
    .action(async (path: string, flags: StatusSignFlags) => {
      const { statusSignCommand } = await import('../commands/status.ts')
      end(statusSignCommand(path, flags))
    })
  status
    .command('verify')
    .description("verify a status with the maker's public key; nothing is asked of any network")
    .argument('<STATUS>', 'the file, or the text that a QR code holds')
    .option('--trust <FILE>', "the maker's public key or certificate, repeatable", collect, [])
    .option('--on <DATE>', 'day on which it has to be valid (default: today)')
    .option('--gtin <GTIN>', 'GTIN of the units at hand')
    .option('--batch <ID>', 'batch of the units at hand')
    .option('--file <FILE>', 'firmware at hand')
    .option('--json', 'as JSON', false)
    .addOption(language())
    .addHelpText(
      'after',
      `
Exit codes: 0 signed by a trusted key, valid on the day and about what was named; 1 signed, and not about it; 2 no status, changed, or
signed by none of the keys.

Examples:
  messlatte status verify status.json --trust maker.pub --gtin 9501101000071 --batch L7A
  messlatte status verify "$(zbarimg -q --raw label.png)" --trust maker.pub --on 2027-03-01`,
    )
    .action(async (path: string, flags: StatusVerifyFlags) => {
      const { statusVerifyCommand } = await import('../commands/status.ts')
      end(await statusVerifyCommand(path, flags))
    })
}
