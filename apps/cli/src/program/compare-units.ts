import type { Command } from 'commander'
import type { CompareUnitsFlags } from '../commands/compare-units.ts'
import { addLimits, addProduct, asOf, collect, type End, failOn, language } from './options.ts'

/** `messlatte compare-units`: what it takes. */
export function addCompareUnits(parent: Command, end: End): void {
  const units = parent
    .command('compare-units')
    .description(
      'compare two or more units of one model: dumps of their memory, or the passwords on their labels',
    )
    .argument('[file...]', 'one dump for each unit: a file, or a directory of the files of its partitions')
    .option(
      '--labels <FILE>',
      'CSV of label passwords, one unit in a line; columns are found by their headers',
    )
    .option(
      '--release <FILE>',
      'the firmware that the units run: what of each dump is equal to it, repeatable',
      collect,
      [],
    )
    .option(
      '--unit <UNIT:mac=…,serial=…,ssid=…>',
      'what is public about a unit (its file name, or A, B, C … in their order), repeatable',
      collect,
      [],
    )
    .option(
      '--profile <ID[,ID]>',
      'rules of markets beside the baseline: de-2027; or an edition alone: baseline-2020, baseline-v3',
      'de-2027',
    )
    .addOption(asOf())
    .addOption(failOn())
  addProduct(units)
    .option('--guesses <N>', 'work to spend on passwords in each file, counted in tries of md5crypt', '20000')
    .option(
      '--wordlist <FILE>',
      'further passwords to try on hashes, and words that passwords may be made of, one in a line',
    )
    .option('--json <FILE>', 'write the result as JSON (- for standard output)')
    .addOption(language())
    .option('--quiet', 'no report on the terminal and no progress', false)
  addLimits(units)
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing in the scope of --fail-on fails or is contested, 1 something does, 2 could not be read or used wrongly.
Secrets are never shown: groups of units, forms, rules and probabilities are.

Examples:
  messlatte compare-units unit-a.bin unit-b.bin
  messlatte compare-units unit-a/ unit-b/ unit-c/ --release fw.bin --json result.json
  messlatte compare-units a.bin b.bin --unit A:mac=00:16:3E:40:12:00,serial=SN1 --unit B:mac=00:16:3E:40:12:08,serial=SN2
  messlatte compare-units --labels labels.csv --lang de
  messlatte compare-units a.bin b.bin --labels labels.csv --profile baseline-v3`,
    )
    .action(async (paths: readonly string[], flags: CompareUnitsFlags) => {
      const { compareUnitsCommand } = await import('../commands/compare-units.ts')
      end(await compareUnitsCommand(paths, flags))
    })
}
