import { PROFILE_IDS } from '@messlatte/conformity'
import type { Command } from 'commander'
import type { CheckCommandFlags } from '../commands/check.ts'
import { addLimits, addProduct, asOf, collect, type End, failOn, language } from './options.ts'

/** `messlatte check`: what it takes. */
export function addCheck(parent: Command, end: End): void {
  const check = parent
    .command('check')
    .description(
      'check a firmware release: files, a directory, a zip, an extracted root file system, or flasher_args.json',
    )
    .argument('<file...>', 'what belongs to the release')
    .option(
      '--profile <ID[,ID]>',
      `rules beside the baseline: ${PROFILE_IDS.join(', ')}, or files (.json); or an edition alone: baseline-2020, baseline-v3`,
      'de-2027',
    )
    .addOption(asOf())
    .addOption(failOn())
  addProduct(check)
    .option(
      '--trust <FILE|DIGEST>',
      'public key or certificate that you trust, or the SHA-256 of a key as fuses hold it, repeatable',
      collect,
      [],
    )
    .option(
      '--fuses <FILE>',
      'read-out of one unit (espefuse summary, hab_status, fuse read, STM32 option bytes), repeatable',
      collect,
      [],
    )
    .option('--fuses-by <NAME>', 'who took the read-out')
    .option('--fuses-on <DATE>', 'the day on which it was taken')
    .option(
      '--guesses <N>',
      'work to spend on passwords in each file, counted in tries of md5crypt (DES 0.01, sha512 20, bcrypt cost 10 460)',
      '20000',
    )
    .option('--wordlist <FILE>', 'further passwords to try, one in a line, behind the ones that are built in')
    .option('--known-keys <FILE>', 'JSON: fingerprints of published keys, beside those that we know')
    .option(
      '--index',
      'also look secrets up in the index of this machine, and report those that another product has (--model names this one)',
      false,
    )
    .option('--reveal', 'show secrets in clear; the report says so', false)
    .option('--json <FILE>', 'write the result as JSON (- for standard output)')
    .option('--html <FILE>', 'write the report as one HTML file (- for standard output)')
    .option('--sarif <FILE>', 'write the findings as SARIF 2.1.0, for code hosts and editors')
    .option('--junit <FILE>', 'write the verdicts as JUnit XML, for CI servers')
    .option('--cyclonedx <FILE>', 'write components and evidence as CycloneDX 1.6')
    .option('--oscal <FILE>', 'write verdicts and evidence as OSCAL assessment results')
    .addOption(language())
    .option('--quiet', 'no report on the terminal and no progress', false)
  addLimits(check)
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing in the scope of --fail-on fails or is contested, 1 something does, 2 could not be read or used wrongly.

Examples:
  messlatte check fw.bin
  messlatte check u-boot.dtb fw.itb --trust release-key.pem --html report.html
  messlatte check rootfs/ --maker Example --model R1 --trait constrained=false
  messlatte check build/flasher_args.json --json - | jq '.pillars'
  messlatte check fw.bin --profile de-2027,eu-red-2025,uk-psti --trait radio-equipment=true
  messlatte check fw.bin --profile ./our-tender.json
  messlatte check fw.bin --sarif findings.sarif --junit verdicts.xml --cyclonedx bom.json
  messlatte check fw.bin --profile de-2027 --as-of 2027-01-02 --fail-on baseline`,
    )
    .action(async (paths: readonly string[], flags: CheckCommandFlags) => {
      const { checkCommand } = await import('../commands/check.ts')
      end(await checkCommand(paths, flags))
    })
}
