import { type Command, Option } from 'commander'
import type { CompareReleasesFlags } from '../commands/compare-releases.ts'
import { addLimits, addProduct, asOf, collect, type End, language } from './options.ts'

/** `messlatte compare-releases`: what it takes. */
export function addCompareReleases(parent: Command, end: End): void {
  const releases = parent
    .command('compare-releases')
    .description(
      'compare two releases of one product: what changed, and whether the old one would take the new one',
    )
    .argument(
      '<old>',
      'file, directory or zip of the release that is out, or its saved result (check --json)',
    )
    .argument('<new>', 'the same of the release that follows it; with the update file, best of all')
    .option(
      '--profile <ID[,ID]>',
      'rules of markets beside the baseline: de-2027; or an edition alone: baseline-2020, baseline-v3',
      'de-2027',
    )
    .addOption(asOf())
    .addOption(
      new Option('--fail-on <SCOPE>', 'what makes the exit code 1')
        .choices(['worse', 'never'])
        .default('worse'),
    )
  addProduct(releases)
    .option(
      '--trust <FILE|DIGEST>',
      'public key or certificate that you trust, or the SHA-256 of a key as fuses hold it, repeatable',
      collect,
      [],
    )
    .option('--guesses <N>', 'work to spend on passwords in each file, counted in tries of md5crypt', '20000')
    .option('--wordlist <FILE>', 'further passwords to try, one in a line, behind the ones that are built in')
    .option('--known-keys <FILE>', 'JSON: fingerprints of published keys, beside those that we know')
    .option('--json <FILE>', 'write the result as JSON (- for standard output)')
    .option('--html <FILE>', 'write the report as one HTML file (- for standard output)')
    .addOption(language())
    .option('--quiet', 'no report on the terminal and no progress', false)
  addLimits(releases)
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing that was compared got worse, 1 something did, 2 could not be read or used wrongly.
Secrets are compared under a key of the run and never shown.

Examples:
  messlatte compare-releases fw-1.2.bin fw-1.3.bin
  messlatte compare-releases release-1.2/ release-1.3/ --html changes.html
  messlatte compare-releases fw-1.2.json fw-1.3.bin --json - | jq '.worse'
  messlatte compare-releases old/ new/ --lang de --fail-on never`,
    )
    .action(async (old: string, added: string, flags: CompareReleasesFlags) => {
      const { compareReleasesCommand } = await import('../commands/compare-releases.ts')
      end(await compareReleasesCommand(old, added, flags))
    })
}
