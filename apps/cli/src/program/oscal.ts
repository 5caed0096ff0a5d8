import { type Command, Option } from 'commander'
import type { OscalFlags } from '../commands/oscal.ts'
import { type End, language } from './options.ts'

/** `messlatte oscal`: what it takes. */
export function addOscal(parent: Command, end: End): void {
  const oscal = parent
    .command('oscal')
    .description('the rules for tools of governance, as NIST OSCAL 1.2.1 (results: check --oscal)')
  const over = () =>
    new Option('--over <EDITION>', 'edition, for rules that stand over both').choices([
      'baseline-2020',
      'baseline-v3',
    ])
  oscal
    .command('catalog')
    .description('provisions with their test cases, or what a law asks in its own numbering')
    .argument('<RULE>', 'baseline-2020, baseline-v3, or a rule with its own numbering: eu-cra-2027, …')
    .requiredOption('-o, --output <FILE>', 'where it goes (- for standard output)')
    .addOption(over())
    .addOption(language())
    .addHelpText(
      'after',
      `
Examples:
  messlatte oscal catalog baseline-2020 -o en303645-2020.catalog.json
  messlatte oscal catalog eu-cra-2027 --over baseline-v3 --lang de -o eu-cra-2027.catalog.json`,
    )
    .action(async (rule: string, flags: OscalFlags) => {
      const { oscalCatalogCommand } = await import('../commands/oscal.ts')
      end(oscalCatalogCommand(rule, flags))
    })
  oscal
    .command('profile')
    .description(
      'a rule over a catalog: what it asks, raises and adds, each line with the status of its source',
    )
    .argument('<RULE>', 'de-2027, eu-cra-2027, …, or a file with a profile')
    .requiredOption('-o, --output <FILE>', 'where it goes (- for standard output)')
    .option('--catalog <HREF>', 'where its catalog is (default: beside it, named by edition or rule)')
    .addOption(over())
    .addOption(language())
    .addHelpText(
      'after',
      `
Examples:
  messlatte oscal profile de-2027 -o de-2027.profile.json
  messlatte oscal profile my-rule.json --catalog https://example.org/en303645-2020.catalog.json -o my-rule.profile.json`,
    )
    .action(async (rule: string, flags: OscalFlags) => {
      const { oscalProfileCommand } = await import('../commands/oscal.ts')
      end(oscalProfileCommand(rule, flags))
    })
}
